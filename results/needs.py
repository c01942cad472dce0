"""Who needs an instructor, most urgent first: the rules of the queue over all classes. Pure.

Each kind has facts, as they were read, and says of them whether there is a need, how urgent, and of what it consists:
a need that was put aside comes back once that is something else.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple, Protocol

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
MESSAGE, REPLY, EXTEND = "message", "reply", "extend"
ACTIONS = {
    STUCK: MESSAGE,
    FLAGGED: "decide",
    NOT_STARTED: MESSAGE,
    SILENT: MESSAGE,
    QUESTION: REPLY,
    UNGRADED: "grade",
    LOW: "open",
}
LEVELS = (TODAY, SOON, LATER) = (0, 1, 2)
LONGEST_FACTS = 80


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

    @property
    def action(self) -> str:
        """The one thing to do about it: message, extend, open, reply, decide or grade."""
        is_late = self.key.kind == NOT_STARTED and self.ruling.level == LATER
        return EXTEND if is_late else ACTIONS[self.key.kind]


def facts_of(*facts: datetime | int | str | None) -> str:
    """Put what a need consists of into one short text; equal facts are equal texts."""
    return " ".join(fact.isoformat() if isinstance(fact, datetime) else str(fact) for fact in facts)


def queue(found: Iterable[Facts], now: datetime) -> list[Need]:
    """Return what there is to do, most urgent first."""
    ruled = ((about, about.rule(now)) for about in found)
    needs = [Need(about.key, about.section_id, ruling, about) for about, ruling in ruled if ruling is not None]
    return sorted(needs, key=lambda each: (each.ruling.level, KINDS.index(each.key.kind), each.ruling.at, each.key))


@dataclass(frozen=True)
class Row:
    """What stands in one row of the queue: one need or, where one message answers them, all of a kind of a student."""

    needs: tuple[Need, ...]

    @property
    def first(self) -> Need:
        """The most urgent, which the row goes by."""
        return self.needs[0]

    @property
    def keys(self) -> set[Key]:
        """By which keys it is meant."""
        return {need.key for need in self.needs}

    @property
    def level(self) -> int:
        """How urgent it is."""
        return self.first.ruling.level


def in_rows(needs: Iterable[Need]) -> list[Row]:
    """Return the rows of a queue, each where its most urgent need is."""
    found: dict[Key | tuple[int, str, int], list[Need]] = {}
    for need in needs:
        kind, _object_id, student_id = need.key
        found.setdefault((need.section_id, kind, student_id) if need.action == MESSAGE else need.key, []).append(need)
    return [Row(tuple(each)) for each in found.values()]


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
