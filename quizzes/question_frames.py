"""The markup of a question with gaps for what differs from student to student.

Most of a page with ten questions is the same for the whole class: it is made once for each question and kept.
"""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass

from core.text import GAP, fill, framed, joined
from quizzes.certainty import asks_certainty
from quizzes.question_pages import QuestionPage
from quizzes.question_types import TYPES


class Blank(QuestionPage):
    """A question to be printed with gaps: where its revision stands, around the row of an option, at its flag."""

    @property
    def seen(self) -> str:
        return GAP

    @property
    def flag(self) -> str:
        return GAP

    def choices(self, row: str) -> str:
        return joined((GAP, row, GAP))


@dataclass(frozen=True)
class Frame:
    """A question's markup: `whole` has a %s for the revision, the options and the flag, `row` is of one option."""

    whole: str
    row: str

    def around(self, question: QuestionPage) -> str:
        """The markup of the question as it stands for one student."""
        return fill(self.whole, [(question.revision, question.choices(self.row), question.flag)])


def frame_of(printed: str) -> Frame:
    """The frame from the markup of a Blank."""
    start, middle, row, after, end = printed.split(GAP)
    return Frame(framed(GAP.join((start, middle, after, end))), row)


def is_framed(question: QuestionPage, refused: Container[int], certainty: str) -> bool:
    """Whether a question differs from student to student in nothing but what a frame leaves open."""
    plain = TYPES[question.type].chooses and "evidence" not in question.content
    return plain and question.item_id not in refused and not asks_certainty(certainty, question.type)
