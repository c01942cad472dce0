"""Events are of use for a day."""

from __future__ import annotations

from sqlalchemy import delete, select

from core import clock
from core.database import db
from core.jobs import Task
from core.live.events import KEPT, LiveEvent

EVERY = 3_600.0  # seconds


def _find() -> list[int]:
    """The newest of those that nobody needs any more."""
    old = select(LiveEvent.id).where(LiveEvent.at < clock.now() - KEPT)
    return list(db.session.scalars(old.order_by(LiveEvent.id.desc()).limit(1)))


def _forget(newest: int) -> bool:
    db.session.execute(delete(LiveEvent).where(LiveEvent.id <= newest))
    return True


forget_old_events = Task("worker: times that old news was thrown away: {n}", EVERY, _find, _forget)
