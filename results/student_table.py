"""The rows of the table of students, as light as a class of thousands needs them. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from core.points import Points, format_points
from results.queries.students import StudentRow

MISSING = "missing"
STATES = ("handed_in", "late", "waiting", "started", "not_started", MISSING)

Line = tuple[int, str, str, str, str, int | str, int | str, int]
"""Enrollment id, name, state in words, points, "/maximum", attempts ("2/3": the second of three), minutes, posts."""


def state_asked(text: str | None) -> str | None:
    """Return the state that an address asks for, None (everybody) for anything else."""
    return text if text in STATES else None


def those_in(students: Sequence[StudentRow], state: str | None) -> list[StudentRow]:
    """Return the rows of a state: handed_in (late or not), late, waiting (for a person to grade), started, not_started
    and missing (not handed in). None: every row.
    """
    return [row for row in students if state is None or state in _states_of(row)]


def _states_of(row: StudentRow) -> set[str]:
    if row.state != "handed_in":
        return {row.state, MISSING}
    return {"handed_in"} | ({"late"} if row.is_late else set()) | ({"waiting"} if row.ungraded else set())


def table_lines(students: Sequence[StudentRow], words: Mapping[str, str]) -> Iterator[Line]:
    """Return a line for each student.

    `words` says handed_in, late, waiting, started, not_started and, in the place of a maximum, no_score.
    """

    @cache
    def shown(points: Points) -> str:
        return format_points(points)

    for row in students:
        points, maximum = "", words["no_score"]
        if row.state == "handed_in":
            points, maximum = shown(row.points), f"/{shown(row.max_points)}"
        took, state = row.minutes, words[_state(row)]
        minutes = "" if took is None else took
        tries = row.attempts if row.number <= 1 else f"{row.number}/{row.attempts}"
        yield row.enrollment_id, row.name, state, points, maximum, tries, minutes, row.posts


def _state(row: StudentRow) -> str:
    if row.state != "handed_in":
        return row.state
    if row.ungraded:
        return "waiting"
    return "late" if row.is_late else "handed_in"
