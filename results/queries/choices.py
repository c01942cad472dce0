"""What a class answered to each question of a quiz, and who answered what."""

from __future__ import annotations

from datetime import datetime
from functools import cache

from sqlalchemy import and_, bindparam, exists, func, or_, select

from articles.models import Assignment, OwnDates
from articles.queries import AssignmentRow, list_blocks, sentences_of
from classroom.models import Accommodation, Enrollment
from core.database import AnySelect, read_rows
from quizzes.models import Attempt, QuizDelivery, Response
from quizzes.queries.completion import IS_STUDENT
from quizzes.queries.items import list_anchors, list_items
from quizzes.queries.standing import THIS_SECOND, is_in_progress
from quizzes.queries.tallies import class_figures
from quizzes.standings import EVERYBODY
from quizzes.timing import second_of
from results.answers import QuestionResult
from results.overview import Text, question_results
from results.queries.classes import DeliveryRow
from results.queries.meant import is_among, values_of

MOST = 10_000


@cache
def _choices() -> AnySelect:
    return (
        select(Enrollment.id, Response.answer_key)
        .join(Attempt, Attempt.enrollment_id == Enrollment.id)
        .join(Response, Response.attempt_id == Attempt.id)
        .where(
            Attempt.delivery_id == bindparam("delivery_id"),
            Response.item_id == bindparam("item_id"),
            Response.dropped.is_(False),
            Response.answer_key.is_not(None),
            Response.answer_key != "",
            is_among(EVERYBODY.which, labelled=False),
        )
        .order_by(Enrollment.id, Attempt.id)
        .limit(MOST)
    )


def list_choices(delivery_id: int, item_id: int, now: datetime) -> dict[int, str]:
    """Return the answer key of each student's first attempt, by place in the class, of those who answered.

    Two statements.
    """
    given = values_of(delivery_id, now, EVERYBODY) | {"item_id": item_id}
    return {row[0]: row[1] for row in read_rows(_choices(), given)}


def read_questions(reading: AssignmentRow, delivery: DeliveryRow, now: datetime) -> list[QuestionResult]:
    """Return the questions of a quiz with what everybody's first attempts answered.

    Nine statements at most.
    """
    found, items = class_figures([delivery.id], now), list_items(delivery.quiz_id)
    anchors = list_anchors([item.version_id for item in items], reading.version_id)
    blocks = list_blocks(reading.version_id)
    own = {item.item_id: found.of(delivery.id, item.item_id) for item in items}
    return question_results(items, own, anchors, Text(blocks, sentences_of(blocks)))


@cache
def _open() -> AnySelect:
    """A student of the class whose own close has not passed, with an attempt in progress or still to begin."""
    closes = func.coalesce(OwnDates.closes_at, Assignment.closes_at)
    of_student = (Attempt.delivery_id == QuizDelivery.id, Attempt.enrollment_id == Enrollment.id)
    begun = select(func.count(Attempt.id)).where(*of_student).correlate(QuizDelivery, Enrollment).scalar_subquery()
    allowed = QuizDelivery.attempts_allowed + func.coalesce(Accommodation.extra_attempts, 0)
    is_here = and_(OwnDates.assignment_id == Assignment.id, OwnDates.enrollment_id == Enrollment.id)
    in_progress = exists().where(*of_student, is_in_progress()).correlate(QuizDelivery, Enrollment, Assignment)
    return (
        select(Enrollment.id)
        .join(Assignment, Assignment.section_id == Enrollment.section_id)
        .join(QuizDelivery, QuizDelivery.assignment_id == Assignment.id)
        .outerjoin(OwnDates, is_here)
        .outerjoin(Accommodation, Accommodation.enrollment_id == Enrollment.id)
        .where(
            QuizDelivery.id == bindparam("delivery"),
            IS_STUDENT,
            or_(closes.is_(None), closes >= THIS_SECOND),
            or_(QuizDelivery.attempts_allowed.is_(None), begun < allowed, in_progress),
        )
        .order_by(Enrollment.id)
        .limit(1)
    )


def is_open_for_some(delivery_id: int, now: datetime) -> bool:
    """Tell whether a student of the class can still answer the quiz: in an attempt in progress, a first or another."""
    return read_rows(_open(), {"delivery": delivery_id, "second": second_of(now)}).first() is not None
