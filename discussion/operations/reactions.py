"""Reactions to posts."""

from __future__ import annotations

from sqlalchemy import delete

from core import clock
from core.database import db
from core.live import publish
from discussion.models import CommentReaction
from discussion.operations.comments import INSERT_FOR
from discussion.topics import WRITTEN, thread_topic


def react(enrollment_id: int, delivery_id: int, comment_id: int, kind: str) -> None:
    """React to a post of a thread with one of the three words; twice is once."""
    values = {"enrollment_id": enrollment_id, "comment_id": comment_id, "kind": kind, "created_at": clock.now()}
    statement = INSERT_FOR[db.engine.dialect.name](CommentReaction).values(**values)
    db.session.execute(statement.on_conflict_do_nothing())  # type: ignore[attr-defined]
    publish(thread_topic(delivery_id), WRITTEN, comment_id)


def take_back_reaction(enrollment_id: int, delivery_id: int, comment_id: int, kind: str) -> None:
    """Take one's word from a post."""
    db.session.execute(
        delete(CommentReaction).where(
            CommentReaction.enrollment_id == enrollment_id,
            CommentReaction.comment_id == comment_id,
            CommentReaction.kind == kind,
        )
    )
    publish(thread_topic(delivery_id), WRITTEN, comment_id)
