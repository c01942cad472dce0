"""What staff did with a person's own posts and notes, as the person is told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import aliased

from articles.models import Article, Assignment
from classroom.models import Enrollment, User
from core import clock
from core.database import AnySelect, read_rows
from discussion.models import Comment, Prompt, PromptDelivery
from discussion.queries.discussions import within_reach


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
    return (
        select(
            Comment.id,
            Comment.delivery_id.is_(None),
            func.coalesce(Prompt.title, Article.title),
            endorser.name,
            Comment.endorsement_reason,
            Comment.hidden_at.is_not(None),
            Comment.hidden_reason,
        )
        .join(Enrollment, Enrollment.id == Comment.enrollment_id)
        .join(Assignment, Assignment.id == Comment.assignment_id)
        .join(Article, Article.id == Assignment.article_id)
        .outerjoin(PromptDelivery, PromptDelivery.id == Comment.delivery_id)
        .outerjoin(Prompt, Prompt.id == PromptDelivery.prompt_id)
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
