"""How far somebody has heard. Pure.

A transaction that began earlier may be committed later, so events do not appear in the order of their ids or times.
Whoever looks again looks back a little, and says what was heard of that already.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import NamedTuple, Protocol

SLOWEST = timedelta(seconds=10)
"""Between publishing and committing passes no more; clocks of several machines differ by less."""
MOST_NAMED = 200  # ids that an address has room for; what is left out is told once more, which does no harm
_WORDS = re.compile(r"(\d{1,15})((?:\.\d{1,10})*)", re.ASCII)


class Happened(Protocol):
    """An event, as far as a cursor knows it."""

    @property
    def id(self) -> int: ...
    @property
    def at(self) -> datetime: ...


class Cursor(NamedTuple):
    """Everything until `at` was heard, and of what may still have been on its way then, these ids."""

    at: datetime
    heard: frozenset[int] = frozenset()

    @classmethod
    def read(cls, words: str) -> Cursor | None:
        """Return what `str(cursor)` wrote; None if it is nothing of ours."""
        found = _WORDS.fullmatch(words)
        if not found:
            return None
        try:
            at = datetime.fromtimestamp(int(found[1]) / 1000, UTC)
        except (OverflowError, OSError, ValueError):
            return None
        return cls(at, frozenset(int(number) for number in found[2].split(".")[1:]))

    def __str__(self) -> str:
        """The cursor in an address: milliseconds since 1970, then the ids."""
        numbers = sorted(self.heard)[-MOST_NAMED:]
        return ".".join(str(number) for number in (int(self.at.timestamp() * 1000), *numbers))

    @property
    def looks_back_to(self) -> datetime:
        """The moment after which an event may be news."""
        return self.at - SLOWEST

    def moved(self, now: datetime, events: Iterable[Happened]) -> Cursor:
        """Return the cursor of somebody who has heard `events` (all since `looks_back_to`) and looked at `now`."""
        return Cursor(now, frozenset(event.id for event in events if event.at > now - SLOWEST))
