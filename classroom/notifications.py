"""What people are told, in the words of whoever knows: kinds of notifications, each with what renders it.

A row holds ids and no text. A renderer is asked when words are shown or sent, so that gates and releases apply then.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, TypeAlias

from flask import Flask, current_app

EXTENSION = "notification kinds"
PATIENCE = timedelta(days=30)
SHORTEST_PAUSE, LONGEST_PAUSE = timedelta(minutes=1), timedelta(hours=1)


@dataclass(frozen=True)
class Reader:
    """Whom it is told: the person, their own time zone, and the moment."""

    id: int
    time_zone: str
    now: datetime


@dataclass(frozen=True)
class Told:
    """A row of what one person is told, in a class where they have an active place and that is not archived."""

    id: int
    kind: str
    section_id: int
    section_name: str
    object_id: int
    created_at: datetime
    announced_at: datetime | None
    read_at: datetime | None
    mailed_at: datetime | None

    @property
    def at(self) -> datetime:
        """When it became news to the person."""
        return self.announced_at or self.created_at


@dataclass(frozen=True)
class Words:
    """How one row reads: a sentence without mark-up and the page that it leads to.

    Sentences also go into mail: no score, nothing that others wrote, no name that is not shown. `detail` may quote
    and stays on the page. `is_seen`: the person has met it elsewhere already. `by_staff`: the instructor is speaking.
    `until`: the moment from which on it would come too late.
    """

    sentence: str
    endpoint: str
    values: Mapping[str, Any] = field(default_factory=dict)
    detail: str = ""
    is_seen: bool = False
    by_staff: bool = False
    until: datetime | None = None


Renderer: TypeAlias = Callable[[Reader, Sequence[Told]], Mapping[int, Words]]
"""The words of rows by id, in a fixed number of statements; without those that may not be said (any more)."""


@dataclass(frozen=True)
class Kind:
    """A kind of notification. `sign` names an icon, `letter` the mail of its own that it comes with if chosen:
    REPLIES or REMINDERS; everything else comes with the digest.

    Kinds that share one renderer are rendered together. What may not be said yet is looked at for `patience`.
    """

    name: str
    sign: str
    render: Renderer
    letter: str = ""
    patience: timedelta = PATIENCE


@dataclass(frozen=True)
class Line:
    """A row with its words and the sign of its kind."""

    told: Told
    words: Words
    kind: Kind

    @property
    def is_new(self) -> bool:
        """Whether the person has seen it neither here nor elsewhere."""
        return self.told.read_at is None and not self.words.is_seen


def init_notifications(app: Flask, kinds: Sequence[Kind]) -> None:
    """Give the application every kind there is."""
    app.extensions[EXTENSION] = {kind.name: kind for kind in kinds}


def kinds() -> Mapping[str, Kind]:
    """Return the kinds by name."""
    found: Mapping[str, Kind] = current_app.extensions[EXTENSION]
    return found


def put_into_words(reader: Reader, rows: Sequence[Told]) -> list[Line]:
    """Return the rows that may be said to this reader now, in their order, each with its words."""
    known = kinds()
    by_renderer: dict[Renderer, list[Told]] = defaultdict(list)
    for row in rows:
        if row.kind in known:
            by_renderer[known[row.kind].render].append(row)
    words: dict[int, Words] = {}
    for render, own in by_renderer.items():
        words |= render(reader, own)
    return [Line(row, words[row.id], known[row.kind]) for row in rows if row.id in words]


def next_look(created_at: datetime, patience: timedelta, now: datetime) -> datetime | None:
    """Return when to look again at what may not be said yet: rarer as it gets older, and in the end never."""
    age = now - created_at
    return None if age > patience else now + min(max(age, SHORTEST_PAUSE), LONGEST_PAUSE)
