"""The groups of a split thread, for its staff."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import and_, bindparam, exists, func, select

from classroom.models import Enrollment, User
from core.database import db, read_rows
from discussion.group_models import MOST_GROUPS, ThreadGroup, ThreadGroupMember
from discussion.models import Comment
from discussion.queries.discussions import DiscussionRow

MOST = 5_000
_numbers = (
    select(ThreadGroup.id, ThreadGroup.number)
    .where(ThreadGroup.delivery_id == bindparam("thread"))
    .order_by(ThreadGroup.number, ThreadGroup.id)
    .limit(MOST_GROUPS)
)


@dataclass(frozen=True)
class MemberRow:
    """A student of the class and the group of the thread that they are in."""

    enrollment_id: int
    name: str
    group_id: int | None


def list_groups(delivery_id: int) -> dict[int, int]:
    """Return the numbers of a thread's groups by their ids, in order; {} where it is not split."""
    return {row[0]: row[1] for row in read_rows(_numbers, {"thread": delivery_id})}


def list_members(place: DiscussionRow) -> Sequence[MemberRow]:
    """Return the students of the thread's class, by name, each with the group."""
    is_in = and_(ThreadGroupMember.enrollment_id == Enrollment.id, ThreadGroupMember.delivery_id == place.id)
    rows = db.session.execute(
        select(Enrollment.id, User.name, ThreadGroupMember.group_id)
        .join(User, User.id == Enrollment.user_id)
        .outerjoin(ThreadGroupMember, is_in)
        .where(Enrollment.section_id == place.section_id, Enrollment.role == "student", Enrollment.state == "active")
        .order_by(User.name, Enrollment.id)
        .limit(MOST)
    )
    return [MemberRow(*row) for row in rows]


def has_group_posts(delivery_id: int) -> bool:
    """Tell whether anybody has written in a group of the thread."""
    written = exists().where(Comment.delivery_id == delivery_id, Comment.group_id.is_not(None))
    return bool(db.session.scalar(select(written)))


def count_groups(delivery_id: int) -> tuple[int, int]:
    """Return how many groups a thread has, and how many active students of the class are in them. One statement."""
    row = db.session.execute(
        select(func.count(ThreadGroup.id.distinct()), func.count(Enrollment.id))
        .outerjoin(ThreadGroupMember, ThreadGroupMember.group_id == ThreadGroup.id)
        .outerjoin(
            Enrollment,
            and_(
                Enrollment.id == ThreadGroupMember.enrollment_id,
                Enrollment.state == "active",
                Enrollment.role == "student",
            ),
        )
        .where(ThreadGroup.delivery_id == delivery_id)
    ).one()
    return row[0], row[1]
