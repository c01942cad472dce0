"""Flags: a person's word to staff about a comment, and what staff make of it."""

from __future__ import annotations

from typing import Any

from sqlalchemy import delete, update

from core import clock
from core.database import db
from discussion.models import CommentFlag
from discussion.operations.acts import Actor, log_for_staff
from discussion.operations.comments import INSERT_FOR


def flag_comment(actor: Actor, enrollment_id: int, comment_id: int, reason: tuple[str, str]) -> None:
    """Tell staff about a comment: `reason` is a kind and a few words. A second flag of one person changes nothing."""
    kind, words = reason
    statement = INSERT_FOR[db.engine.dialect.name](CommentFlag).values(
        comment_id=comment_id, enrollment_id=enrollment_id, kind=kind, words=words, created_at=clock.now()
    )
    made: Any = db.session.execute(
        statement.on_conflict_do_nothing(),  # type: ignore[attr-defined]
        execution_options={"preserve_rowcount": True},
    )
    if made.rowcount > 0:
        log_for_staff(actor, "comment.flag", ("comment", comment_id), kind=kind)


def take_back_flag(actor: Actor, enrollment_id: int, comment_id: int) -> None:
    """Take one's word back, as long as staff have not looked."""
    own = CommentFlag.comment_id == comment_id, CommentFlag.enrollment_id == enrollment_id
    gone: Any = db.session.execute(delete(CommentFlag).where(*own, CommentFlag.settled_at.is_(None)))
    if gone.rowcount > 0:
        log_for_staff(actor, "comment.flag.take_back", ("comment", comment_id))


def settle_flags(comment_id: int) -> bool:
    """Note that staff have looked at a comment; return whether it had flags that were open."""
    is_open = CommentFlag.comment_id == comment_id, CommentFlag.settled_at.is_(None)
    settled: Any = db.session.execute(update(CommentFlag).where(*is_open).values(settled_at=clock.now()))
    return bool(settled.rowcount > 0)


def dismiss_flags(actor: Actor, comment_id: int) -> None:
    """Let a comment stand that people have flagged."""
    if settle_flags(comment_id):
        log_for_staff(actor, "comment.flag.dismiss", ("comment", comment_id))
