"""A clock that stands still until a test moves it."""

from __future__ import annotations

import time
from datetime import datetime, timedelta
from unittest.mock import patch

import time_machine
from sqlalchemy.util import queue

from core import clock as core_clock

# SQLAlchemy's pool waits for a connection by the time of day: while that stands still, it would wait for ever.
patch.object(queue, "_time", time.monotonic).start()


class Clock:
    """Moves the time of the whole process, the server's threads included."""

    def __init__(self, traveller: time_machine.Traveller) -> None:
        self._traveller = traveller

    def now(self) -> datetime:
        """The moment it shows, aware and in UTC."""
        return core_clock.now()

    def set(self, moment: datetime) -> datetime:
        """Show this moment, which must be aware."""
        assert moment.tzinfo is not None, "a moment must be aware"
        self._traveller.move_to(moment, tick=False)
        return self.now()

    def forward(self, **duration: float) -> datetime:
        """Go on by a duration: `clock.forward(minutes=30)`."""
        return self.set(self.now() + timedelta(**duration))
