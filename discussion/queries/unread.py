"""What is new for one person over several classes, and what was said lately; the gate applies."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Integer, and_, bindparam, func, or_, select
from sqlalchemy.orm import aliased

from articles.models import Assignment
from classroom.models import STAFF, Enrollment, User
from core.database import AnySelect, db
from discussion.gates import Author
from discussion.models import Comment, CommentRead, Prompt, PromptDelivery
from discussion.names import knows_author, shown_name
from discussion.queries.discussions import ThreadGate, list_thread_gates
from discussion.queries.quoted import bodies_without_hidden
from discussion.queries.visibility import exists_in_threads, names, shown_role, stands


@dataclass(frozen=True)
class LatestRow:
    """A comment as the home page shows it. `body` as it was typed: print an excerpt.

    `is_anonymous`: to classmates, while the viewer reads the name.
    """

    comment_id: int
    delivery_id: int
    assignment_id: int
    section_id: int
    prompt_title: str
    body: str
    created_at: datetime
    is_new: bool
    author_is_staff: bool
    author_name: str
    is_anonymous: bool


_USER: Any = bindparam("user", type_=Integer)
_THREADS: Any = bindparam("threads", expanding=True)
_OPEN: Any = bindparam("open_threads", expanding=True)
_MOST: Any = bindparam("most", type_=Integer)


def reached(user_id: int, gates: Sequence[ThreadGate]) -> dict[str, Any]:
    """Return the values of a statement of others_comments(): who reads, in which threads, and which are open."""
    is_open = [gate.id for gate in gates if gate.is_open]
    return {"user": user_id, "threads": [gate.id for gate in gates], "open_threads": is_open}


def others_comments(statement: AnySelect) -> AnySelect:
    """Narrow a select over comments to what others wrote of those that standing_comments() leaves."""
    return standing_comments(statement).where(Comment.enrollment_id != Enrollment.id)


def standing_comments(statement: AnySelect) -> AnySelect:
    """Narrow a select over comments to what stands and exists for whom reached() says. Built once."""
    author, me = aliased(Enrollment), Enrollment
    return (
        statement.select_from(Comment)
        .join(PromptDelivery, PromptDelivery.id == Comment.delivery_id)
        .join(Assignment, Assignment.id == PromptDelivery.assignment_id)
        .join(me, and_(me.section_id == Assignment.section_id, me.user_id == _USER, me.state == "active"))
        .join(author, author.id == Comment.enrollment_id)
        .outerjoin(CommentRead, and_(CommentRead.enrollment_id == me.id, CommentRead.comment_id == Comment.id))
        .where(
            Comment.delivery_id.in_(_THREADS),
            stands(),
            exists_in_threads(me.id, author, _OPEN),
        )
    )


@cache
def _unread(by: Any) -> AnySelect:
    counts = others_comments(select(by, func.count(Comment.id)))
    return counts.where(CommentRead.comment_id.is_(None)).group_by(by).order_by(by)


def _count_unread(user_id: int, section_ids: Sequence[int], by: Any) -> dict[int, int]:
    gates = list_thread_gates(user_id, section_ids)
    if not gates:
        return {}
    rows = db.session.execute(_unread(by), reached(user_id, gates))
    return {int(row[0]): int(row[1]) for row in rows}


def count_unread_for(user_id: int, section_ids: Sequence[int]) -> dict[int, int]:
    """Return how many comments are new to this person, by class id; a class without any is left out. Two statements."""
    return _count_unread(user_id, section_ids, Assignment.section_id)


def count_unread_by_assignment(user_id: int, section_ids: Sequence[int]) -> dict[int, int]:
    """Return how many comments are new to this person, by assignment id. Two statements."""
    return _count_unread(user_id, section_ids, Assignment.id)


def latest_comments() -> AnySelect:
    """A SELECT of what others_comments() leaves, newest first, as as_read() wants it; `most` of them."""
    writer, writer_place = aliased(User), aliased(Enrollment)
    statement = others_comments(
        select(
            Comment.id,
            Comment.delivery_id,
            Assignment.id,
            Assignment.section_id,
            Prompt.title,
            Comment.body,
            Comment.created_at,
            CommentRead.comment_id.is_(None),
            shown_role(writer_place).in_(STAFF),
            Enrollment.id,
            Enrollment.role,
            Comment.enrollment_id,
            writer.name,
            Comment.alias,
        )
    )
    return (
        statement.join(Prompt, Prompt.id == PromptDelivery.prompt_id)
        .join(writer_place, writer_place.id == Comment.enrollment_id)
        .join(writer, writer.id == writer_place.user_id)
        .order_by(Comment.created_at.desc(), Comment.id.desc())
        .limit(_MOST)
    )


def as_read(statement: AnySelect, given: Mapping[str, Any]) -> list[LatestRow]:
    """Return the rows of latest_comments(), each with the name and the words that the person knows.

    Two statements at most.
    """
    found = []
    rows = db.session.execute(statement, given).all()
    bodies = bodies_without_hidden([row[5] for row in rows])
    for (*said, me, role, author_id, name, alias), body in zip(rows, bodies, strict=True):
        said[5] = said[5] if role in STAFF else body
        viewer = Author(me, role)
        is_anonymous = alias is not None and knows_author(viewer, author_id, alias)
        said += [shown_name(viewer, author_id, name, alias), is_anonymous]
        found.append(LatestRow(*said))
    return found


@cache
def _latest() -> AnySelect:
    return latest_comments()


@cache
def _replies(is_new: bool) -> AnySelect:
    parent = aliased(Comment)
    answers_me = and_(parent.id == Comment.parent_id, parent.enrollment_id == Enrollment.id)
    replies = latest_comments().join(parent, answers_me)
    return replies.where(CommentRead.comment_id.is_(None)) if is_new else replies


@cache
def _meant() -> AnySelect:
    parent = aliased(Comment)
    meant = or_(parent.enrollment_id == Enrollment.id, names(Enrollment.id))
    some = Comment.id.in_(bindparam("comments", expanding=True))
    return latest_comments().outerjoin(parent, parent.id == Comment.parent_id).where(some, meant)


def _found(statement: AnySelect, user_id: int, section_ids: Sequence[int], **given: Any) -> list[LatestRow]:
    gates = list_thread_gates(user_id, section_ids)
    return as_read(statement, {**reached(user_id, gates), **given}) if gates else []


def list_latest_comments_for(user_id: int, section_ids: Sequence[int], limit: int = 8) -> list[LatestRow]:
    """Return what others said lately in these classes, newest first. Three statements at most."""
    return _found(_latest(), user_id, section_ids, most=limit)


def list_replies_to(user_id: int, section_ids: Sequence[int], limit: int = 5) -> list[LatestRow]:
    """Return the replies to this person's comments in these classes, newest first. Three statements at most."""
    return _found(_replies(is_new=False), user_id, section_ids, most=limit)


def list_new_replies_to(user_id: int, section_ids: Sequence[int], limit: int = 5) -> list[LatestRow]:
    """Return those that this person has not read, newest first. Three statements at most."""
    return _found(_replies(is_new=True), user_id, section_ids, most=limit)


def list_meant_for(user_id: int, section_ids: Sequence[int], comment_ids: Sequence[int]) -> list[LatestRow]:
    """Return those of the comments in threads of these classes that answer this person or name them.

    Three statements at most.
    """
    return _found(_meant(), user_id, section_ids, comments=list(comment_ids), most=len(comment_ids))
