"""What a class answered to each question of a quiz, and who answered what."""

from __future__ import annotations

from datetime import datetime
from functools import cache

from sqlalchemy import bindparam, select

from articles.models import Assignment
from articles.queries import AssignmentRow, list_blocks, sentences_of
from classroom.models import Enrollment
from core.database import AnySelect, read_rows
from quizzes.models import Attempt, Response
from quizzes.queries.items import list_anchors, list_items
from quizzes.queries.tallies import class_figures
from quizzes.standings import EVERYBODY
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


def read_questions(reading: AssignmentRow, delivery: DeliveryRow, now: datetime) -> tuple[list[QuestionResult], int]:
    """Return the questions of a quiz with what everybody's first attempts answered, and how many have handed in.

    Nine statements at most.
    """
    found, items = class_figures([delivery.id], now), list_items(delivery.quiz_id)
    anchors = list_anchors([item.version_id for item in items], reading.version_id)
    blocks = list_blocks(reading.version_id)
    own = {item.item_id: found.of(delivery.id, item.item_id) for item in items}
    return question_results(items, own, anchors, Text(blocks, sentences_of(blocks))), found.handed_in.get(
        delivery.id, 0
    )


@cache
def _closes() -> AnySelect:
    return select(Assignment.latest_closes_at).where(Assignment.id == bindparam("assignment_id"))


def is_closed_for_all(assignment_id: int, now: datetime) -> bool:
    """Tell whether nobody of the class can begin a quiz of this reading any more."""
    [(closes_at,)] = read_rows(_closes(), {"assignment_id": assignment_id})
    return closes_at is not None and closes_at < now
