"""How many students of a class have posted in each discussion of a reading."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from sqlalchemy import and_, bindparam, exists, func, select

from articles.models import Assignment
from classroom.models import Enrollment
from core.database import AnySelect, read_rows
from discussion.models import Comment, Prompt, PromptDelivery
from discussion.participation_models import ParticipationRequirement
from discussion.queries.visibility import stands

MOST = 500


class TurnoutRow(NamedTuple):
    """A thread: how many students of today have a post there that stands, how many posts, and whether a rule asks."""

    delivery_id: int
    title: str
    students: int
    posts: int
    asks: bool


@cache
def _turnouts() -> AnySelect:
    studies = and_(Enrollment.role == "student", Enrollment.state == "active")
    asks = exists().where(ParticipationRequirement.delivery_id == PromptDelivery.id)
    wrote = and_(Comment.delivery_id == PromptDelivery.id, stands())
    return (
        select(
            PromptDelivery.id,
            Prompt.title,
            func.count(Enrollment.id.distinct()),
            func.count(Enrollment.id),
            asks,
        )
        .join(Prompt, Prompt.id == PromptDelivery.prompt_id)
        .outerjoin(Comment, wrote)
        .outerjoin(Enrollment, and_(Enrollment.id == Comment.enrollment_id, studies))
        .where(PromptDelivery.assignment_id == bindparam("assignment"))
        .group_by(PromptDelivery.id, Prompt.title, PromptDelivery.position)
        .order_by(PromptDelivery.position, PromptDelivery.id)
        .limit(MOST)
    )


def list_turnouts(assignment_id: int) -> list[TurnoutRow]:
    """Return the discussions of a reading with how many took part in each. For staff. One statement."""
    rows = read_rows(_turnouts(), {"assignment": assignment_id})
    return [TurnoutRow(row[0], row[1], row[2], row[3], bool(row[4])) for row in rows]


class ReadingTurnout(NamedTuple):
    """A reading: how many posts students of today have in its discussions, and how many of them posted."""

    posts: int
    students: int


@cache
def _by_reading() -> AnySelect:
    return (
        select(PromptDelivery.assignment_id, func.count(Comment.id), func.count(Enrollment.id.distinct()))
        .join(Comment, and_(Comment.delivery_id == PromptDelivery.id, stands()))
        .join(Enrollment, Enrollment.id == Comment.enrollment_id)
        .join(Assignment, Assignment.id == PromptDelivery.assignment_id)
        .where(
            Assignment.section_id == bindparam("section"),
            Enrollment.role == "student",
            Enrollment.state == "active",
        )
        .group_by(PromptDelivery.assignment_id)
        .order_by(PromptDelivery.assignment_id)
        .limit(MOST)
    )


def turnouts_by_reading(section_id: int) -> dict[int, ReadingTurnout]:
    """Return what was posted in the discussions of each reading of a class, by its id. For staff. One statement."""
    return {row[0]: ReadingTurnout(row[1], row[2]) for row in read_rows(_by_reading(), {"section": section_id})}
