"""Posts, notes and answers of a reading that have the words somebody looks for. Walls apply, to counts as well."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import and_, func, not_, or_, select

from classroom.models import STAFF, Enrollment, User
from core.database import connection
from core.search import Index, Wanted, Window
from discussion.margins import Margin
from discussion.models import Comment, Prompt, PromptDelivery
from discussion.names import knows_author, shown_name
from discussion.queries.comments import viewer_of
from discussion.queries.discussions import list_thread_gates
from discussion.queries.quoted import bodies_without_hidden
from discussion.queries.visibility import ME, exists_in_threads, is_gone, note_exists, shown_role

_INDEX = Index("comments_fts", Comment.body, Comment.id)


class FoundComment(NamedTuple):
    """A post, a note or an answer that has the words. `prompt_title`: its thread's, None in the margin.

    `is_anonymous`: to classmates, while the viewer reads the name.
    """

    author_name: str
    is_anonymous: bool
    id: int
    body: str
    author_role: str
    created_at: datetime
    visibility: str
    is_hidden: bool
    prompt_title: str | None

    @property
    def by_staff(self) -> bool:
        """Whether an instructor or an assistant wrote it."""
        return self.author_role in STAFF


def search_comments(user_id: int, margin: Margin, wanted: Wanted, window: Window) -> tuple[int, list[FoundComment]]:
    """Return how many comments on a reading that exist for the viewer have the words, and those of the
    window, newest first. Three statements at most.
    """
    if not wanted.terms:
        return 0, []
    gates = list_thread_gates(user_id, [margin.section_id])
    in_thread = exists_in_threads(ME, Enrollment, [gate.id for gate in gates if gate.is_open])
    exists = or_(
        and_(Comment.delivery_id.in_([gate.id for gate in gates]), in_thread),
        and_(Comment.delivery_id.is_(None), note_exists()),
    )
    author = (Comment.enrollment_id, User.name, Comment.alias)
    columns = (*author, Comment.id, Comment.body, shown_role(Enrollment), Comment.created_at, Comment.visibility)
    statement = (
        select(*columns, Comment.hidden_at.is_not(None), Prompt.title, func.count().over())
        .join(Enrollment, Enrollment.id == Comment.enrollment_id)
        .join(User, User.id == Enrollment.user_id)
        .outerjoin(PromptDelivery, PromptDelivery.id == Comment.delivery_id)
        .outerjoin(Prompt, Prompt.id == PromptDelivery.prompt_id)
        .where(Comment.assignment_id == margin.assignment_id, exists, not_(is_gone(Comment)), _INDEX.has(wanted))
        .order_by(Comment.id.desc())
        .limit(window.most)
        .offset(window.start)
    )
    rows: Sequence[Any] = connection().execute(statement, viewer_of(margin)).all()
    found = [_found(margin, *row[:-1]) for row in rows]
    if not margin.is_staff:
        bodies = bodies_without_hidden([comment.body for comment in found])
        found = [comment._replace(body=body) for comment, body in zip(found, bodies, strict=True)]
    return (rows[0][-1] if rows else 0), found


def _found(margin: Margin, author_id: int, name: str, alias: int | None, *row: Any) -> FoundComment:
    is_anonymous = alias is not None and knows_author(margin, author_id, alias)
    return FoundComment(shown_name(margin, author_id, name, alias), is_anonymous, *row)
