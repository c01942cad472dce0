"""The table of who took part how, as rows of a CSV file. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC

from core.csv_files import safe_cell
from core.points import format_points
from discussion.participation import ClassLedger, Line, Standing

COLUMNS = ("student_id", "name", "state")
OF_EACH = ("state", "ticked", "asked", "due_at_utc", "points")


def table_rows(ledger: ClassLedger) -> Iterator[list[str]]:
    """A row for each student: five columns for each requirement, named by its id, the points, those possible."""
    named = [f"requirement_{each.id}_{column}" for each in ledger.requirements for column in OF_EACH]
    yield [*COLUMNS, *named, "points", "possible_points"]
    for line in ledger.lines:
        yield _row(line)


def _row(line: Line) -> list[str]:
    cells = [cell for standing in line.standings for cell in _cells(standing)]
    points = [format_points(line.earned), format_points(line.possible)]
    return [str(line.enrollment_id), safe_cell(line.name), "former" if line.is_former else "current", *cells, *points]


def _cells(standing: Standing) -> list[str]:
    due_at = standing.due_at.astimezone(UTC).isoformat(timespec="seconds")
    return [
        standing.state,
        str(len(standing.ticks)),
        str(standing.asked),
        due_at,
        format_points(standing.earned),
    ]
