"""What pasting a list would make: each question as it will be, and what must be put right first. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _

from articles.spans import Placed, format_reference, parse_reference
from core.points import FRACTION_ONE, POINT, FractionUnits, Points
from quizzes.formats.neutral import NeutralQuestion, Reading, Remark
from quizzes.formats.pasted import read_pasted
from quizzes.question_types import TYPES
from quizzes.questions import MOST_QUESTIONS, QuestionDraft, QuestionWords
from quizzes.tags import tags_of

IN_PARTS = ("matching", "ordering", "blanks")
"""Types whose answers are shown as the lines of their key."""


@dataclass(frozen=True)
class AnswerLine:
    """One answer of the preview, with what it earns and what is told to those who give it."""

    text: str
    fraction: FractionUnits
    feedback: str

    @property
    def is_right(self) -> bool:
        """Whether it earns all points."""
        return self.fraction == FRACTION_ONE


@dataclass(frozen=True)
class PlannedQuestion:
    """A question of the list, with its number in the quiz and the line it stands in."""

    number: int
    line: int
    draft: QuestionDraft
    reference: str
    answers: tuple[AnswerLine, ...]
    warnings: tuple[Remark, ...]


@dataclass(frozen=True)
class PastePlan:
    """Everything that adding the list would do. Nothing is added while anything is `refused`."""

    questions: tuple[PlannedQuestion, ...]
    notes: tuple[Remark, ...]
    refused: tuple[Remark, ...]

    @property
    def can_be_added(self) -> bool:
        """Whether all of it is understood."""
        return bool(self.questions) and not self.refused

    @property
    def points(self) -> Points:
        """What the questions are worth together."""
        return sum(question.draft.points for question in self.questions)

    @property
    def warnings(self) -> int:
        """How many things there are to tell."""
        return len(self.notes) + sum(len(question.warnings) for question in self.questions)


def plan_paste(text: str, sentences: Sequence[Placed], held: int) -> PastePlan:
    """Return what pasting `text` makes in a quiz that holds `held` questions on the article with these sentences."""
    reading = read_pasted(text)
    planned: list[PlannedQuestion] = []
    refused = list(reading.refused)
    for question in reading.questions[: max(MOST_QUESTIONS - held, 0)]:
        number = held + len(planned) + 1
        one = _planned(question, sentences, number)
        if isinstance(one, Remark):
            refused.append(one)
        else:
            planned.append(one)
    refused += _too_many(reading, held)
    return PastePlan(tuple(planned), reading.notes, tuple(sorted(refused, key=lambda remark: remark.line)))


def _too_many(reading: Reading, held: int) -> list[Remark]:
    room = max(MOST_QUESTIONS - held, 0)
    if len(reading.questions) <= room:
        return []
    line = reading.questions[room].line
    return [Remark(line, str(_("A quiz can have %(n)s questions at most; from here on it is full.", n=MOST_QUESTIONS)))]


def _planned(question: NeutralQuestion, sentences: Sequence[Placed], number: int) -> PlannedQuestion | Remark:
    anchor, reference = None, ""
    if question.place:
        anchor = parse_reference(question.place, sentences)
        if anchor is None:
            message = _("There is no place %(place)s in the article.", place=question.place)
            return Remark(question.line, str(message))
        reference = format_reference(sentences, *anchor).removeprefix("¶ ")
    draft = QuestionDraft(
        question.type,
        QuestionWords.of(question.stem, question.general_feedback, question.hint),
        question.content,
        question.points or POINT,
        anchor,
        tags_of(question.tags),
    )
    answers = tuple(AnswerLine(*row) for row in _answers(question.type, question.content))
    return PlannedQuestion(number, question.line, draft, reference, answers, question.warnings)


def _answers(kind: str, content: Any) -> list[tuple[str, FractionUnits, str]]:
    """The answers with their fractions and explanations, in the author's order."""
    if kind == "true_false":
        told = (content.feedback_true, content.feedback_false)
        rows = TYPES[kind].option_rows(content)
        return [(row.text, row.fraction, words) for row, words in zip(rows, told, strict=True)]
    written = getattr(content, "options", None) or getattr(content, "forms", None)
    if written:
        return [(row.text, row.fraction, row.feedback) for row in written]
    if kind in IN_PARTS:
        return [(line, FRACTION_ONE, "") for line in TYPES[kind].key_lines(content)]
    accepted = getattr(content, "accepted", ())
    texts = [row.text for row in TYPES[kind].option_rows(content)]
    return [(text, row.fraction, row.feedback) for text, row in zip(texts, accepted, strict=False)]
