"""Writing to students of a class: to one, or the same words to each of many."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import cache

from sqlalchemy import UpdateBase, bindparam, insert, select

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


def send_message(actor: Actor, enrollment_id: int, message: NewMessage) -> int:
    """Write to a student of the class, who is told of it; return the message's id. Flushed."""
    (made,) = _write(actor, [enrollment_id], message)
    return made


def send_to_each(actor: Actor, enrollment_ids: Sequence[int], message: NewMessage) -> None:
    """Write the same to each of these students of the class, who read it as written to them alone. Flushed.

    Whoever has had these words of this person within the last minute gets nothing.
    """
    had = _had(actor, message)
    whom = [each for each in enrollment_ids if each not in had]
    if whom:
        _write(actor, whom, message)


def _had(actor: Actor, message: NewMessage) -> set[int]:
    """Who of the class has just been written this; what the same person sends meanwhile waits until this is done."""
    db.session.execute(select(User.id).where(User.id == actor.user_id).with_for_update(key_share=True))
    row = StaffMessage
    had = select(row.enrollment_id).join(Enrollment, Enrollment.id == row.enrollment_id)
    same = (row.by_id == actor.user_id, row.body == message.body, row.assignment_id == message.assignment_id)
    recent = row.sent_at > clock.now() - AGAIN
    return set(db.session.scalars(had.where(Enrollment.section_id == actor.section_id, recent, *same)))


def _write(actor: Actor, enrollment_ids: Sequence[int], message: NewMessage) -> list[int]:
    """The log says who wrote to whom, never what: the words are the student's."""
    now = clock.now()
    words = {"by_id": actor.user_id, "sent_at": now, **vars(message)}
    made = insert(StaffMessage).returning(StaffMessage.id)
    ids = list(db.session.scalars(made, [{"enrollment_id": each, **words} for each in enrollment_ids]))
    for at in range(0, len(ids), CHUNK):
        db.session.execute(_telling(db.engine.dialect.name), {"written": ids[at : at + CHUNK], "now": now})
    detail = {"enrollments": list(enrollment_ids), "assignment": message.assignment_id}
    audit.record(actor.user_id, audit.Act("message.send", "section", actor.section_id, actor.section_id, detail))
    return ids
