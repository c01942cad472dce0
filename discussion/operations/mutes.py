"""Muting: what staff do when somebody should read and not write for a while."""

from __future__ import annotations

from typing import Any

from sqlalchemy import delete

from classroom.models import Mute
from core import clock
from core.database import db
from discussion.operations.acts import Actor, log_for_staff
from discussion.operations.comments import INSERT_FOR


def mute_student(actor: Actor, enrollment_id: int, reason: str) -> None:
    """Keep a student from writing for others in the class; they read the reason. Again: a new reason."""
    made = {"reason": reason, "muted_by_id": actor.user_id, "muted_at": clock.now()}
    statement = INSERT_FOR[db.engine.dialect.name](Mute).values(enrollment_id=enrollment_id, **made)
    again = statement.on_conflict_do_update(index_elements=[Mute.enrollment_id], set_=made)  # type: ignore[attr-defined]
    db.session.execute(again)
    log_for_staff(actor, "student.mute", ("enrollment", enrollment_id), reason=reason)


def unmute_student(actor: Actor, enrollment_id: int) -> None:
    """Let a student write again."""
    gone: Any = db.session.execute(delete(Mute).where(Mute.enrollment_id == enrollment_id))
    if gone.rowcount > 0:
        log_for_staff(actor, "student.unmute", ("enrollment", enrollment_id))
