"""The table of who took part how, for a file. Pure."""

from __future__ import annotations

from core.table_files import Number, TableFile, moment_cell, points_cell
from discussion.participation import ClassLedger, Line, Standing

COLUMNS = ("student_id", "name", "state")
OF_EACH = ("state", "ticked", "asked", "due_at_utc", "points")


def participation_table(ledger: ClassLedger) -> TableFile:
    """Return a row for each student: five columns for each requirement, named by its id, the points, those possible."""
    named = [f"requirement_{each.id}_{column}" for each in ledger.requirements for column in OF_EACH]
    columns = [*COLUMNS, *named, "points", "possible_points"]
    return TableFile("Taking part", columns, (_row(line) for line in ledger.lines), held=2)


def _row(line: Line) -> list[str]:
    cells = [cell for standing in line.standings for cell in _cells(standing)]
    state = "former" if line.is_former else "current"
    return [Number(line.enrollment_id), line.name, state, *cells, points_cell(line.earned), points_cell(line.possible)]


def _cells(standing: Standing) -> list[str]:
    ticked, asked = Number(len(standing.ticks)), Number(standing.asked)
    return [standing.state, ticked, asked, moment_cell(standing.due_at), points_cell(standing.earned)]
