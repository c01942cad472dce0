"""Who needs an instructor, most urgent first: the rules of the queue over all classes. Pure.

Each kind has facts, as they were read, and says of them whether there is a need, how urgent, and of what it consists:
a need that was put aside comes back once that is something else.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from fractions import Fraction
from typing import NamedTuple, Protocol

from core.points import Points
from quizzes.figures import NEAR

KINDS = (STUCK, FLAGGED, NOT_STARTED, SILENT, QUESTION, UNGRADED, LOW) = (
    "stuck",
    "flagged",
    "not_started",
    "silent",
    "question",
    "ungraded",
    "low",
)
"""Also the order among what is equally urgent."""
LEVELS = (TODAY, SOON, LATER) = (0, 1, 2)
LONGEST_FACTS = 80

DAY = timedelta(days=1)
END_NEAR = timedelta(hours=1)
STILL = timedelta(minutes=10)
"""After this long without a save an attempt whose end is near looks stuck; any other after a day."""
LOW_BELOW = Fraction(1, 2)
WRONG_FROM = Fraction(1, 2)
"""Less than the one share of the points, and the other share or more of the evidence wrong."""


class Key(NamedTuple):
    """What a need is, for an address and for what was put aside: one of KINDS, an id of it, a place in the class."""

    kind: str
    object_id: int
    student_id: int = 0

    def __str__(self) -> str:
        return "-".join(map(str, self))


@dataclass(frozen=True)
class Ruling:
    """How urgent it is, and since or until when."""

    level: int
    at: datetime
    facts: str


class Facts(Protocol):
    """What was read about one need."""

    @property
    def key(self) -> Key: ...

    @property
    def section_id(self) -> int: ...

    def rule(self, now: datetime) -> Ruling | None:
        """Return what there is to say of it now; None: nobody needs anything."""


@dataclass(frozen=True)
class Need:
    """One row of the queue."""

    key: Key
    section_id: int
    ruling: Ruling
    about: Facts


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


@dataclass(frozen=True)
class Question:
    """A question in the margin that nobody has answered."""

    section_id: int
    comment_id: int
    enrollment_id: int
    name: str
    title: str
    body: str
    is_for_staff: bool
    asked_at: datetime
    edited_at: datetime | None

    @property
    def key(self) -> Key:
        return Key(QUESTION, self.comment_id, self.enrollment_id)

    def rule(self, now: datetime) -> Ruling | None:
        level = TODAY if now - self.asked_at >= DAY else SOON
        return Ruling(level, self.asked_at, facts_of(self.edited_at))


@dataclass(frozen=True)
class Flagged:
    """A post with open flags."""

    section_id: int
    comment_id: int
    enrollment_id: int
    name: str
    title: str
    body: str
    flags: int
    first_at: datetime
    last_at: datetime

    @property
    def key(self) -> Key:
        return Key(FLAGGED, self.comment_id, self.enrollment_id)

    def rule(self, now: datetime) -> Ruling | None:
        return Ruling(TODAY, self.first_at, facts_of(self.flags, self.last_at))


@dataclass(frozen=True)
class Low:
    """An attempt that was handed in: its points, and how many of its `asked` places in the text were wrong."""

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


def facts_of(*facts: datetime | int | str | None) -> str:
    """Put what a need consists of into one short text; equal facts are equal texts."""
    return " ".join(fact.isoformat() if isinstance(fact, datetime) else str(fact) for fact in facts)


def queue(found: Iterable[Facts], now: datetime) -> list[Need]:
    """Return what there is to do, most urgent first."""
    ruled = ((about, about.rule(now)) for about in found)
    needs = [Need(about.key, about.section_id, ruling, about) for about, ruling in ruled if ruling is not None]
    return sorted(needs, key=lambda each: (each.ruling.level, KINDS.index(each.key.kind), each.ruling.at, each.key))


class PutAside(NamedTuple):
    """A need that somebody put aside, and of what it consisted then."""

    id: int
    facts: str


Aside = Mapping[Key, PutAside]


def is_aside(need: Need, aside: Aside) -> bool:
    """Whether a need was put aside and is still what it was."""
    found = aside.get(need.key)
    return found is not None and found.facts == need.ruling.facts


def split(needs: Sequence[Need], aside: Aside) -> tuple[list[Need], list[Need]]:
    """Return what waits, and what was put aside."""
    return (
        [need for need in needs if not is_aside(need, aside)],
        [need for need in needs if is_aside(need, aside)],
    )
