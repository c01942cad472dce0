"""What may need an instructor, kind by kind: the facts as they were read, and the rule of each. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from fractions import Fraction

from core.points import Points
from discussion.queries.needing import AskedRow, FlaggedRow
from discussion.queries.silent import SilentRow
from quizzes.figures import NEAR
from results.needs import (
    FLAGGED,
    LATER,
    LOW,
    NOT_STARTED,
    QUESTION,
    SILENT,
    SOON,
    STUCK,
    TODAY,
    UNGRADED,
    Key,
    Ruling,
    facts_of,
)

DAY = timedelta(days=1)
END_NEAR = timedelta(hours=1)
STILL = timedelta(minutes=10)
"""After this long without a save an attempt whose end is near looks stuck; any other after a day."""
LOW_FOR = timedelta(days=14)
"""For so long after handing in a word about a low score helps."""
LOW_BELOW = Fraction(1, 2)
WRONG_FROM = Fraction(1, 2)
"""Less than the one share of the points, and the other share or more of the evidence wrong."""


@dataclass(frozen=True)
class NotStarted:
    """A student without an attempt at a quiz that is open, with the student's own dates."""

    delivery_id: int
    assignment_id: int
    section_id: int
    title: str
    enrollment_id: int
    name: str
    due_at: datetime
    closes_at: datetime | None

    @property
    def key(self) -> Key:
        return Key(NOT_STARTED, self.delivery_id, self.enrollment_id)

    def is_late(self, now: datetime) -> bool:
        """Whether the due time has passed."""
        return now > self.due_at

    def rule(self, now: datetime) -> Ruling | None:
        if self.due_at - now > NEAR or (self.closes_at is not None and now > self.closes_at):
            return None
        late = self.is_late(now)
        level = LATER if late else TODAY if self.due_at - now <= DAY else SOON
        return Ruling(level, self.due_at, facts_of(self.due_at, "late" if late else "near"))


@dataclass(frozen=True)
class Stuck:
    """An attempt in progress: how many of its questions are answered, when anything was saved, when it must end."""

    attempt_id: int
    assignment_id: int
    section_id: int
    title: str
    enrollment_id: int
    name: str
    started_at: datetime
    saved_at: datetime | None
    limit_ends_at: datetime | None
    closes_at: datetime | None
    answered: int
    questions: int

    @property
    def key(self) -> Key:
        return Key(STUCK, self.attempt_id, self.enrollment_id)

    @property
    def last_at(self) -> datetime:
        """When the student last did anything that was kept."""
        return self.saved_at or self.started_at

    @property
    def ends_at(self) -> datetime | None:
        """When it ends by itself."""
        return min((end for end in (self.limit_ends_at, self.closes_at) if end), default=None)

    def is_ending(self, now: datetime) -> bool:
        """Whether little time is left."""
        return self.ends_at is not None and self.ends_at - now <= END_NEAR

    def rule(self, now: datetime) -> Ruling | None:
        still = now - self.last_at
        if self.is_ending(now) and still >= STILL:
            return Ruling(TODAY, self.ends_at or now, facts_of(self.last_at, "ending"))
        return Ruling(SOON, self.last_at, facts_of(self.last_at)) if still >= DAY else None


@dataclass(frozen=True)
class Ungraded:
    """Answers to one quiz that wait to be read; `oldest_at`: when the first of them was handed in."""

    delivery_id: int
    section_id: int
    title: str
    count: int
    oldest_at: datetime | None

    @property
    def key(self) -> Key:
        return Key(UNGRADED, self.delivery_id)

    def rule(self, now: datetime) -> Ruling | None:
        return Ruling(SOON, self.oldest_at or now, facts_of(self.count)) if self.count else None


class Question(AskedRow):
    """A question in the margin that nobody has answered."""

    @property
    def key(self) -> Key:
        return Key(QUESTION, self.comment_id, self.enrollment_id)

    def rule(self, now: datetime) -> Ruling | None:
        level = TODAY if now - self.asked_at >= DAY else SOON
        return Ruling(level, self.asked_at, facts_of(self.edited_at))


class Flagged(FlaggedRow):
    """A post with open flags."""

    @property
    def key(self) -> Key:
        return Key(FLAGGED, self.comment_id, self.enrollment_id)

    def rule(self, now: datetime) -> Ruling | None:
        return Ruling(TODAY, self.first_at, facts_of(self.flags, self.last_at))


@dataclass(frozen=True)
class Low:
    """An attempt that was handed in: its points, and how many of the `asked` places in the text were not found."""

    attempt_id: int
    assignment_id: int
    section_id: int
    title: str
    enrollment_id: int
    name: str
    points: Points
    max_points: Points
    asked: int
    wrong: int
    handed_in_at: datetime

    @property
    def key(self) -> Key:
        return Key(LOW, self.attempt_id, self.enrollment_id)

    def rule(self, now: datetime) -> Ruling | None:
        if not self.max_points or not self.asked or Fraction(self.points, self.max_points) >= LOW_BELOW:
            return None
        if Fraction(self.wrong, self.asked) < WRONG_FROM:
            return None
        return Ruling(LATER, self.handed_in_at, facts_of(self.points, self.max_points, self.wrong))


class Silent(SilentRow):
    """A student who has posted nothing in a thread that asks for posts."""

    @property
    def key(self) -> Key:
        return Key(SILENT, self.delivery_id, self.enrollment_id)

    def rule(self, now: datetime) -> Ruling | None:
        left = self.due_at - now
        if not timedelta(0) <= left <= NEAR:
            return None
        return Ruling(TODAY if left <= DAY else SOON, self.due_at, facts_of(self.due_at))
