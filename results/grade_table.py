"""The rows of the gradebook's table, as light as thousands of cells need them. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from fractions import Fraction
from functools import cache

from results.grade_cells import Cell, Line
from results.grade_words import look, per_cent, shown, unfinished
from results.gradebook import Amount

Row = tuple[str | int, ...]
CELLS = 5_000
FEWEST, MOST = 10, 50


def students_a_page(columns: int) -> int:
    """Return how many students a page of the gradebook has: fewer where there are many columns."""
    return min(max(CELLS // max(columns, 1), FEWEST), MOST)


def table_rows(
    lines: Iterable[Line], looks: Callable[[str, str, bool], str], waits: Callable[[str], str]
) -> Iterator[Row]:
    """Return for each line: place in the class, name, what the total sorts by, the place once more, the total, what
    it waits for; and for each column what it sorts by, place and name once more, and what is in the cell.

    `looks` prints a cell from its look, its number and whether it is dropped, `waits` what a total waits for.
    """

    @cache
    def printed(kind: str, number: str, is_dropped: bool) -> str:
        return looks(kind, number, is_dropped)

    def number_of(cell: Cell, is_dropped: bool) -> str:
        kind, number = look(cell), shown(cell)
        return printed(kind, number, is_dropped) if kind or is_dropped else number

    for line in lines:
        who, name, dropped = line.student.enrollment_id, line.student.name, line.grade.dropped
        share, waiting = line.grade.share, unfinished(line)
        row: list[str | int] = [
            who,
            name,
            _sorted_by(share or 0),
            who,
            per_cent(share),
            waits(waiting) if waiting else "",
        ]
        for key, cell in line.cells.items():
            row += (_sorted_by(cell.earned) if cell.counts else -1, who, name, number_of(cell, key in dropped))
        yield tuple(row)


def _sorted_by(amount: Amount) -> str | int:
    return str(float(amount)) if isinstance(amount, Fraction) else amount
