"""The rows of the table of students, as light as a class of thousands needs them. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Protocol

from quizzes.points import Points, format_points
from results.queries.students import StudentRow


class Participation(Protocol):
    """How much a student wrote."""

    @property
    def posts(self) -> int: ...
    @property
    def replies(self) -> int: ...


Line = tuple[int, str, str, str, str, int, int | str, int]
"""Enrollment id, name, state, points, "/maximum", attempts, minutes, posts; empty texts where there is nothing."""


def table_lines(students: Sequence[StudentRow], wrote: Mapping[int, Participation]) -> Iterator[Line]:
    """Return a line for each student; state is handed_in, late, waiting, started or not_started."""

    @cache
    def shown(points: Points) -> str:
        return format_points(points)

    for row in students:
        talk = wrote.get(row.enrollment_id)
        posts = talk.posts + talk.replies if talk else 0
        done = row.state == "handed_in"
        points, maximum = (shown(row.points), f"/{shown(row.max_points)}") if done else ("", "")
        minutes = row.minutes if row.minutes is not None else ""
        yield row.enrollment_id, row.name, _state(row), points, maximum, row.attempts, minutes, posts


def _state(row: StudentRow) -> str:
    if row.state != "handed_in":
        return row.state
    if row.ungraded:
        return "waiting"
    return "late" if row.is_late else "handed_in"
