"""What a person is told of in margins: answers to what they wrote there, and where they are named; walls apply."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from sqlalchemy import and_, bindparam, func, or_, select
from sqlalchemy.orm import aliased

from articles.models import Article, Assignment
from classroom.models import STAFF, Enrollment, User
from core.database import AnySelect, read_rows
from discussion.gates import Author, may_see_note
from discussion.models import Comment, CommentRead
from discussion.queries.discussions import within_reach
from discussion.queries.quoted import bodies_without_hidden
from discussion.queries.visibility import names, stands


@dataclass(frozen=True)
class AnswerRow:
    """Somebody's answer to what a person wrote in a margin, or a note that names them. `body` as it was typed."""

    comment_id: int
    article_title: str
    author_name: str
    author_is_staff: bool
    body: str
    is_new: bool


@cache
def _answers() -> AnySelect:
    note, mine = aliased(Comment), aliased(Comment)
    author, writer = aliased(Enrollment), aliased(User)
    read = and_(CommentRead.comment_id == Comment.id, CommentRead.enrollment_id == Enrollment.id)
    return (
        select(
            Comment.id,
            Article.title,
            writer.name,
            author.role.in_(STAFF),
            Comment.body,
            CommentRead.comment_id.is_(None),
            Comment.visibility,
            func.coalesce(note.enrollment_id, Comment.enrollment_id),
            Enrollment.id,
            Enrollment.role,
        )
        .outerjoin(note, note.id == Comment.root_id)
        .outerjoin(mine, mine.id == func.coalesce(Comment.parent_id, Comment.root_id))
        .join(Assignment, Assignment.id == Comment.assignment_id)
        .join(Enrollment, Enrollment.section_id == Assignment.section_id)
        .join(Article, Article.id == Assignment.article_id)
        .join(author, author.id == Comment.enrollment_id)
        .join(writer, writer.id == author.user_id)
        .outerjoin(CommentRead, read)
        .where(
            *within_reach(),
            stands(),
            Comment.id.in_(bindparam("comments", expanding=True)),
            Comment.delivery_id.is_(None),
            or_(mine.enrollment_id == Enrollment.id, names(Enrollment.id)),
        )
        .order_by(Comment.id)
    )


def list_answers_among(user_id: int, now: datetime, comment_ids: Sequence[int]) -> list[AnswerRow]:
    """Return those of the comments in margins that answer this person or name them and that exist for them.

    Two statements at most, none without comments.
    """
    if not comment_ids:
        return []
    rows = read_rows(_answers(), {"user": user_id, "now": now, "comments": list(comment_ids)})
    bodies = bodies_without_hidden([row[4] for row in rows])
    return [
        AnswerRow(*(*answer, typed if role in STAFF else body, is_new))
        for (*answer, typed, is_new, visibility, owner, place, role), body in zip(rows, bodies, strict=True)
        if may_see_note(Author(place, role), visibility, owner)
    ]
