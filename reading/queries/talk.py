"""How much of the discussion of each reading a student has done."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from sqlalchemy import and_, bindparam, func, select

from articles.models import Assignment
from classroom.models import Enrollment
from core.database import AnySelect, db
from discussion.models import Comment, PromptDelivery


@dataclass(frozen=True)
class Talk:
    """The prompts of a reading, and on how many of them the student has posted."""

    prompts: int
    answered: int


@cache
def _talk() -> AnySelect:
    mine = and_(
        Enrollment.section_id == Assignment.section_id,
        Enrollment.user_id == bindparam("user_id"),
        Enrollment.state == "active",
        Enrollment.role == "student",
    )
    own = and_(
        Comment.delivery_id == PromptDelivery.id,
        Comment.enrollment_id == Enrollment.id,
        Comment.deleted_at.is_(None),
    )
    return (
        select(
            PromptDelivery.assignment_id,
            func.count(PromptDelivery.id.distinct()),
            func.count(Comment.delivery_id.distinct()),
        )
        .join(Assignment, Assignment.id == PromptDelivery.assignment_id)
        .join(Enrollment, mine)
        .outerjoin(Comment, own)
        .group_by(PromptDelivery.assignment_id)
        .order_by(PromptDelivery.assignment_id)
        .limit(200)
    )


def find_talk(user_id: int) -> dict[int, Talk]:
    """Return for each reading (assignment id) of the person how much of its discussion is done."""
    rows = db.session.execute(_talk(), {"user_id": user_id})
    return {assignment_id: Talk(prompts, answered) for assignment_id, prompts, answered in rows}
