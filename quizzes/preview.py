"""What a student would be told about an answer. Pure: nothing is recorded."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _

from core.points import FRACTION_ONE, Points
from quizzes.grading import grade_answer
from quizzes.question_pages import AskedItem
from quizzes.question_types import TYPES
from quizzes.question_types.base import Answer, AnswerFields, AnswerRefusedError, Json
from quizzes.questions import QuestionWords


@dataclass(frozen=True)
class Tried:
    """An answer that was tried: how it went, in the words of the author. `points` None: a person grades it."""

    item_id: int
    answer: Answer | None
    state: str
    points: Points | None
    message: str
    feedback: tuple[str, ...]
    key_lines: tuple[str, ...]
    key_sentences: tuple[int, ...]


def try_answer(item: AskedItem, fields: AnswerFields) -> Tried:
    """Grade what was tried for one item as a handed-in answer would be graded."""
    kind = TYPES[item.type]
    content = kind.read(item.content)
    try:
        answer, message = kind.parse_answer(content, fields), ""
    except AnswerRefusedError as refusal:
        answer, message = None, str(refusal)
    grade = grade_answer(item.type, item.content, answer, item.points)
    if not message:
        message = (kind.remark(content, answer) or "") if answer else str(_("You left this out."))
    return Tried(
        item_id=item.item_id,
        answer=answer,
        state=_state(grade.fraction) if kind.has_key else "",
        points=grade.points,
        message=message,
        feedback=tuple(kind.feedback_for(content, answer)) if answer else (),
        key_lines=tuple(kind.key_lines(content)),
        key_sentences=tuple(at for passage in kind.key_sentences(content) for at in passage),
    )


@dataclass(frozen=True)
class SketchedItem:
    """A question that is being written, as an item of its quiz."""

    number: int
    points: Points
    type: str
    stem_html: str
    content: Json
    hint: str
    item_id: int = 0


def sketched(kind: str, words: QuestionWords, points: Points, numbered: tuple[int, Any]) -> SketchedItem | None:
    """Return a question as far as it is written; None while what is typed cannot be shown.

    `numbered` is its number in the quiz and the content of its type, which need not be valid.
    """
    number, content = numbered
    try:
        data = TYPES[kind].write(content)
        TYPES[kind].public_content(TYPES[kind].read(data))
    except (ValueError, LookupError, ArithmeticError):
        return None
    return SketchedItem(number, points, kind, words.stem_html, data, words.hint)


def told_when_wrong(item: AskedItem) -> tuple[str, list[str]] | None:
    """Return (option, the author's words) for the first option that is not right and has an explanation."""
    kind = TYPES[item.type]
    content = kind.read(item.content)
    for row in kind.option_rows(content):
        if row.right or row.key not in _choices(item):
            continue
        answer = kind.parse_answer(content, {"answer": [row.key]})
        words = kind.feedback_for(content, answer) if answer else []
        if words:
            return row.text, words
    return None


def _choices(item: AskedItem) -> set[str]:
    """The keys of the options that the question's page shows; none for what is typed or pointed at."""
    kind = TYPES[item.type]
    shown = kind.public_content(kind.read(item.content)).get("options", [])
    return {option["key"] for option in shown}


def total(tried: Sequence[Tried]) -> Points:
    """The points of everything that needs no person."""
    return sum(one.points or 0 for one in tried)


def _state(fraction: int | None) -> str:
    if fraction is None:
        return "waiting"
    if fraction == FRACTION_ONE:
        return "right"
    return "partly" if fraction > 0 else "not_yet"
