"""Questions in the margin that nobody has answered: of students, to the class or to its staff."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from sqlalchemy import ColumnElement, and_, bindparam, exists, func, not_, or_, select
from sqlalchemy.orm import aliased

from articles.models import Span
from articles.queries import place_of, with_places
from classroom.models import Enrollment
from core.database import AnySelect, read_rows
from discussion.margins import Margin
from discussion.models import CLASS, QUESTION, STAFF_ONLY, Comment
from discussion.queries.visibility import stands

MOST = 5_000


class OpenQuestionRow(NamedTuple):
    """A place where `questions` wait: its first and last sentence, None where the class's text has none."""

    first_id: int | None
    last_id: int | None
    questions: int


def is_answer(answer: type[Comment]) -> ColumnElement[bool]:
    """What somebody else than its author has answered to a question, and stands."""
    return and_(
        answer.root_id == Comment.id,
        answer.enrollment_id != Comment.enrollment_id,
        answer.deleted_at.is_(None),
        answer.hidden_at.is_(None),
    )


def is_question() -> ColumnElement[bool]:
    """A question to the class, or a note to staff, by a student of today, that stands."""
    return and_(
        Comment.delivery_id.is_(None),
        Comment.span_id.is_not(None),
        or_(and_(Comment.kind == QUESTION, Comment.visibility == CLASS), Comment.visibility == STAFF_ONLY),
        stands(),
        Enrollment.role == "student",
        Enrollment.state == "active",
    )


def is_open_question() -> ColumnElement[bool]:
    """A question that nobody else has answered."""
    answer = aliased(Comment)
    return and_(is_question(), not_(exists().where(is_answer(answer))))


@cache
def _open_questions(for_class: bool) -> AnySelect:
    first, last = place_of()
    statement = (
        select(first, last, func.count(Comment.id))
        .join(Enrollment, Enrollment.id == Comment.enrollment_id)
        .join(Span, Span.id == Comment.span_id)
        .where(Comment.assignment_id == bindparam("assignment"), is_open_question())
    )
    if for_class:
        statement = statement.where(Comment.visibility == CLASS)
    return with_places(statement, bindparam("version")).group_by(first, last).order_by(first, last).limit(MOST)


def list_open_questions(margin: Margin, *, for_class: bool = False) -> list[OpenQuestionRow]:
    """Return where questions wait for an answer in the margin of a reading. For staff. One statement.

    `for_class`: only those that the class can see, for what the class is shown.
    """
    given = {"assignment": margin.assignment_id, "version": margin.version_id}
    return [OpenQuestionRow(*row) for row in read_rows(_open_questions(for_class), given)]
