"""Whom a word about a quiz that is not handed in may still help."""

from __future__ import annotations

from datetime import datetime
from functools import cache
from typing import NamedTuple

from sqlalchemy import and_, bindparam, exists, func, or_, select

from articles.models import Assignment, OwnDates
from classroom.models import Enrollment
from core.database import AnySelect, read_rows
from quizzes.models import Attempt, Quiz, QuizDelivery
from quizzes.queries.completion import is_student
from quizzes.queries.standing import THIS_SECOND, is_handed_in
from quizzes.timing import second_of
from results.queries.excused import is_excused

MOST = 5_000


class Unfinished(NamedTuple):
    """A student (a place in the class) who has not handed in. `can`: still may, and is not excused by staff."""

    enrollment_id: int
    can: bool


@cache
def _unfinished(labelled: bool) -> AnySelect:
    closes = func.coalesce(OwnDates.closes_at, Assignment.closes_at)
    own_dates = and_(OwnDates.assignment_id == Assignment.id, OwnDates.enrollment_id == Enrollment.id)
    done = exists().where(
        Attempt.delivery_id == QuizDelivery.id, Attempt.enrollment_id == Enrollment.id, is_handed_in()
    )
    can = and_(
        Quiz.published_at.is_not(None),
        or_(Assignment.opens_at.is_(None), Assignment.opens_at <= THIS_SECOND),
        or_(closes.is_(None), closes >= THIS_SECOND),
        ~is_excused(QuizDelivery.id, Enrollment.id),
    )
    return (
        select(Enrollment.id, can)
        .join(Assignment, Assignment.section_id == Enrollment.section_id)
        .join(QuizDelivery, QuizDelivery.assignment_id == Assignment.id)
        .join(Quiz, Quiz.id == QuizDelivery.quiz_id)
        .outerjoin(OwnDates, own_dates)
        .where(
            QuizDelivery.id == bindparam("delivery"),
            is_student(labelled),
            ~done.correlate(QuizDelivery, Enrollment, Assignment),
        )
        .order_by(Enrollment.id)
        .limit(MOST)
    )


def list_unfinished(delivery_id: int, label_id: int | None, now: datetime) -> list[Unfinished]:
    """Return the students of a class, of those with the label, who have not handed a quiz in. One statement."""
    given = {"delivery": delivery_id, "second": second_of(now)} | ({"label_id": label_id} if label_id else {})
    return [Unfinished(row[0], bool(row[1])) for row in read_rows(_unfinished(label_id is not None), given)]
