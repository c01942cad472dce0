"""The students by question matrix as a table. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from core.points import Points
from core.table_files import Number, TableFile, moment_cell, points_cell
from quizzes.certainty import COUNTED
from quizzes.queries.items import ItemRow
from results.matrix import certainty_column
from results.queries.classes import DeliveryRow
from results.queries.students import Cell, Cells, StudentRow

COLUMNS = ("student_id", "name", "state", "late", "attempts", "attempt", "handed_in_at_utc", "points", "max_points")
CERTAINTY = "certainty_points"
Stretches = Iterable[tuple[Sequence[StudentRow], Cells]]
"""Students, some at a time, with the cells of their attempts."""


def matrix_table(delivery: DeliveryRow, items: Sequence[ItemRow], stretches: Stretches) -> TableFile:
    """Return a table: a row for each student (for "all", each attempt), a column item_<id> for each question.

    Points are empty where nothing is handed in, a person must still grade or the question is dropped; of two tries
    the better counts. Where certainty is mixed into the score, a last column says what it takes: a row adds up.
    """
    mixed = delivery.certainty == COUNTED
    columns = [*COLUMNS, *(_column(item) for item in items), *([CERTAINTY] if mixed else [])]
    return TableFile("Answers", columns, _rows(items, stretches, mixed), held=2)


def about_items(items: Sequence[ItemRow]) -> TableFile:
    """Return what the columns of the questions are: id, number, type, worth, words."""
    rows = ([_column(item), Number(item.number), item.type, points_cell(item.points), item.stem] for item in items)
    return TableFile("Columns", ["column_id", "number", "type", "max_points", "question"], rows)


def _column(item: ItemRow) -> str:
    return f"item_{item.item_id}"


def _rows(items: Sequence[ItemRow], stretches: Stretches, mixed: bool) -> Iterator[list[str]]:
    for students, cells in stretches:
        certainty = certainty_column(students, cells) if mixed else {}
        for row in students:
            done = row.state == "handed_in"
            yield [
                Number(row.enrollment_id),
                row.name,
                row.state,
                "yes" if row.is_late else "no",
                Number(row.attempts),
                Number(row.number) if row.number else "",
                moment_cell(row.handed_in_at) if done else "",
                points_cell(row.points) if done and not row.ungraded else "",
                points_cell(row.max_points) if done else "",
                *(_points(cells.get((row.attempt_id or 0, item.item_id))) for item in items),
                *([_mixed(row, certainty)] if mixed else []),
            ]


def _mixed(row: StudentRow, certainty: Mapping[int, Points]) -> str:
    points = None if row.ungraded else certainty.get(row.attempt_id or 0)
    return "" if points is None else points_cell(points)


def _points(cell: Cell | None) -> str:
    return "" if cell is None or cell.points is None or cell.is_dropped else points_cell(cell.points)
