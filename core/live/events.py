"""The table of what changed lately."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import cache
from typing import NamedTuple

from flask import current_app
from sqlalchemy import Index, String, UpdateBase, bindparam, func, insert, select
from sqlalchemy.orm import Mapped, mapped_column

from core import clock
from core.database import AnySelect, Base, UTCDateTime, after_commit, connection, db, write
from core.live.cursors import Cursor

CHANNEL = "colloquy_live"
KEPT = timedelta(days=1)
MOST = 2_000


class LiveEvent(Base):
    """Something changed: of which topic, of what kind, about which row. Ids grow and are never used again."""

    __tablename__ = "live_events"
    __table_args__ = (Index("ix_live_events_topic_at", "topic", "at"), {"sqlite_autoincrement": True})

    id: Mapped[int] = mapped_column(primary_key=True)
    topic: Mapped[str] = mapped_column(String(40))
    kind: Mapped[str] = mapped_column(String(20))
    object_id: Mapped[int]
    at: Mapped[datetime] = mapped_column(UTCDateTime)


class Event(NamedTuple):
    """One change, in the order of LiveEvent's columns."""

    id: int
    topic: str
    kind: str
    object_id: int
    at: datetime


EVENT = (LiveEvent.id, LiveEvent.topic, LiveEvent.kind, LiveEvent.object_id, LiveEvent.at)


@cache
def _insert(notifies: bool) -> UpdateBase:
    """The row; PostgreSQL is also told to wake who listens, once it is committed. In SQLite's file they see it."""
    row = insert(LiveEvent).values({name: bindparam(name) for name in ("topic", "kind", "object_id", "at")})
    return row.returning(func.pg_notify(CHANNEL, "")) if notifies else row.inline()


def publish(topic: str, kind: str, object_id: int) -> None:
    """Say, in the caller's transaction, that something about `topic` changes. One statement.

    Nobody hears of it before the commit, and nobody at all if it is undone.
    """
    values = {"topic": topic, "kind": kind, "object_id": object_id, "at": clock.now()}
    bell = current_app.extensions["live"].bell
    write(_insert(bell is None and db.engine.dialect.name == "postgresql"), values)
    if bell is not None:
        after_commit(bell.ring)


@cache
def _since() -> AnySelect:
    found = select(*EVENT).where(
        LiveEvent.topic.in_(bindparam("topics", expanding=True)), LiveEvent.at > bindparam("since", type_=UTCDateTime())
    )
    return found.order_by(LiveEvent.at.desc(), LiveEvent.id.desc()).limit(MOST)


def list_events(topics: Sequence[str], cursor: Cursor) -> list[Event]:
    """Return the events of these topics that may be news, oldest first; those heard already are among them.

    At most the newest MOST. Who may hear of them is the caller's question.
    """
    rows = connection().execute(_since(), {"topics": list(topics), "since": cursor.looks_back_to})
    return [Event(*row) for row in rows][::-1]


def is_forgotten(cursor: Cursor) -> bool:
    """Tell whether events since the cursor may have been thrown away."""
    return cursor.looks_back_to < clock.now() - KEPT
