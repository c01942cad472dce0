"""What is put on a post with one press: a reaction, and the pin of staff."""

from __future__ import annotations

from sqlalchemy import delete

from core import clock
from core.audit import Act, record
from core.database import db
from core.live import publish
from discussion.models import Comment, CommentReaction
from discussion.operations.comments import INSERT_FOR, Actor
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


def pin_comment(actor: Actor, comment_id: int) -> None:
    """Let a post that begins a branch stand before the others of its thread."""
    comment = db.session.get_one(Comment, comment_id)
    if comment.pinned_at is None:
        comment.pinned_at = clock.now()
        _record(actor, "comment.pin", comment)


def unpin_comment(actor: Actor, comment_id: int) -> None:
    """Let it stand where it was written."""
    comment = db.session.get_one(Comment, comment_id)
    if comment.pinned_at is not None:
        comment.pinned_at = None
        _record(actor, "comment.unpin", comment)


def _record(actor: Actor, action: str, comment: Comment) -> None:
    record(actor.user_id, Act(action, "comment", comment.id, actor.section_id))
    db.session.flush()
    publish(thread_topic(comment.delivery_id or 0), WRITTEN, comment.id)
