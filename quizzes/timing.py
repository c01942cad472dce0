"""When a quiz can be started, when an attempt ends, and what is late. Pure: dates and a clock come in.

Every moment kept for an attempt is a whole second, so "the second of closing is inside" is a plain
comparison, here and in SQL: compare with `second_of(now)`.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

GRACE = timedelta(seconds=10)


class Phase(StrEnum):
    """Where an assignment stands at one moment."""

    NOT_OPEN = "not_open"
    OPEN = "open"
    LATE = "late"
    CLOSED = "closed"


class StartState(StrEnum):
    """Whether a new attempt can be started, and if not, why."""

    NOT_OPEN = "not_open"
    OPEN = "open"
    LATE = "late"
    CLOSED = "closed"
    NO_ATTEMPTS_LEFT = "no_attempts_left"
    TOO_SOON = "too_soon"
    NEVER_AGAIN = "never_again"


@dataclass(frozen=True)
class Dates:
    """When an assignment opens, is due and closes; None is no bound."""

    opens_at: datetime | None = None
    due_at: datetime | None = None
    closes_at: datetime | None = None


def second_of(now: datetime) -> datetime:
    """The whole second that `now` lies in."""
    return now.replace(microsecond=0)


def phase(dates: Dates, now: datetime) -> Phase:
    """Where `now` lies; the seconds of opening, of the due date and of closing are still before."""
    second = second_of(now)
    if dates.opens_at and second < dates.opens_at:
        return Phase.NOT_OPEN
    if dates.closes_at and second > dates.closes_at:
        return Phase.CLOSED
    return Phase.LATE if is_late(second, dates.due_at) else Phase.OPEN


@dataclass(frozen=True)
class Used:
    """How many attempts there were, of how many (None is no bound), and when the next may come."""

    count: int
    allowed: int | None = None
    next_at: datetime | None = None

    @property
    def is_all(self) -> bool:
        """Whether none is left."""
        return self.allowed is not None and self.count >= self.allowed


def start_state(dates: Dates, now: datetime, used: Used) -> StartState:
    """Whether an attempt can be started after those that were used."""
    current = phase(dates, now)
    if current not in (Phase.OPEN, Phase.LATE):
        return StartState(current.value)
    if used.is_all:
        return StartState.NO_ATTEMPTS_LEFT
    if used.next_at and dates.closes_at and used.next_at > dates.closes_at:
        return StartState.NEVER_AGAIN
    if used.next_at and second_of(now) < used.next_at:
        return StartState.TOO_SOON
    return StartState(current.value)


def next_start(last_finish: datetime | None, delay_seconds: int) -> datetime | None:
    """When the next attempt can be started at the earliest; None where nothing has to pass."""
    return last_finish + timedelta(seconds=delay_seconds) if last_finish and delay_seconds else None


def has_attempts_left(dates: Dates, now: datetime, used: Used) -> bool:
    """Whether another attempt may still come: keys stay hidden until none may."""
    return phase(dates, now) is not Phase.CLOSED and not used.is_all


def own_limit(limit_seconds: int | None, factor_percent: int) -> int | None:
    """A time limit stretched for one student, in whole seconds rounded up; None where there is no limit."""
    return -(-limit_seconds * factor_percent // 100) if limit_seconds else None


def usual_limit(own_seconds: int, factor_percent: int) -> int:
    """The class's limit of which `own_limit` with this factor (100 or more) made these seconds."""
    return own_seconds * 100 // factor_percent


def limit_end(started_at: datetime, limit_seconds: int | None) -> datetime | None:
    """When the time limit of an attempt runs out, the student's own limit given; None where there is none."""
    return started_at + timedelta(seconds=limit_seconds) if limit_seconds else None


def end_of(limit_ends_at: datetime | None, closes_at: datetime | None) -> datetime | None:
    """The last second of an attempt: whichever comes first, or None when nothing ends it."""
    bounds = [moment for moment in (limit_ends_at, closes_at) if moment]
    return min(bounds, default=None)


def has_ended(end: datetime | None, now: datetime) -> bool:
    """Whether an attempt with this end counts as handed in."""
    return end is not None and second_of(now) > end


def still_accepts(end: datetime | None, now: datetime, grace: timedelta = GRACE) -> bool:
    """Whether a save or a hand-in is taken: until ten seconds after the end."""
    return end is None or second_of(now) <= end + grace


def is_time_up(end: datetime | None, now: datetime) -> bool:
    """Whether a page may say so: from two seconds before the end, since clocks and lines are not exact."""
    return end is not None and second_of(now) >= end - timedelta(seconds=2)


def is_settled(submitted_at: datetime | None, end: datetime | None, now: datetime) -> bool:
    """Whether nothing can change an attempt any more: handed in, or too late even for a late save."""
    return submitted_at is not None or not still_accepts(end, now)


def shows_clock(limit_ends_at: datetime | None, end: datetime | None, now: datetime) -> bool:
    """Whether the page counts down: under a time limit, and in the last hour before the close."""
    return end is not None and (limit_ends_at is not None or end - now <= timedelta(hours=1))


def recorded_at(end: datetime | None, now: datetime) -> datetime:
    """The moment a save or hand-in at `now` is recorded at: never after the end."""
    second = second_of(now)
    return min(second, end) if end else second


def is_late(handed_in_at: datetime, due_at: datetime | None) -> bool:
    """Whether work handed in then is late; the second of the due date is in time."""
    return due_at is not None and second_of(handed_in_at) > due_at
