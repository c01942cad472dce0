"""Reads each event once, whatever the order in which they appear."""

from __future__ import annotations

from functools import cache

from sqlalchemy import Engine, bindparam, func, select

from core import clock
from core.database import AnySelect, UTCDateTime
from core.live.cursors import SLOWEST
from core.live.events import EVENT, MOST, Event, LiveEvent
from core.reading import READ


@cache
def _settled() -> AnySelect:
    return select(func.max(LiveEvent.id)).where(LiveEvent.at <= bindparam("moment", type_=UTCDateTime()))


@cache
def _later() -> AnySelect:
    return select(*EVENT).where(LiveEvent.id > bindparam("settled")).order_by(LiveEvent.id).limit(MOST)


class News:
    """What comes after the moment at which this is made. For one thread."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        with engine.connect().execution_options(**READ) as own:
            self._settled = own.execute(_settled(), {"moment": clock.now() - SLOWEST}).scalar() or 0
        self._read: set[int] = set()
        self.read()

    def read(self) -> list[Event]:
        """Return the events that were not there the last time, by id."""
        moment = clock.now() - SLOWEST
        with self._engine.connect().execution_options(**READ) as own:
            rows = [Event(*row) for row in own.execute(_later(), {"settled": self._settled})]
        fresh = [event for event in rows if event.id not in self._read]
        self._settled = max((event.id for event in rows if event.at <= moment), default=self._settled)
        self._read = {event.id for event in rows if event.id > self._settled}
        return fresh
