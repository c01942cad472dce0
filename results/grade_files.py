"""A gradebook as a table of cells: a row for each student, a column for each column, with ids that stay. Pure.

The first word of a heading is the column's id; what follows is its title, for people. Back comes the same table:
what a cell says is read by `grade_import`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction

from core.points import POINT, format_points
from core.table_files import Number, TableFile, points_cell
from results.grade_cells import EXCUSED, Cell, Column, Line
from results.grade_words import shown
from results.gradebook import Category

STUDENT_ID, NAME, STATE, TOTAL = "student_id", "name", "state", "total_percent"
OURS = (NAME, STATE, TOTAL)
"""Columns of ours that hold no grades: they are written for people, and not read."""
FORMER, CURRENT = "former", "current"
ABOUT = ("column_id", "title", "reading", "worth", "category", "weight_percent", "drop_lowest")


def grade_table(columns: Sequence[Column], lines: Iterable[Line]) -> TableFile:
    """Return a row for each line; numbers have two places at most, what does not count is empty."""
    titled = [f"{column.key} {column.title} (of {format_points(column.worth)})" for column in columns]
    keys = [column.key for column in columns]
    return TableFile("Grades", [STUDENT_ID, NAME, STATE, *titled, TOTAL], _rows(keys, lines), held=2)


def _rows(keys: Sequence[str], lines: Iterable[Line]) -> Iterator[list[str]]:
    for line in lines:
        cells = [_cell(line.cells[key]) for key in keys]
        state = FORMER if line.student.is_former else CURRENT
        share = line.grade.share
        total = "" if share is None else points_cell(Fraction(share * 100 * POINT))
        yield [Number(line.student.enrollment_id), line.student.name, state, *cells, total]


def _cell(cell: Cell) -> str:
    text = cell_text(cell)
    return text if cell.state == EXCUSED or not text else Number(text)


def cell_text(cell: Cell) -> str:
    """Return what a file says of a cell: its points, "excused", or nothing."""
    return EXCUSED if cell.state == EXCUSED else shown(cell)


def about_columns(columns: Sequence[Column], categories: Sequence[Category]) -> TableFile:
    """Return what each column is: its id, titles, what it is worth, its category and how that is weighed."""
    known = {category.id: category for category in categories}
    rows = (_about(column, known.get(column.category_id or 0)) for column in columns)
    return TableFile("Columns", ABOUT, rows)


def _about(column: Column, category: Category | None) -> list[str]:
    weighed = [category.name, points_cell(category.weight), Number(category.drop_lowest)] if category else []
    return [column.key, column.title, column.article_title, points_cell(column.worth), *weighed]
