"""Quotations of what staff have hidden: left out of what others read, and found for staff."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import cache
from html import escape
from typing import NamedTuple, Protocol, Self, TypeVar

from flask_babel import gettext as _
from sqlalchemy import bindparam, select

from classroom.models import Enrollment, User
from core.database import AnySelect, db, read_rows
from discussion.models import Comment
from discussion.quotes import in_html, in_markdown, leave_out, quoted_in

MOST = 1_000


class Readable(Protocol):
    """A row of a comment with its rendered words."""

    @property
    def body_html(self) -> str: ...
    def _replace(self, *, body_html: str) -> Self: ...


Row = TypeVar("Row", bound=Readable)


class QuotingRow(NamedTuple):
    """A post that quotes another, and who wrote it."""

    comment_id: int
    author_name: str


@cache
def _hidden() -> AnySelect:
    some = Comment.id.in_(bindparam("comments", expanding=True))
    return select(Comment.id).where(some, Comment.hidden_at.is_not(None)).order_by(Comment.id).limit(MOST)


def _hidden_among(comment_ids: Collection[int]) -> set[int]:
    return {row[0] for row in read_rows(_hidden(), {"comments": sorted(comment_ids)[:MOST]})} if comment_ids else set()


def _instead() -> str:
    return _("What was quoted here is hidden.")


def without_hidden(rows: Sequence[Row]) -> list[Row]:
    """Return rows for who is not of the staff: without quotations of hidden posts.

    One statement, none where nothing is quoted.
    """
    quoted = [quoted_in(row.body_html, in_html) if "<blockquote>" in row.body_html else set() for row in rows]
    hidden = _hidden_among(set().union(*quoted))
    instead = f"<blockquote><p>{escape(_instead())}</p></blockquote>"
    return [
        row._replace(body_html=leave_out(row.body_html, in_html, hidden, instead)) if ids & hidden else row
        for row, ids in zip(rows, quoted, strict=True)
    ]


def bodies_without_hidden(bodies: Sequence[str]) -> list[str]:
    """Return what was typed in the same way, for excerpts. One statement, none where nothing is quoted."""
    quoted = [quoted_in(body, in_markdown) if ">" in body else set() for body in bodies]
    hidden = _hidden_among(set().union(*quoted))
    return [
        leave_out(body, in_markdown, hidden, f"> {_instead()}") if ids & hidden else body
        for body, ids in zip(bodies, quoted, strict=True)
    ]


def list_quoting(comment_id: int) -> list[QuotingRow]:
    """Return the posts of the same thread or margin that quote a comment. For staff, who found it. One statement."""
    quoted = select(Comment.assignment_id, Comment.delivery_id).where(Comment.id == comment_id).subquery()
    statement = (
        select(Comment.id, User.name)
        .join(quoted, Comment.assignment_id == quoted.c.assignment_id)
        .join(Enrollment, Enrollment.id == Comment.enrollment_id)
        .join(User, User.id == Enrollment.user_id)
        .where(
            Comment.delivery_id.is_not_distinct_from(quoted.c.delivery_id),
            Comment.body.contains(f"/comments/{comment_id})", autoescape=True),
            Comment.deleted_at.is_(None),
        )
        .order_by(Comment.id)
        .limit(MOST)
    )
    return [QuotingRow(*row) for row in db.session.execute(statement)]
