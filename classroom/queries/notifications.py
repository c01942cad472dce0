"""What a person is told, found through their active place in a class that is not archived."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, func, select

from classroom.models import Enrollment, Notification, Section, User
from classroom.notifications import Reader, Told
from core.database import AnySelect, db, read_connection

MOST_SHOWN = 100
SHOWN_FOR = timedelta(days=60)
MOST_AT_ONCE = 200


def _told(user_id: int) -> AnySelect:
    here = and_(Enrollment.section_id == Notification.section_id, Enrollment.user_id == Notification.user_id)
    return (
        select(
            Notification.id,
            Notification.kind,
            Notification.section_id,
            Section.name,
            Notification.object_id,
            Notification.created_at,
            Notification.announced_at,
            Notification.read_at,
            Notification.mailed_at,
        )
        .join(Enrollment, here)
        .join(Section, Section.id == Notification.section_id)
        .where(Notification.user_id == user_id, Enrollment.state == "active", Section.archived_at.is_(None))
    )


def _rows(statement: AnySelect) -> list[Told]:
    return [Told(*row) for row in db.session.execute(statement)]


def list_told(user_id: int, now: datetime) -> list[Told]:
    """Return what a person was told lately, newest first, at most MOST_SHOWN."""
    lately = _told(user_id).where(Notification.created_at > now - SHOWN_FOR)
    at = func.coalesce(Notification.announced_at, Notification.created_at)
    return _rows(lately.order_by(at.desc(), Notification.id.desc()).limit(MOST_SHOWN))


@dataclass(frozen=True)
class Waiting:
    """A row that is to be announced if its words may be said."""

    id: int
    kind: str
    created_at: datetime


def list_waiting(user_id: int, now: datetime) -> list[Waiting]:
    """Return a person's rows that are to be looked at now, whatever became of their classes, oldest first."""
    due = select(Notification.id, Notification.kind, Notification.created_at)
    due = due.where(Notification.user_id == user_id, Notification.look_at <= now)
    return [Waiting(*row) for row in db.session.execute(due.order_by(Notification.id).limit(MOST_AT_ONCE))]


def list_told_where(user_id: int, *conditions: ColumnElement[bool]) -> list[Told]:
    """Return a person's rows for which conditions over Notification hold, oldest first."""
    return _rows(_told(user_id).where(*conditions).order_by(Notification.id).limit(MOST_AT_ONCE))


def list_told_among(user_id: int, row_ids: Sequence[int]) -> list[Told]:
    """Return those of the rows that are in classes where the person has a place, oldest first."""
    return list_told_where(user_id, Notification.id.in_(row_ids))


def list_people_to_tell(now: datetime) -> list[int]:
    """Return the people who have something to be announced, at most MOST_AT_ONCE. Takes no write lock."""
    due = select(Notification.user_id).where(Notification.look_at <= now).distinct()
    with read_connection() as connection:
        return list(connection.execute(due.order_by(Notification.user_id).limit(MOST_AT_ONCE)).scalars())


def get_reader(user_id: int, now: datetime) -> Reader:
    """Return a person as words are made for them."""
    return Reader(user_id, db.session.scalars(select(User.time_zone).where(User.id == user_id)).one(), now)


def list_old_notifications(before: datetime) -> list[int]:
    """Return ids of rows older than `before`, at most 2,000."""
    with read_connection() as connection:
        old = select(Notification.id).where(Notification.created_at < before)
        return list(connection.execute(old.order_by(Notification.id).limit(2_000)).scalars())
