"""What staff did with a person's own posts and notes, as the person is told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from sqlalchemy import bindparam, select
from sqlalchemy.orm import aliased

from classroom.models import Enrollment, User
from core import clock
from core.database import AnySelect, read_rows
from discussion.models import Comment
from discussion.queries.discussions import within_reach
from discussion.queries.titles import TITLE, with_titles


@dataclass(frozen=True)
class TreatedRow:
    """An own post or note: who endorsed it and why, why it is hidden; None and "" for what is not.

    `title` is its prompt's, of a note the article's.
    """

    comment_id: int
    is_note: bool
    title: str
    endorser_name: str | None
    endorsement_reason: str
    is_hidden: bool
    hidden_reason: str


@cache
def _own() -> AnySelect:
    endorser = aliased(User)
    return with_titles(
        select(
            Comment.id,
            Comment.delivery_id.is_(None),
            TITLE,
            endorser.name,
            Comment.endorsement_reason,
            Comment.hidden_at.is_not(None),
            Comment.hidden_reason,
        )
        .join(Enrollment, Enrollment.id == Comment.enrollment_id)
        .outerjoin(endorser, endorser.id == Comment.endorsed_by_id)
        .where(*within_reach(), Comment.deleted_at.is_(None), Comment.id.in_(bindparam("comments", expanding=True)))
        .order_by(Comment.id)
    )


def list_treated(user_id: int, comment_ids: Sequence[int]) -> list[TreatedRow]:
    """Return those of the comments that are this person's own and not deleted. One statement, none without comments."""
    if not comment_ids:
        return []
    given = {"user": user_id, "now": clock.now(), "comments": list(comment_ids)}
    return [TreatedRow(*row) for row in read_rows(_own(), given)]
