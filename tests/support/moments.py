"""A clock that stands still until a test moves it."""

from __future__ import annotations

from datetime import datetime, timedelta

import time_machine

from core import clock as core_clock


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
