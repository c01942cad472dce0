"""How many more days help a student who is late, counted in the calendar of the class. Pure."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from classroom.allowances import MOST_EXTRA_DAYS
from core.dates import days_later, to_local

FURTHER = (0, 1, 6)
"""Beyond the fewest days that help: so that there is a day more, and a week."""


class Extension(NamedTuple):
    """So many more days, and until when the quiz is due with them (UTC)."""

    days: int
    due_at: datetime


def extensions(due_at: datetime, now: datetime, zone: str) -> list[Extension]:
    """Return what may be given to whom it was due `due_at`, fewest days first: each ends after `now`.

    Nothing where it would take more than a year.
    """
    fewest = max(1, (to_local(now, zone).date() - to_local(due_at, zone).date()).days)
    if days_later(due_at, fewest, zone) <= now:
        fewest += 1
    given = [fewest + more for more in FURTHER if fewest + more <= MOST_EXTRA_DAYS]
    return [Extension(days, days_later(due_at, days, zone)) for days in given]
