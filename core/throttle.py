"""Counts how often something was asked for, over every worker, in the database."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import String, delete, func, insert, select
from sqlalchemy.orm import Mapped, mapped_column

from core import clock
from core.database import Base, UTCDateTime, db, read_connection


class ThrottleHit(Base):
    """One counted event of one key ("sign-in:ana", "sign-in-address:10.0.0.1")."""

    __tablename__ = "throttle_hits"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(200), index=True)
    at: Mapped[datetime] = mapped_column(UTCDateTime, index=True)


@dataclass(frozen=True)
class Limit:
    """At most `hits` in any `seconds`."""

    hits: int
    seconds: int


def seconds_to_wait(key: str, limit: Limit) -> int:
    """Return 0 if `key` is within `limit` now, else the seconds until it is again. Reads only."""
    start = clock.now() - timedelta(seconds=limit.seconds)
    with read_connection() as connection:
        newest = (
            select(ThrottleHit.at)
            .where(ThrottleHit.key == key[:200], ThrottleHit.at > start)
            .order_by(ThrottleHit.at.desc(), ThrottleHit.id.desc())
            .limit(limit.hits)
            .subquery()
        )
        count, oldest = connection.execute(select(func.count(), func.min(newest.c.at))).one()
    if count < limit.hits:
        return 0
    return max(1, int((oldest - start).total_seconds()) + 1)


def count(key: str, keep_seconds: int = 3600) -> None:
    """Count one event of `key` and forget those older than `keep_seconds`, in the caller's transaction."""
    now = clock.now()
    db.session.execute(delete(ThrottleHit).where(ThrottleHit.at < now - timedelta(seconds=keep_seconds)))
    db.session.execute(insert(ThrottleHit), {"key": key[:200], "at": now})
