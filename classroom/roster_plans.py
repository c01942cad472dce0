"""What importing a class list would do, line by line, before anything is written. Pure."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from flask_babel import gettext as _

from classroom.names import name_key, propose_username
from classroom.rosters import Entry

STATES = ("new", "invite", "matched", "wrong")


@dataclass(frozen=True)
class KnownPerson:
    """An account that a line may mean. `state` is of the place in this class, None without one."""

    user_id: int
    name: str
    username_key: str | None
    email_key: str | None
    state: str | None


@dataclass(frozen=True)
class PlannedLine:
    """One line and what would become of it.

    new: an account is made, with a one-time password. invite: an account is there and
    will be asked. matched: in the class already. wrong: `reason` says why.
    """

    entry: Entry
    state: str
    user_id: int | None = None
    username: str | None = None
    reason: str = ""


@dataclass(frozen=True)
class RosterPlan:
    """All lines of a class list."""

    lines: tuple[PlannedLine, ...]

    def of(self, state: str) -> tuple[PlannedLine, ...]:
        """Return the lines in one of STATES."""
        return tuple(line for line in self.lines if line.state == state)

    @property
    def changes_anything(self) -> bool:
        """Whether importing would write something."""
        return any(line.state in ("new", "invite") for line in self.lines)

    @property
    def can_be_imported(self) -> bool:
        """Whether no line is wrong and there is something to do."""
        return self.changes_anything and not self.of("wrong")

    @property
    def fingerprint(self) -> str:
        """Return a short text that differs when the plan does: what was seen is what is imported."""
        told = [(p.entry.line, p.entry.name, p.entry.email, p.state, p.user_id, p.username) for p in self.lines]
        return hashlib.sha256(repr(told).encode()).hexdigest()[:16]


def plan_roster(entries: Sequence[Entry], known: Iterable[KnownPerson], taken: frozenset[str]) -> RosterPlan:
    """Return what each line would do. `taken`: usernames, folded, that new accounts cannot have."""
    index = _Index(known)
    used = set(taken) | {name_key(entry.username) for entry in entries if entry.username}
    meant: dict[int, int] = {}
    lines = []
    for entry in entries:
        line = _once(_plan_line(entry, index), meant)
        if line.state == "new" and not entry.email and not entry.username:
            username = propose_username(entry.name, entry.number, used.__contains__)
            used.add(username)
            line = PlannedLine(entry, "new", username=username)
        lines.append(line)
    return RosterPlan(tuple(lines))


def _once(line: PlannedLine, meant: dict[int, int]) -> PlannedLine:
    """Refuse a line that means an account which a line above means already; `meant` is kept up to date."""
    if line.user_id is None:
        return line
    first = meant.setdefault(line.user_id, line.entry.line)
    if first == line.entry.line:
        return line
    return PlannedLine(line.entry, "wrong", reason=_("The same person stands on line %(line)s already.", line=first))


class _Index:
    """The known people by what a line can name them with."""

    def __init__(self, known: Iterable[KnownPerson]) -> None:
        self.by_key: dict[str, KnownPerson] = {}
        self.members: dict[str, list[KnownPerson]] = {}
        for person in known:
            self.by_key.update({key: person for key in (person.username_key, person.email_key) if key})
            if person.state is not None and person.email_key is None:
                self.members.setdefault(name_key(person.name), []).append(person)


def _plan_line(entry: Entry, index: _Index) -> PlannedLine:
    if entry.problem:
        return PlannedLine(entry, "wrong", reason=entry.problem)
    by_email = index.by_key.get(name_key(entry.email)) if entry.email else None
    by_username = index.by_key.get(name_key(entry.username)) if entry.username else None
    if by_email:
        return _known_line(entry, by_email)
    if by_username:
        return _username_line(entry, by_username)
    namesakes = index.members.get(name_key(entry.name), []) if not entry.email and not entry.username else []
    if len(namesakes) == 1:
        return _known_line(entry, namesakes[0])
    if namesakes:
        return PlannedLine(entry, "wrong", reason=_("Several people in this class have this name. Add usernames."))
    return PlannedLine(entry, "new", username=entry.username)


def _known_line(entry: Entry, person: KnownPerson) -> PlannedLine:
    state = "matched" if person.state in ("active", "invited") else "invite"
    return PlannedLine(entry, state, user_id=person.user_id)


def _username_line(entry: Entry, person: KnownPerson) -> PlannedLine:
    """A username proves less than an address: the name must agree, and no address be given beside it."""
    if not entry.email and name_key(person.name) == name_key(entry.name):
        return _known_line(entry, person)
    return PlannedLine(entry, "wrong", reason=_("This username belongs to somebody else. Choose another one."))
