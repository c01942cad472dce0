"""What makes a row of the students by question matrix add up. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from core.points import Points
from quizzes.certainty import mixed_in
from results.queries.students import Cell, StudentRow


def certainty_column(students: Sequence[StudentRow], cells: Mapping[tuple[int, int], Cell]) -> dict[int, Points]:
    """Return what certainty takes from each attempt that is handed in: a row's cells and this are its score."""
    answers: dict[int, list[Points | None]] = defaultdict(list)
    for (attempt_id, _item_id), cell in cells.items():
        answers[attempt_id].append(cell.points)
    done = (row for row in students if row.attempt_id and row.state == "handed_in")
    return {row.attempt_id: mixed_in(row.points, answers[row.attempt_id]) for row in done if row.attempt_id}
