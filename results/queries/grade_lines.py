"""The lines of many students of a gradebook, a stretch at a time: as much memory for thousands as for hundreds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice

from results.grade_cells import Line
from results.queries.gradebook import Book, Which, find_grade_students, list_students_by_id, read_lines

STRETCH = 200


def every_line(book: Book) -> Iterator[Line]:
    """Yield the line of every student by name, then of those who left."""
    for former in (False, True):
        offset = 0
        while students := find_grade_students(book.section_id, Which("", None, former, STRETCH, offset))[0]:
            yield from read_lines(book, students)
            offset += STRETCH


def lines_of(book: Book, ids: Sequence[int]) -> dict[int, Line]:
    """Return the lines of these students by place in the class; an id that is none's is left out."""
    found: dict[int, Line] = {}
    rest = iter(ids)
    while some := list(islice(rest, STRETCH)):
        students = list_students_by_id(book.section_id, some)
        found |= {line.student.enrollment_id: line for line in read_lines(book, students)}
    return found
