"""Grades that come in as a table: what each cell would change. Pure.

A number that differs from what the gradebook shows becomes the cell's points, "excused" excuses, and an empty cell
changes nothing: a table that was exported and comes back as it was changes nothing at all.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from flask_babel import gettext as _

from classroom.tables import Table, pad
from core.points import NotANumberError, Points, parse_points
from core.table_files import plain_cell
from results.grade_cells import EXCUSE, EXCUSED, OVERRIDE, Cell, Line, Student
from results.grade_files import OURS, STUDENT_ID, cell_text

MOST_LINES = 5_000


@dataclass(frozen=True)
class Wrong:
    """A line of the table that cannot be read, and why."""

    number: int
    why: str


@dataclass(frozen=True)
class Wanted:
    """What a table says of one student's column: points, or None for excused."""

    line: int
    student_id: int
    key: str
    points: Points | None
    text: str


@dataclass(frozen=True)
class Reading:
    """A table as it was read: on which line whom it is about, what it wants, what is wrong, headings of no column."""

    students: Mapping[int, int]
    wanted: tuple[Wanted, ...]
    wrong: tuple[Wrong, ...]
    unknown: tuple[str, ...]


@dataclass(frozen=True)
class Change:
    """One cell that would change: what it says now and what it would say."""

    student: Student
    cell: Cell
    kind: str
    points: Points | None
    before: str
    after: str


@dataclass(frozen=True)
class Plan:
    """What a table would do."""

    changes: tuple[Change, ...]
    wrong: tuple[Wrong, ...]
    unknown: tuple[str, ...]

    @property
    def can_be_done(self) -> bool:
        """Whether there is something to do, and nothing that is wrong: it is all or nothing."""
        return bool(self.changes) and not self.wrong

    @property
    def fingerprint(self) -> str:
        """What tells this plan from another, also from one over grades that changed meanwhile."""
        said = [
            f"{each.student.enrollment_id} {each.cell.column.key} {each.cell.number} {each.before} {each.after}"
            for each in self.changes
        ]
        return hashlib.sha256("\n".join(said).encode()).hexdigest()[:32]


def read_grades(table: Table, keys: Iterable[str]) -> Reading:
    """Read a table whose first line names student_id and columns by their ids."""
    known = set(keys)
    names = [(heading.split() or [""])[0] for heading in table.header]
    ours = {STUDENT_ID, *OURS, *known}
    unknown = tuple(heading for heading, name in zip(table.header, names, strict=True) if name and name not in ours)
    wrong = list(_wrong_with_table(table, names, known))
    students: dict[int, int] = {}
    wanted: list[Wanted] = []
    for line in table.lines[:MOST_LINES] if STUDENT_ID in names else ():
        cells = dict(zip(names, pad(line.cells, len(names)), strict=False))
        who = _student_id(cells[STUDENT_ID])
        if who == 0:
            wrong.append(Wrong(line.number, _("“%(id)s” is no student.", id=cells[STUDENT_ID][:40])))
        elif who in students:
            wrong.append(Wrong(line.number, _("The student %(id)s is there twice.", id=who)))
        else:
            students[who] = line.number
            said = [Wanted(line.number, who, key, None, plain_cell(cells[key].strip())) for key in known & cells.keys()]
            for each in sorted(said, key=lambda one: one.key):
                _read_cell(each, wanted, wrong)
    return Reading(students, tuple(wanted), tuple(wrong), unknown)


def _wrong_with_table(table: Table, names: Sequence[str], known: set[str]) -> Iterator[Wrong]:
    if STUDENT_ID not in names:
        yield Wrong(1, _("The first line names no column student_id."))
    for name in sorted({STUDENT_ID, *known}):
        if names.count(name) > 1:
            yield Wrong(1, _("The column %(name)s is there twice.", name=name))
    if len(table.lines) > MOST_LINES:
        yield Wrong(MOST_LINES + 2, _("A table can have up to %(n)s lines.", n=MOST_LINES))


def _student_id(cell: str) -> int:
    """The id in a cell, 0 for anything else."""
    typed = cell.strip()
    return int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 10 else 0


def _read_cell(said: Wanted, wanted: list[Wanted], wrong: list[Wrong]) -> None:
    if said.text.casefold() == EXCUSED:
        wanted.append(said)
    elif said.text:
        try:
            wanted.append(replace(said, points=parse_points(said.text)))
        except NotANumberError:
            what = {"text": said.text[:40], "key": said.key}
            wrong.append(Wrong(said.line, _("“%(text)s” in %(key)s is no number from 0 to 1000.", **what)))


def plan_of(reading: Reading, lines: Mapping[int, Line]) -> Plan:
    """Return what a table would do to these lines, which are those of the students whom it names."""
    missing = {who: line for who, line in reading.students.items() if who not in lines}
    unknown = [Wrong(line, _("No student of this class is %(id)s.", id=who)) for who, line in missing.items()]
    changes = [
        change
        for each in reading.wanted
        if each.student_id in lines
        for change in _changes(each, lines[each.student_id])
    ]
    wrong = sorted([*reading.wrong, *unknown], key=lambda each: each.number)
    return Plan(tuple(changes), tuple(wrong), reading.unknown)


def _changes(wanted: Wanted, line: Line) -> Sequence[Change]:
    cell = line.cells[wanted.key]
    before = cell_text(cell)
    if wanted.points is None:
        if before == EXCUSED:
            return ()
        return (Change(line.student, cell, EXCUSE, None, before, EXCUSED),)
    if before not in ("", EXCUSED) and parse_points(before) == wanted.points:
        return ()
    return (Change(line.student, cell, OVERRIDE, wanted.points, before, wanted.text),)
