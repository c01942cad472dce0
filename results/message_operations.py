"""Writing to one student of a class."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from sqlalchemy import Integer, UpdateBase, bindparam, select

from classroom.models import Enrollment
from classroom.operations.notifications import telling
from core import clock
from core.database import connection, db, write
from results.need_models import StaffMessage

MESSAGE = "message"
"""A kind of notification, about a message of staff; results/notifications.py has its words."""


@dataclass(frozen=True)
class NewMessage:
    """To whom (a place in the class) something is written, about which reading, and what."""

    enrollment_id: int
    assignment_id: int | None
    body: str


@cache
def _telling(dialect: str) -> UpdateBase:
    about = bindparam("about", type_=Integer).label("object_id")
    whom = select(Enrollment.user_id, Enrollment.section_id, about).where(Enrollment.id == bindparam("whom"))
    return telling(dialect, MESSAGE, whom)


def send_message(by_id: int, message: NewMessage) -> int:
    """Write to a student, who is told of it; return the message's id. Flushed."""
    now = clock.now()
    row = StaffMessage(by_id=by_id, sent_at=now, **vars(message))
    db.session.add(row)
    db.session.flush()
    write(_telling(connection().dialect.name), {"about": row.id, "whom": message.enrollment_id, "now": now})
    return row.id
