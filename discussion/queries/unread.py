"""What is new for one person over several classes, and what was said lately; the gate applies."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, func, or_, select
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


def others_comments(statement: AnySelect, user_id: int, gates: Sequence[ThreadGate]) -> AnySelect:
    """Narrow a select over comments to what others wrote, stands, and exists for this person."""
    author, me = aliased(Enrollment), Enrollment
    return (
        statement.select_from(Comment)
        .join(PromptDelivery, PromptDelivery.id == Comment.delivery_id)
        .join(Assignment, Assignment.id == PromptDelivery.assignment_id)
        .join(me, and_(me.section_id == Assignment.section_id, me.user_id == user_id, me.state == "active"))
        .join(author, author.id == Comment.enrollment_id)
        .outerjoin(CommentRead, and_(CommentRead.enrollment_id == me.id, CommentRead.comment_id == Comment.id))
        .where(
            Comment.delivery_id.in_([gate.id for gate in gates]),
            Comment.enrollment_id != me.id,
            stands(),
            exists_in_threads(me.id, author, [gate.id for gate in gates if gate.is_open]),
        )
    )


def _count_unread(user_id: int, section_ids: Sequence[int], by: Any) -> dict[int, int]:
    gates = list_thread_gates(user_id, section_ids)
    if not gates:
        return {}
    counts = others_comments(select(by, func.count(Comment.id)), user_id, gates)
    rows = db.session.execute(counts.where(CommentRead.comment_id.is_(None)).group_by(by).order_by(by))
    return {int(row[0]): int(row[1]) for row in rows}


def count_unread_for(user_id: int, section_ids: Sequence[int]) -> dict[int, int]:
    """Return how many comments are new to this person, by class id; a class without any is left out. Two statements."""
    return _count_unread(user_id, section_ids, Assignment.section_id)


def count_unread_by_assignment(user_id: int, section_ids: Sequence[int]) -> dict[int, int]:
    """Return how many comments are new to this person, by assignment id. Two statements."""
    return _count_unread(user_id, section_ids, Assignment.id)


def latest_comments(user_id: int, gates: Sequence[ThreadGate], limit: int) -> AnySelect:
    """A SELECT of what others_comments() leaves, newest first, as as_read() wants it."""
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
        ),
        user_id,
        gates,
    )
    return (
        statement.join(Prompt, Prompt.id == PromptDelivery.prompt_id)
        .join(writer_place, writer_place.id == Comment.enrollment_id)
        .join(writer, writer.id == writer_place.user_id)
        .order_by(Comment.created_at.desc(), Comment.id.desc())
        .limit(limit)
    )


def as_read(statement: AnySelect) -> list[LatestRow]:
    """Return the rows of latest_comments(), each with the name and the words that the person knows.

    Two statements at most.
    """
    found = []
    rows = db.session.execute(statement).all()
    bodies = bodies_without_hidden([row[5] for row in rows])
    for (*said, me, role, author_id, name, alias), body in zip(rows, bodies, strict=True):
        said[5] = said[5] if role in STAFF else body
        viewer = Author(me, role)
        is_anonymous = alias is not None and knows_author(viewer, author_id, alias)
        said += [shown_name(viewer, author_id, name, alias), is_anonymous]
        found.append(LatestRow(*said))
    return found


def list_latest_comments_for(user_id: int, section_ids: Sequence[int], limit: int = 8) -> list[LatestRow]:
    """Return what others said lately in these classes, newest first. Two statements."""
    gates = list_thread_gates(user_id, section_ids)
    if not gates:
        return []
    return as_read(latest_comments(user_id, gates, limit))


def list_replies_to(user_id: int, section_ids: Sequence[int], limit: int = 5) -> list[LatestRow]:
    """Return the replies to this person's comments in these classes, newest first. Three statements at most."""
    gates = list_thread_gates(user_id, section_ids)
    return as_read(_replies(user_id, gates, limit)) if gates else []


def list_new_replies_to(user_id: int, section_ids: Sequence[int], limit: int = 5) -> list[LatestRow]:
    """Return those that this person has not read, newest first. Three statements at most."""
    gates = list_thread_gates(user_id, section_ids)
    return as_read(_replies(user_id, gates, limit).where(CommentRead.comment_id.is_(None))) if gates else []


def _replies(user_id: int, gates: Sequence[ThreadGate], limit: int) -> AnySelect:
    parent = aliased(Comment)
    answers_me = and_(parent.id == Comment.parent_id, parent.enrollment_id == Enrollment.id)
    return latest_comments(user_id, gates, limit).join(parent, answers_me)


def list_meant_for(user_id: int, section_ids: Sequence[int], comment_ids: Sequence[int]) -> list[LatestRow]:
    """Return those of the comments in threads of these classes that answer this person or name them. Two statements."""
    gates = list_thread_gates(user_id, section_ids)
    if not gates:
        return []
    parent = aliased(Comment)
    statement = latest_comments(user_id, gates, len(comment_ids)).outerjoin(parent, parent.id == Comment.parent_id)
    meant = or_(parent.enrollment_id == Enrollment.id, names(Enrollment.id))
    return as_read(statement.where(Comment.id.in_(comment_ids), meant))
