"""What the filters above a thread say, counted by the database: for a page that is open already."""

from __future__ import annotations

from functools import cache

from sqlalchemy import Integer, and_, bindparam, case, cast, exists, func, not_, or_, select
from sqlalchemy.orm import aliased

from classroom.models import STAFF, Enrollment
from core import clock
from core.database import AnySelect, read_rows
from discussion.models import Comment, CommentRead
from discussion.outlines import ThreadCounts
from discussion.queries.comments import viewer_of
from discussion.queries.discussions import DiscussionRow
from discussion.queries.visibility import IS_STAFF, ME, exists_for, is_cleared, is_gone, shown_role, voice


def _those_of_thread(statement: AnySelect, is_open: bool) -> AnySelect:
    return statement.join(Enrollment, Enrollment.id == Comment.enrollment_id).where(
        Comment.delivery_id == bindparam("thread"), exists_for(ME, Enrollment, is_open), not_(is_gone(Comment))
    )


@cache
def _counts(is_open: bool) -> AnySelect:
    reply = aliased(Comment)
    is_answered = exists().where(reply.parent_id == Comment.id, not_(is_gone(reply)), is_cleared(reply, ME))
    waits = and_(Comment.parent_id.is_(None), shown_role(Enrollment).not_in(STAFF), not_(is_answered))
    mine, by_staff = Comment.enrollment_id == ME, shown_role(Enrollment).in_(STAFF)
    is_endorsed = Comment.endorsed_at.is_not(None)
    return _those_of_thread(
        select(
            func.count(Comment.id),
            func.count(voice(or_(IS_STAFF, Comment.enrollment_id == ME)).distinct()),
            *(func.coalesce(func.sum(cast(which, Integer)), 0) for which in (mine, by_staff, is_endorsed, waits)),
        ),
        is_open,
    )


@cache
def _unread(is_open: bool) -> AnySelect:
    is_read = and_(CommentRead.comment_id == Comment.id, CommentRead.enrollment_id == ME)
    return (
        _those_of_thread(select(func.count(case((Comment.hidden_at.is_(None), 1))), func.max(Comment.id)), is_open)
        .outerjoin(CommentRead, is_read)
        .where(CommentRead.comment_id.is_(None), Comment.enrollment_id != ME)
    )


def count_thread(place: DiscussionRow) -> tuple[ThreadCounts, int | None]:
    """Return what is in the thread for the viewer, and the newest that they have not read. Two statements."""
    is_open = place.is_open_at(clock.now())
    given = {**viewer_of(place), "thread": place.id}
    count, people, *others = read_rows(_counts(is_open), given).one()
    new, newest = read_rows(_unread(is_open), given).one()
    return ThreadCounts(count, people, new, *others), newest
