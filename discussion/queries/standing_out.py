"""What stands out in the threads of a reading, for one person: gates, groups, approval and hiding apply."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import cache

from sqlalchemy import and_, bindparam, case, func, not_, select

from classroom.models import Enrollment
from core.database import AnySelect, db
from discussion.models import Comment, CommentReaction
from discussion.queries.discussions import DiscussionRow, ThreadGate
from discussion.queries.unread import LatestRow, as_read, latest_comments, reached, standing_comments
from discussion.queries.visibility import waits_for_approval
from discussion.standing_out import Candidate, StandingOut, standing_out

MOST_POSTS = 2_000
"""The newest of a reading's posts, among which is looked."""


@cache
def _candidates() -> AnySelect:
    reacted = (
        select(func.count(CommentReaction.enrollment_id.distinct()))
        .where(CommentReaction.comment_id == Comment.id)
        .correlate(Comment)
        .scalar_subquery()
    )
    is_read_by_all = and_(Comment.body.contains("/comments/"), not_(waits_for_approval(Comment)))
    quoting = case((is_read_by_all, Comment.body), else_="")
    is_own = Comment.enrollment_id == Enrollment.id
    columns = select(Comment.id, Comment.endorsed_at.is_not(None), reacted, quoting, is_own)
    return standing_comments(columns).order_by(Comment.id.desc()).limit(MOST_POSTS)


@cache
def _among() -> AnySelect:
    return latest_comments().where(Comment.id.in_(bindparam("comments", expanding=True)))


def list_standing_out(
    user_id: int, threads: Sequence[DiscussionRow], now: datetime, most: int
) -> list[tuple[StandingOut, LatestRow]]:
    """Return classmates' and staff's posts that stand out in those of the threads whose gate is open to the person.

    Each with its author and words as the person may know them. Three statements at most, none behind every gate.
    """
    gates = [ThreadGate(each.id, each.section_id, is_open=True) for each in threads if each.is_open_at(now)]
    if not gates:
        return []
    given = reached(user_id, gates)
    found = standing_out([Candidate(*row) for row in db.session.execute(_candidates(), given)], most)
    if not found:
        return []
    among = as_read(_among(), {**given, "comments": [post.id for post in found], "most": most})
    rows = {row.comment_id: row for row in among}
    return [(post, rows[post.id]) for post in found if post.id in rows]
