"""How people reacted to posts, counted by the database."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from sqlalchemy import bindparam, case, func, select

from core.database import AnySelect, read_rows
from discussion.models import Comment, CommentReaction
from discussion.queries.discussions import DiscussionRow
from discussion.queries.visibility import ME
from discussion.reactions import Reacted

MOST = 20_000


@cache
def _reactions(is_part: bool) -> AnySelect:
    statement = select(
        CommentReaction.comment_id,
        CommentReaction.kind,
        func.count(CommentReaction.enrollment_id),
        func.max(case((CommentReaction.enrollment_id == ME, 1), else_=0)),
    )
    if is_part:
        statement = statement.where(CommentReaction.comment_id.in_(bindparam("comments", expanding=True)))
    else:
        thread = Comment.delivery_id == bindparam("thread")
        statement = statement.join(Comment, Comment.id == CommentReaction.comment_id).where(thread)
    key = CommentReaction.kind, CommentReaction.comment_id
    return statement.group_by(*key).order_by(*key).limit(MOST)


def list_reactions(place: DiscussionRow, among: Sequence[int] | None = None) -> dict[int, dict[str, Reacted]]:
    """Return for each post of a thread how many reacted how. `among`: of these comments (ids) only. One statement.

    The caller shows those of comments alone that exist for the viewer.
    """
    given: dict[str, object] = {"me": place.enrollment_id, "thread": place.id}
    if among is not None:
        given = {"me": place.enrollment_id, "comments": list(among)}
    found: dict[int, dict[str, Reacted]] = {}
    for comment_id, kind, count, mine in read_rows(_reactions(among is not None), given):
        found.setdefault(comment_id, {})[kind] = Reacted(count, bool(mine))
    return found
