"""Muting: what staff do when somebody should read and not write for a while."""

from __future__ import annotations

from typing import Any

from sqlalchemy import delete

from classroom.models import Mute
from core import clock
from core.audit import Act, record
from core.database import db
from core.live import publish
from discussion.operations.comments import INSERT_FOR, Actor
from discussion.topics import WAITS, staff_topic


def mute_student(actor: Actor, enrollment_id: int, reason: str) -> None:
    """Keep a student from writing for others in the class; they read the reason. Again: a new reason."""
    made = {"reason": reason, "muted_by_id": actor.user_id, "muted_at": clock.now()}
    statement = INSERT_FOR[db.engine.dialect.name](Mute).values(enrollment_id=enrollment_id, **made)
    again = statement.on_conflict_do_update(index_elements=[Mute.enrollment_id], set_=made)  # type: ignore[attr-defined]
    db.session.execute(again)
    _tell_staff(actor, "student.mute", enrollment_id, reason=reason)


def unmute_student(actor: Actor, enrollment_id: int) -> None:
    """Let a student write again."""
    gone: Any = db.session.execute(delete(Mute).where(Mute.enrollment_id == enrollment_id))
    if gone.rowcount > 0:
        _tell_staff(actor, "student.unmute", enrollment_id)


def _tell_staff(actor: Actor, action: str, enrollment_id: int, **detail: str) -> None:
    record(actor.user_id, Act(action, "enrollment", enrollment_id, actor.section_id, dict(detail)))
    db.session.flush()
    publish(staff_topic(actor.section_id), WAITS, enrollment_id)
