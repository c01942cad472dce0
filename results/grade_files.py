"""A gradebook as a table of cells: a row for each student, a column for each column, with ids that stay. Pure.

The first word of a heading is the column's id; what follows is its title, for people. Back comes the same table:
what a cell says is read by `grade_import`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction

from core.points import POINT, format_points
from results.grade_cells import EXCUSED, Cell, Column, Line
from results.grade_words import shown
from results.gradebook import Category

STUDENT_ID, NAME, STATE, TOTAL = "student_id", "name", "state", "total_percent"
OURS = (NAME, STATE, TOTAL)
"""Columns of ours that hold no grades: they are written for people, and not read."""
FORMER, CURRENT = "former", "current"
Row = list[str]


def headings(columns: Sequence[Column]) -> Row:
    """Return the first row: ids, and after them titles."""
    titled = [f"{column.key} {column.title} (of {format_points(column.worth)})" for column in columns]
    return [STUDENT_ID, NAME, STATE, *titled, TOTAL]


def grade_rows(columns: Sequence[Column], lines: Iterable[Line]) -> Iterator[Row]:
    """Yield a row for each line; numbers have two places at most, what does not count is empty."""
    for line in lines:
        cells = [cell_text(line.cells[column.key]) for column in columns]
        state = FORMER if line.student.is_former else CURRENT
        share = line.grade.share
        total = "" if share is None else format_points(Fraction(share * 100 * POINT))
        yield [str(line.student.enrollment_id), line.student.name, state, *cells, total]


def cell_text(cell: Cell) -> str:
    """Return what a file says of a cell: its points, "excused", or nothing."""
    return EXCUSED if cell.state == EXCUSED else shown(cell)


def about_columns(columns: Sequence[Column], categories: Sequence[Category]) -> Iterator[Row]:
    """Yield what each column is: its id, titles, what it is worth, its category and how that is weighed."""
    known = {category.id: category for category in categories}
    yield ["column_id", "title", "reading", "worth", "category", "weight_percent", "drop_lowest"]
    for column in columns:
        category = known.get(column.category_id or 0)
        weighed = [category.name, format_points(category.weight), str(category.drop_lowest)] if category else [""] * 3
        yield [column.key, column.title, column.article_title, format_points(column.worth), *weighed]
