"""The students by question matrix as CSV. Pure but for the response it makes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC

from flask import Response

from core.csv_files import csv_file, safe_cell
from core.points import Points, format_points
from quizzes.certainty import COUNTED
from quizzes.queries.items import ItemRow
from results.matrix import certainty_column
from results.queries.classes import DeliveryRow
from results.queries.students import Cell, StudentRow

COLUMNS = ("student_id", "name", "state", "late", "attempts", "attempt", "handed_in_at_utc", "points", "max_points")


def _rows(
    items: Sequence[ItemRow],
    students: Sequence[StudentRow],
    cells: Mapping[tuple[int, int], Cell],
    mixed: bool,
) -> Iterator[list[str]]:
    certainty = certainty_column(students, cells) if mixed else {}
    yield [*COLUMNS, *(f"item_{item.item_id}" for item in items), *(["certainty_points"] if mixed else [])]
    for row in students:
        done = row.state == "handed_in"
        at = row.handed_in_at.astimezone(UTC).isoformat(timespec="seconds") if done and row.handed_in_at else ""
        earned = [_points(cells.get((row.attempt_id or 0, item.item_id))) for item in items]
        yield [
            str(row.enrollment_id),
            safe_cell(row.name),
            row.state,
            "yes" if row.is_late else "no",
            str(row.attempts),
            str(row.number or ""),
            at,
            format_points(row.points) if done and not row.ungraded else "",
            format_points(row.max_points) if done else "",
            *earned,
            *([_mixed(row, certainty)] if mixed else []),
        ]


def _mixed(row: StudentRow, certainty: Mapping[int, Points]) -> str:
    points = None if row.ungraded else certainty.get(row.attempt_id or 0)
    return "" if points is None else format_points(points)


def _points(cell: Cell | None) -> str:
    return "" if cell is None or cell.points is None or cell.is_dropped else format_points(cell.points)


def results_csv(
    delivery: DeliveryRow,
    items: Sequence[ItemRow],
    students: Sequence[StudentRow],
    cells: Mapping[tuple[int, int], Cell],
) -> Response:
    """Answer a CSV file: a row for each student (for "all", each attempt), a column item_<id> for each question.

    Points are empty where nothing is handed in, a person must still grade or the question is dropped; of two tries
    the better counts. Where certainty is mixed into the score, a last column says what it takes: a row adds up.
    """
    mixed = delivery.certainty == COUNTED
    return csv_file(f"results-{delivery.id}", _rows(items, students, cells, mixed))
