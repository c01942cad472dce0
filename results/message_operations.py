"""Writing to students of a class: to one, or the same words to each of many."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import UpdateBase, bindparam, exists, insert, literal, select

from classroom.models import Enrollment, User
from classroom.operations.notifications import telling
from core import audit, clock
from core.database import db
from results.need_models import StaffMessage
from results.operations import Actor

MESSAGE = "message"
"""A kind of notification, about a message of staff; results/notifications.py has its words."""
CHUNK = 1_000
AGAIN = timedelta(minutes=1)
"""The same words of the same person within so long are one message whose form was sent twice."""


@dataclass(frozen=True)
class NewMessage:
    """About which reading something is written, and what."""

    assignment_id: int | None
    body: str


@cache
def _telling(dialect: str) -> UpdateBase:
    whom = (
        select(Enrollment.user_id, Enrollment.section_id, StaffMessage.id.label("object_id"))
        .join(StaffMessage, StaffMessage.enrollment_id == Enrollment.id)
        .where(StaffMessage.id.in_(bindparam("written", expanding=True)))
    )
    return telling(dialect, MESSAGE, whom)


def write_to(actor: Actor, enrollment_ids: Sequence[int], message: NewMessage) -> list[int]:
    """Write to these students of the class, each of whom reads it as written to them alone; the messages' ids. Flushed.

    Whoever has had these words of this person within the last minute gets nothing. Of two sendings at the same moment
    the caller lets one wait for the other.
    """
    now = clock.now()
    made = db.session.execute(_made(actor, enrollment_ids, message, now)).all()
    ids = [row.id for row in made]
    if not ids:
        return ids
    for at in range(0, len(ids), CHUNK):
        db.session.execute(_telling(db.engine.dialect.name), {"written": ids[at : at + CHUNK], "now": now})
    # The log says who wrote to whom, never what: the words are the student's.
    detail = {"enrollments": [row.enrollment_id for row in made], "assignment": message.assignment_id}
    audit.record(actor.user_id, audit.Act("message.send", "section", actor.section_id, actor.section_id, detail))
    return ids


def one_at_a_time(user_id: int) -> None:
    """Let whatever else the person sends at this moment wait until the commit."""
    db.session.execute(select(User.id).where(User.id == user_id).with_for_update(key_share=True))


def _made(actor: Actor, enrollment_ids: Sequence[int], message: NewMessage, now: datetime) -> Any:
    """The rows of a message, for those who have not just had it."""
    row = StaffMessage
    had = exists().where(
        row.enrollment_id == Enrollment.id,
        row.by_id == actor.user_id,
        row.body == message.body,
        row.assignment_id == message.assignment_id,
        row.sent_at > now - AGAIN,
    )
    values = {"by_id": actor.user_id, "sent_at": now, **vars(message)}
    bound = [literal(value, row.__table__.c[name].type) for name, value in values.items()]
    whom = select(Enrollment.id, *bound).where(Enrollment.id.in_(enrollment_ids), ~had).order_by(Enrollment.id)
    return insert(row).from_select(["enrollment_id", *values], whom).returning(row.id, row.enrollment_id)
