"""How many students of a class have posted in each discussion of a reading."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from sqlalchemy import and_, bindparam, exists, func, select

from classroom.models import Enrollment
from core.database import AnySelect, read_rows
from discussion.models import Comment, Prompt, PromptDelivery
from discussion.participation_models import ParticipationRequirement
from discussion.queries.visibility import stands

MOST = 200


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
