"""When mail goes out: in the person's own day, never more often than chosen. Pure: zones and moments come in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from classroom.models import DAILY, DIGEST, OFF, REMINDERS, REPLIES, WEEKLY

DIGEST_AT = time(17)
DIGEST_WEEKDAY = 6  # Sunday
MORNING, EVENING = time(8), time(21)
"""Between evening and morning nobody is reminded by mail."""
GATHERING = timedelta(minutes=10)
"""How long replies are gathered before they are mailed."""
TOO_LATE = timedelta(hours=2)
"""A reminder that would come later than this before the date goes out in the night instead."""
PAUSES = tuple(timedelta(minutes=minutes) for minutes in (5, 15, 45, 135, 405))
"""How long to wait after each failure; after the last the letter is given up."""


@dataclass(frozen=True)
class Preferences:
    """What mail a person wants: the digest daily, weekly or off, replies soon, reminders."""

    digest: str = DAILY
    replies: bool = False
    reminders: bool = True

    def wants(self, letter: str) -> bool:
        """Whether a letter of this kind may be sent."""
        return {DIGEST: self.digest != OFF, REPLIES: self.replies, REMINDERS: self.reminders}[letter]


def next_digest(digest: str, zone: str, after: datetime) -> datetime | None:
    """Return the next moment of a daily or weekly digest later than `after`, by the clock in `zone`; None if it is off.

    A time that the clock skips counts as it would have been; of one that comes twice the first is meant.
    """
    if digest == OFF:
        return None
    there = ZoneInfo(zone)
    today = after.astimezone(there).date()
    for days in range(9):
        day = today + timedelta(days=days)
        moment = datetime.combine(day, DIGEST_AT, there).astimezone(UTC)
        if moment > after and (digest != WEEKLY or day.weekday() == DIGEST_WEEKDAY):
            return moment
    raise AssertionError("a week has every weekday")


def reminder_at(zone: str, now: datetime, due_at: datetime | None = None) -> datetime:
    """Return when to remind somebody: now, or in the morning if it is night there and the date leaves time for it."""
    there = ZoneInfo(zone)
    local = now.astimezone(there)
    if MORNING <= local.time() < EVENING:
        return now
    day = local.date() + timedelta(days=local.time() >= EVENING)
    morning = datetime.combine(day, MORNING, there).astimezone(UTC)
    return now if due_at is not None and morning > due_at - TOO_LATE else morning


def letters_for(
    wanted: Preferences, zone: str, now: datetime, news: Sequence[tuple[str, datetime | None]]
) -> dict[str, datetime]:
    """Return which letters are to be planned for new notifications, and when.

    Of each notification `news` has the letter of its kind, "" for the digest alone, and the moment that ends its use.
    """
    planned = {}
    if news and (digest := next_digest(wanted.digest, zone, now)) is not None:
        planned[DIGEST] = digest
    if wanted.replies and any(letter == REPLIES for letter, _until in news):
        planned[REPLIES] = now + GATHERING
    reminders = [reminder_at(zone, now, until) for letter, until in news if letter == REMINDERS]
    if wanted.reminders and reminders:
        planned[REMINDERS] = min(reminders)
    return planned


def next_try(tries: int, now: datetime) -> datetime | None:
    """Return when to try again after that many failures before this one; None: not any more."""
    return now + PAUSES[tries] if tries < len(PAUSES) else None
