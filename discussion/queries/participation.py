"""How much each person of a class has written on one reading."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Integer, cast, func, select

from classroom.models import Enrollment
from core.database import db
from discussion.models import Comment, PromptDelivery

MOST = 10_000


@dataclass(frozen=True)
class ParticipationRow:
    """One student's posts (first-level comments), replies, and the moment of the latest."""

    enrollment_id: int
    posts: int
    replies: int
    last_at: datetime


def participation_by_enrollment(assignment_id: int) -> list[ParticipationRow]:
    """Return what every student wrote on one reading; who wrote nothing is left out. For staff's pages. One statement.

    What was deleted does not count; what staff hid does. Removed people are left out.
    """
    replies = func.sum(cast(Comment.parent_id.is_not(None), Integer))
    rows = db.session.execute(
        select(Comment.enrollment_id, func.count(Comment.id) - replies, replies, func.max(Comment.created_at))
        .join(PromptDelivery, PromptDelivery.id == Comment.delivery_id)
        .join(Enrollment, Enrollment.id == Comment.enrollment_id)
        .where(
            PromptDelivery.assignment_id == assignment_id,
            Comment.deleted_at.is_(None),
            Enrollment.role == "student",
            Enrollment.state == "active",
        )
        .group_by(Comment.enrollment_id)
        .order_by(Comment.enrollment_id)
        .limit(MOST)
    )
    return [ParticipationRow(*row) for row in rows]
