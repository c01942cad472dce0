"""The lines of many students of a gradebook, a stretch at a time: as much memory for thousands as for hundreds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import islice

from sqlalchemy import bindparam, select

from classroom.models import Enrollment, User
from core.database import AnySelect, read_rows
from results.grade_cells import Line
from results.queries.gradebook import Book, list_students_by_id, read_lines

STRETCH = 200
"""So many students are read at a time, fewer where there are many columns."""
CELLS = 10_000
MOST_STUDENTS = 100_000


@cache
def _everybody() -> AnySelect:
    has_left = Enrollment.state == "removed"
    return (
        select(Enrollment.id)
        .join(User, User.id == Enrollment.user_id)
        .where(
            Enrollment.section_id == bindparam("section"),
            Enrollment.role == "student",
            Enrollment.state.in_(("active", "removed")),
        )
        .order_by(has_left, User.name, Enrollment.id)
        .limit(MOST_STUDENTS)
    )


def every_line(book: Book) -> Iterator[Line]:
    """Yield the line of every student by name, then of those who left; nobody twice, whoever comes or goes meanwhile.

    One statement, and those of `lines_of`.
    """
    ids = [row[0] for row in read_rows(_everybody(), {"section": book.section_id})]
    for some in _stretches(book, ids):
        found = _lines(book, some)
        yield from (found[who] for who in some if who in found)


def lines_of(book: Book, ids: Sequence[int]) -> dict[int, Line]:
    """Return the lines of these students by place in the class; an id that is none's is left out."""
    return {who: line for some in _stretches(book, ids) for who, line in _lines(book, some).items()}


def _stretches(book: Book, ids: Sequence[int]) -> Iterator[list[int]]:
    size = max(1, min(STRETCH, CELLS // max(1, len(book.columns))))
    rest = iter(ids)
    while some := list(islice(rest, size)):
        yield some


def _lines(book: Book, ids: Sequence[int]) -> dict[int, Line]:
    students = list_students_by_id(book.section_id, ids)
    return {line.student.enrollment_id: line for line in read_lines(book, students)}
