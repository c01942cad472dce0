"""Writing comments. Operations flush and never commit; text comes rendered (comment_text.compose)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    Integer,
    UpdateBase,
    bindparam,
    delete,
    exists,
    func,
    insert,
    literal,
    null,
    or_,
    select,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import aliased

from articles.models import Span
from classroom.models import Enrollment
from core import clock
from core.database import db, write
from core.live import publish
from core.text import RENDERER_VERSION
from discussion.comment_text import CommentText
from discussion.group_models import ThreadGroup, ThreadGroupMember
from discussion.models import CLASS, COMMENT, Comment, CommentRead, CommentRevision, CommentSpan, PromptDelivery
from discussion.operations.acts import Actor, log_comment
from discussion.operations.approval import has_to_wait_again, tell_staff
from discussion.operations.citing import Cited, held_references, settle_references
from discussion.operations.mentions import name_others, name_people, settle_mentions
from discussion.operations.telling import tell_of_mentions, tell_of_reply, tell_of_writing
from discussion.queries.visibility import exists_for
from discussion.read_marks import ReadMarks
from discussion.topics import READ, WRITTEN, place_topic, topic_of

INSERT_FOR = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}


class StaleComment(Exception):
    """The comment was changed after the person opened it for editing."""


@dataclass(frozen=True)
class DiscussionRef:
    """Where a comment stands in the discussion of a reading: in a thread, at a passage, or below a note.

    `version_id`: the version of the article that references in it are read against. A note's `visibility` and
    `kind` are its own; an answer to it has the same visibility. `is_anonymous`: to classmates, in a thread only.
    `group_id`: for which group of a split thread staff write; None: for all.
    """

    assignment_id: int
    delivery_id: int | None
    version_id: int
    span_id: int | None = None
    root_id: int | None = None
    visibility: str = CLASS
    kind: str = COMMENT
    is_anonymous: bool = False
    waits: bool = False
    group_id: int | None = None


class NewComment(NamedTuple):
    """A comment as it was just written: its id, its author's alias, its group, its safe HTML with marks, when."""

    id: int
    alias: int | None
    group_id: int | None
    body_html: str
    created_at: datetime


def _held(comment: Comment, version_id: int) -> dict[str, int]:
    """Return what its references mean already, by their words."""
    rows = db.session.execute(
        select(CommentSpan.position, CommentSpan.span_id, Span.version_id)
        .join(Span, Span.id == CommentSpan.span_id)
        .where(CommentSpan.comment_id == comment.id)
        .order_by(CommentSpan.position, CommentSpan.id)
    )
    return held_references(comment.body, [Cited._make(row) for row in rows], version_id)


def _cites(comment_id: int) -> bool:
    return bool(db.session.scalar(select(exists().where(CommentSpan.comment_id == comment_id))))


def _point(comment_id: int, spans: dict[int, int]) -> None:
    if spans:
        rows = [{"comment_id": comment_id, "position": at, "span_id": span} for at, span in spans.items()]
        db.session.execute(insert(CommentSpan), rows)


def _alias() -> ColumnElement[int]:
    """The author's number among those who are anonymous in the thread: the one they have, else the next."""
    here = Comment.delivery_id == bindparam("delivery_id")
    own = select(func.max(Comment.alias)).where(here, Comment.enrollment_id == bindparam("enrollment_id"))
    following = select(func.coalesce(func.max(Comment.alias), 0) + 1).where(here)
    return func.coalesce(own.scalar_subquery(), following.scalar_subquery())


def _group(answers: bool, is_chosen: bool) -> ColumnElement[int | None]:
    """The group for which it is written: that of what it answers, else the one that staff chose or the author's."""
    answered, here = aliased(Comment), bindparam("delivery_id", type_=Integer)
    of_answered = select(answered.group_id).where(answered.id == bindparam("parent_id", type_=Integer))
    chosen = select(ThreadGroup.id).where(
        ThreadGroup.id == bindparam("group", type_=Integer), ThreadGroup.delivery_id == here
    )
    own = (
        select(ThreadGroupMember.group_id)
        .join(Enrollment, Enrollment.id == ThreadGroupMember.enrollment_id)
        .where(
            ThreadGroupMember.delivery_id == here,
            Enrollment.id == bindparam("enrollment_id"),
            Enrollment.role == "student",
        )
    )
    asked = [*([of_answered] if answers else []), *([chosen] if is_chosen else []), own]
    return func.coalesce(*(each.scalar_subquery() for each in asked), null())


@cache
def _insert(is_anonymous: bool, answers: bool, is_chosen: bool) -> UpdateBase:
    """A statement for each case: PostgreSQL keeps no plan of one that may look for the comment NULL."""
    place = ("assignment_id", "delivery_id", "span_id", "root_id", "parent_id", "visibility", "kind")
    columns = (*place, "waits", "enrollment_id", "body", "body_html", "renderer", "created_at")
    values: dict[str, Any] = {name: bindparam(name) for name in columns} | {"group_id": _group(answers, is_chosen)}
    if is_anonymous:
        values["alias"] = _alias()
    return insert(Comment).values(values).returning(Comment.id, Comment.alias, Comment.group_id)


def _number_one_by_one(delivery_id: int | None) -> None:
    """Let nobody else become anonymous in the thread until this transaction ends: no two have the same number."""
    thread = select(PromptDelivery.id).where(PromptDelivery.id == delivery_id)
    db.session.execute(thread.with_for_update(key_share=True))


def write_comment(enrollment_id: int, where: DiscussionRef, text: CommentText) -> NewComment:
    """Write a comment of the person with this place in the class, and tell the author of what it answers.

    Two statements or, for a reply, three; one more when it is anonymous, and a few when the text points at passages
    or names people, who are told.
    """
    html, spans = settle_references(text, where.version_id)
    html, named = settle_mentions(html, where, enrollment_id, text.parent_id)
    now = clock.now()
    values = {
        "assignment_id": where.assignment_id,
        "delivery_id": where.delivery_id,
        "span_id": where.span_id,
        "root_id": where.root_id,
        "visibility": where.visibility,
        "kind": where.kind,
        "waits": where.waits,
        "enrollment_id": enrollment_id,
        "parent_id": text.parent_id,
        "body": text.body,
        "body_html": html,
        "renderer": RENDERER_VERSION,
        "created_at": now,
        "group": where.group_id,
    }
    if where.is_anonymous:
        _number_one_by_one(where.delivery_id)
    statement = _insert(where.is_anonymous, text.parent_id is not None, where.group_id is not None)
    comment_id, alias, group_id = write(statement, values).one()
    _point(comment_id, spans)
    name_people(comment_id, named)
    answered = text.parent_id or where.root_id
    if where.waits:
        tell_staff(enrollment_id, comment_id)
    elif named:
        tell_of_writing(comment_id, answered, enrollment_id)
    elif answered is not None:
        tell_of_reply(comment_id, answered, enrollment_id)
    publish(topic_of(where), WRITTEN, comment_id)
    return NewComment(comment_id, alias, group_id, html, now)


def add_comment(enrollment_id: int, where: DiscussionRef, text: CommentText) -> int:
    """Write a comment and return its id."""
    return write_comment(enrollment_id, where, text).id


def edit_comment(comment_id: int, version_id: int, text: CommentText, seen_edited_at: datetime | None = None) -> None:
    """Replace what a comment says and keep what it said.

    Where posts are approved first it waits again. `seen_edited_at`: its last edit as the person saw it.
    Raises StaleComment when it has changed since.
    """
    comment = db.session.get_one(Comment, comment_id, with_for_update=True)
    if comment.edited_at != seen_edited_at:
        raise StaleComment
    if comment.body == text.body:
        return
    now = clock.now()
    said = CommentRevision(comment_id=comment_id, body=comment.body, replaced_at=now, cites=_cites(comment_id))
    db.session.add(said)
    html, spans = settle_references(text, version_id, _held(comment, version_id))
    html, named = settle_mentions(html, comment, comment.enrollment_id)
    comment.body, comment.body_html, comment.renderer = text.body, html, RENDERER_VERSION
    comment.edited_at = now
    db.session.execute(delete(CommentSpan).where(CommentSpan.comment_id == comment_id))
    db.session.flush()
    _point(comment_id, spans)
    name_others(comment_id, named)
    if comment.waits or has_to_wait_again(comment):
        comment.waits = True
        tell_staff(comment.enrollment_id, comment_id)
    elif named:
        tell_of_mentions(comment_id, comment.parent_id or comment.root_id)
    publish(topic_of(comment), WRITTEN, comment_id)


def delete_comment(actor: Actor, comment_id: int) -> None:
    """Take a comment from view. The row stays, and its place as long as something answers it."""
    comment = db.session.get_one(Comment, comment_id)
    if comment.deleted_at is None:
        comment.deleted_at = clock.now()
        log_comment(actor, "comment.delete", comment)


def mark_read(enrollment_id: int, delivery_id: int, read: ReadMarks | None = None, gate_open: bool = True) -> None:
    """Note that a person has read these comments of a thread (None: all), of those that exist for them. One statement.

    Marks that are there already stay as they are, also when two tabs send the same ones.
    """
    author = aliased(Enrollment)
    unread = (
        select(literal(enrollment_id), Comment.id)
        .join(author, author.id == Comment.enrollment_id)
        .where(
            Comment.delivery_id == delivery_id,
            Comment.enrollment_id != enrollment_id,
            exists_for(enrollment_id, author, gate_open),
        )
    )
    if read is not None:
        unread = unread.where(or_(Comment.id.in_(read.ids), Comment.id <= read.until))
    statement = INSERT_FOR[db.engine.dialect.name](CommentRead)
    marks = statement.from_select(["enrollment_id", "comment_id"], unread).on_conflict_do_nothing()  # type: ignore[attr-defined]
    if db.session.execute(marks.returning(CommentRead.comment_id)).first() is not None:
        publish(place_topic(enrollment_id), READ, delivery_id)
