"""Passages with what people wrote about them, for taking them along. One statement each; walls apply."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Select, literal, select

from articles.models import Span
from articles.queries import offsets_of, place_of, with_places
from classroom.models import Enrollment, User
from core.database import db
from discussion.margins import Margin
from discussion.models import Comment, CommentSpan, Prompt, PromptDelivery, PromptSpan
from discussion.names import anonymous_name
from discussion.queries.comments import viewer_of
from discussion.queries.visibility import ME, note_exists, stands

MOST = 5_000
KIND_OF_POST = "post"


class SpanRow(NamedTuple):
    """A passage: its words when it was made, and its place in the class's version (no sentences: nowhere)."""

    quote: str
    prefix: str
    suffix: str
    first_id: int | None
    last_id: int | None
    start: int | None
    end: int | None


class AnnotatedRow(NamedTuple):
    """A note, or a post that quotes a passage. `kind`: a note's, or "post"."""

    comment_id: int
    kind: str
    body: str
    author_name: str
    created_at: datetime
    edited_at: datetime | None
    span: SpanRow


class PromptedRow(NamedTuple):
    """A passage that a prompt is about."""

    prompt_id: int
    title: str
    body: str
    created_at: datetime
    span: SpanRow


def _of_span() -> tuple[Any, ...]:
    return Span.quote, Span.prefix, Span.suffix, *place_of(), *offsets_of()


def _written(kind: Any) -> Select[*tuple[Any, ...]]:
    written = Comment.created_at, Comment.edited_at
    return (
        select(Comment.id, kind, Comment.body, User.name, Comment.alias, *written, *_of_span())
        .join(Enrollment, Enrollment.id == Comment.enrollment_id)
        .join(User, User.id == Enrollment.user_id)
    )


def list_annotated(margin: Margin, *, mine: bool) -> list[AnnotatedRow]:
    """Return what was written about passages of a reading, oldest first: notes, and posts that quote them.

    One's own (also what staff have hidden), or for staff everybody's that exists for them and stands: there what is
    anonymous to classmates stays so, for a file is handed on. Two statements.
    """
    whose = Comment.deleted_at.is_(None) & (Comment.enrollment_id == ME) if mine else stands() & ~Comment.waits
    here = (Comment.assignment_id == margin.assignment_id, whose)
    notes = _written(Comment.kind).join(Span, Span.id == Comment.span_id).where(note_exists(), *here)
    quoted = CommentSpan.comment_id == Comment.id
    posts = _written(literal(KIND_OF_POST)).join(CommentSpan, quoted).join(Span, Span.id == CommentSpan.span_id)
    posts = posts.where(Comment.delivery_id.is_not(None), *here).order_by(Comment.id, CommentSpan.position)
    found = []
    for statement in (notes.order_by(Comment.id), posts):
        rows = db.session.execute(with_places(statement, margin.version_id).limit(MOST), viewer_of(margin))
        found += [_annotated(row, mine) for row in rows]
    return found


def _annotated(row: Sequence[Any], mine: bool) -> AnnotatedRow:
    comment_id, kind, body, name, alias, created_at, edited_at, *span = row
    author_name = name if mine or alias is None else anonymous_name(alias)
    return AnnotatedRow(comment_id, kind, body, author_name, created_at, edited_at, SpanRow._make(span))


def list_prompted(assignment_id: int, version_id: int) -> list[PromptedRow]:
    """Return the passages that the prompts of a reading are about, with their places in a version. For staff."""
    statement = (
        select(Prompt.id, Prompt.title, Prompt.body, Prompt.created_at, *_of_span())
        .join(PromptDelivery, PromptDelivery.prompt_id == Prompt.id)
        .join(PromptSpan, PromptSpan.prompt_id == Prompt.id)
        .join(Span, Span.id == PromptSpan.span_id)
        .where(PromptDelivery.assignment_id == assignment_id, PromptSpan.mark.is_(None))
        .order_by(PromptDelivery.position, PromptDelivery.id, PromptSpan.position, PromptSpan.id)
        .limit(MOST)
    )
    rows = db.session.execute(with_places(statement, version_id))
    return [PromptedRow._make((*row[:4], SpanRow._make(row[4:]))) for row in rows]
