"""The outline of a thread: of every comment that exists for the viewer what decides where and whether it is shown."""

from __future__ import annotations

from datetime import datetime
from functools import cache
from typing import NamedTuple

from sqlalchemy import and_, bindparam, or_, select

from classroom.models import Enrollment
from core import clock
from core.database import AnySelect, read_rows
from discussion.models import Comment, CommentRead
from discussion.queries.comments import viewer_of
from discussion.queries.discussions import DiscussionRow
from discussion.queries.visibility import ME, exists_for, is_gone, shown_role

MOST_IN_A_THREAD = 20_000


class OutlineRow(NamedTuple):
    """A comment without its words and without its author's name."""

    id: int
    enrollment_id: int
    parent_id: int | None
    created_at: datetime
    hidden_at: datetime | None
    endorsed_at: datetime | None
    pinned_at: datetime | None
    author_role: str
    alias: int | None
    group_id: int | None
    is_read: bool
    gone: bool


@cache
def _of_thread(is_open: bool) -> AnySelect:
    return (
        select(
            Comment.id,
            Comment.enrollment_id,
            Comment.parent_id,
            Comment.created_at,
            Comment.hidden_at,
            Comment.endorsed_at,
            Comment.pinned_at,
            shown_role(Enrollment),
            Comment.alias,
            Comment.group_id,
            or_(CommentRead.comment_id.is_not(None), Comment.enrollment_id == ME),
            is_gone(Comment),
        )
        .join(Enrollment, Enrollment.id == Comment.enrollment_id)
        .outerjoin(CommentRead, and_(CommentRead.comment_id == Comment.id, CommentRead.enrollment_id == ME))
        .where(Comment.delivery_id == bindparam("thread"), exists_for(ME, Enrollment, is_open))
        .order_by(Comment.id.desc())
        .limit(MOST_IN_A_THREAD)
    )


def list_outline(place: DiscussionRow) -> list[OutlineRow]:
    """Return the outline of a thread, in the order in which its comments were written. One statement."""
    rows = read_rows(_of_thread(place.is_open_at(clock.now())), {**viewer_of(place), "thread": place.id})
    return [OutlineRow._make(row) for row in reversed(list(rows))]
