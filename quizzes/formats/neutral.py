"""What every interchange format is read into: questions of no quiz yet, and what was not understood. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeAlias

from flask_babel import gettext as _

from core.points import NotANumberError, Points, parse_points
from quizzes.question_types import TYPES
from quizzes.questions import LONGEST_FEEDBACK, LONGEST_HINT, LONGEST_STEM

Line: TypeAlias = tuple[int, str]
"""The number of a line from 1, and its text without the line end."""

MOST_READ = 1_000
"""How many questions of one source are read at most."""
MOST_ANSWERS = 100
"""More than any question takes; what has more is refused before anything is made of it."""

_POINTS = re.compile(r"\s*[\[(]\s*(\d{1,4}(?:[.,]\d{1,5})?)\s*(?:points?|pts?\.?|p)\s*[\])]\s*$", re.IGNORECASE)
_PLACE = re.compile(r"\s*[\[(]?\s*(¶\s?\d[\d.\s¶–-]*?)\s*[\])]?\s*$")
_TAG = re.compile(r"\[tag:([^\]\n]{1,80})\]")


@dataclass(frozen=True)
class Remark:
    """Something to tell about a line of the source, in words."""

    line: int
    message: str


class NotUnderstoodError(ValueError):
    """A part of the source makes no question; `remark` says which and why."""

    def __init__(self, line: int, message: str) -> None:
        super().__init__(message)
        self.remark = Remark(line, message)


def refuse_too_many(line: int, count: int) -> None:
    """Raise NotUnderstoodError where a question has more answers than any takes."""
    if count > MOST_ANSWERS:
        raise NotUnderstoodError(line, str(_("Keep to %(n)s answers in a question.", n=MOST_ANSWERS)))


@dataclass(frozen=True)
class NeutralQuestion:
    """A question as a format says it. `content` is its type's dataclass; `place` a reference such as "¶ 4.3".

    `line` is where it begins in its source; `points` None: the format does not say. Texts are Markdown.
    """

    line: int
    type: str
    stem: str
    content: Any
    title: str = ""
    general_feedback: str = ""
    hint: str = ""
    points: Points | None = None
    place: str = ""
    tags: tuple[str, ...] = ()
    warnings: tuple[Remark, ...] = ()

    def warned(self, *messages: str) -> NeutralQuestion:
        """Return the question with more to tell about it."""
        return replace(self, warnings=(*self.warnings, *(Remark(self.line, message) for message in messages)))


@dataclass(frozen=True)
class Reading:
    """All that a source says: questions in order, what was left aside on purpose, what was not understood."""

    questions: tuple[NeutralQuestion, ...]
    notes: tuple[Remark, ...] = ()
    refused: tuple[Remark, ...] = ()


def checked(question: NeutralQuestion) -> NeutralQuestion:
    """Return the question if it could be saved; NotUnderstoodError with the first thing that is wrong."""
    lengths = (
        (question.stem, LONGEST_STEM),
        (question.general_feedback, LONGEST_FEEDBACK),
        (question.hint, LONGEST_HINT),
    )
    if not question.stem.strip():
        raise NotUnderstoodError(question.line, _("There is no question before these answers."))
    for text, most in lengths:
        if len(text) > most:
            raise NotUnderstoodError(question.line, _("Keep it to %(n)s characters.", n=most))
    for problem in TYPES[question.type].validate(question.content):
        raise NotUnderstoodError(question.line, str(problem.message))
    return question


def take_marks(text: str) -> tuple[str, str, Points | None]:
    """Split "…? ¶ 4.3 [2 points]" into the text, the place and the points; each may be missing."""
    place, points = "", None
    for _turn in range(2):
        found = _POINTS.search(text)
        if found and points is None:
            text, points = text[: found.start()], points_of(found[1])
        found = _PLACE.search(text)
        if found and not place:
            text, place = text[: found.start()], found[1].strip()
    return text.strip(), place, points


def points_of(text: str) -> Points | None:
    """Return the points that a text says, or None."""
    try:
        return parse_points(text) or None
    except NotANumberError:
        return None


def is_comment(text: str) -> bool:
    """Whether a line is a comment, in every plain-text format."""
    return text.lstrip().startswith("//")


def tags_in(lines: Sequence[Line]) -> tuple[str, ...]:
    """Return the tags that comment lines name, as "// [tag:causes]"."""
    found = [tag.strip() for _number, text in lines if is_comment(text) for tag in _TAG.findall(text)]
    return tuple(dict.fromkeys(tag for tag in found if tag))
