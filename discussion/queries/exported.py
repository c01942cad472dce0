"""Every comment of a class as its staff may keep it: posts, answers and notes, but never what is for oneself alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import Integer, bindparam, func, literal, or_, select, text, union_all

from articles.models import Article, Assignment, Span
from articles.queries import place_of, with_places
from classroom.models import Enrollment, User
from core.database import AnySelect, read_rows
from discussion.models import SELF, Comment, CommentReaction, CommentSpan, Prompt, PromptDelivery
from discussion.queries.passages import Labels
from discussion.queries.visibility import waits_for_approval

AT_ONCE = 500
MOST_PASSAGES = 50_000
OWN_PASSAGE = -1  # where a note stands, among the passages it has


class ExportedRow(NamedTuple):
    """A comment with its author, for staff, who know the authors of anonymous posts; `title`: its thread's.

    `waits`: it waits for approval, or answers one that does.
    """

    id: int
    assignment_id: int
    article_title: str
    thread_id: int | None
    title: str | None
    root_id: int | None
    parent_id: int | None
    group_id: int | None
    visibility: str
    kind: str
    enrollment_id: int
    name: str
    role: str
    alias: int | None
    created_at: datetime
    edited_at: datetime | None
    deleted_at: datetime | None
    hidden_at: datetime | None
    waits: bool
    endorsed_at: datetime | None
    reactions: int
    body: str


class Exported(NamedTuple):
    """A comment; of a note the passage on which it stands; and the passages it quotes, as they are numbered now."""

    row: ExportedRow
    passage: str
    quoted: tuple[str, ...]


@cache
def _comments() -> AnySelect:
    reactions = (
        select(func.count())
        .select_from(CommentReaction)
        .where(CommentReaction.comment_id == Comment.id)
        .correlate(Comment)
        .scalar_subquery()
    )
    reading: Any = bindparam("reading", type_=Integer)
    return (
        select(
            Comment.id, Comment.assignment_id, Article.title, Comment.delivery_id, Prompt.title, Comment.root_id,
            Comment.parent_id, Comment.group_id, Comment.visibility, Comment.kind, Comment.enrollment_id, User.name,
            Enrollment.role, Comment.alias, Comment.created_at, Comment.edited_at, Comment.deleted_at,
            Comment.hidden_at, waits_for_approval(Comment), Comment.endorsed_at, reactions, Comment.body,
        )
        .join(Assignment, Assignment.id == Comment.assignment_id)
        .join(Article, Article.id == Assignment.article_id)
        .join(Enrollment, Enrollment.id == Comment.enrollment_id)
        .join(User, User.id == Enrollment.user_id)
        .outerjoin(PromptDelivery, PromptDelivery.id == Comment.delivery_id)
        .outerjoin(Prompt, Prompt.id == PromptDelivery.prompt_id)
        .where(
            Assignment.section_id == bindparam("section"),
            or_(reading == 0, Assignment.id == reading),
            Comment.visibility != SELF,
            Comment.id > bindparam("after"),
        )
        .order_by(Comment.id)
        .limit(bindparam("limit", type_=Integer))
    )  # fmt: skip


@cache
def _passages() -> Any:
    some: Any = bindparam("comments", expanding=True)
    own = select(Comment.id, literal(OWN_PASSAGE).label("at"), Assignment.version_id, Span.quote, *place_of())
    own = own.join(Assignment, Assignment.id == Comment.assignment_id).join(Span, Span.id == Comment.span_id)
    quoted = select(Comment.id, CommentSpan.position.label("at"), Assignment.version_id, Span.quote, *place_of())
    quoted = quoted.join(Assignment, Assignment.id == Comment.assignment_id)
    quoted = quoted.join(CommentSpan, CommentSpan.comment_id == Comment.id).join(Span, Span.id == CommentSpan.span_id)
    both = [with_places(each, Assignment.version_id).where(Comment.id.in_(some)) for each in (own, quoted)]
    return union_all(*both).order_by(text("1"), text("2")).limit(MOST_PASSAGES)


def every_comment(section_id: int, assignment_id: int | None = None) -> Iterator[Exported]:
    """Yield the comments of a class, or of one of its readings, in the order they were written.

    For staff. Two statements for each AT_ONCE comments, and one for each text that this process does not know.
    """
    given = {"section": section_id, "reading": assignment_id or 0, "limit": AT_ONCE}
    after = 0
    while rows := [ExportedRow._make(row) for row in read_rows(_comments(), {**given, "after": after})]:
        passages = _labels_of([row.id for row in rows])
        for row in rows:
            found = passages.get(row.id, {})
            yield Exported(row, found.get(OWN_PASSAGE, ""), tuple(found[at] for at in sorted(found) if at >= 0))
        after = rows[-1].id


def _labels_of(comment_ids: Sequence[int]) -> dict[int, dict[int, str]]:
    """The passages of some comments by the number of their mark, as they are called; lost ones by their words."""
    found: dict[int, dict[int, str]] = {}
    labels: dict[int, Labels] = {}
    for comment_id, at, version_id, *span in read_rows(_passages(), {"comments": list(comment_ids)}):
        chip = labels.setdefault(version_id, Labels(version_id)).chip(*span)
        if chip is not None:
            found.setdefault(comment_id, {})[at] = chip.label or f"“{chip.lost}”"
    return found
