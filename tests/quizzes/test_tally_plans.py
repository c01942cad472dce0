"""What SQLite reads for the tallies: one student's attempts by their index, never those of the whole class."""

from __future__ import annotations

import pytest
from sqlalchemy import text
from sqlalchemy.dialects import sqlite

from core import clock
from core.database import db
from quizzes.operations.tallies import _every_standing
from quizzes.queries.tallies import _answers, _exceptions, _item_sums, _scores
from quizzes.timing import second_of

WHOLE_CLASS = "(delivery_id=? AND submitted_at>?)"


def plan_of(statement, values) -> str:
    filled = statement.params(**values) if values else statement
    sql = filled.compile(dialect=sqlite.dialect(), compile_kwargs={"literal_binds": True})
    return "\n".join(row[-1] for row in db.session.execute(text(f"EXPLAIN QUERY PLAN {sql}".replace(":", r"\:"))))


@pytest.mark.sqlite_only
def test_what_tallies_cannot_know_is_found_by_its_people(app) -> None:
    with app.app_context():
        plan = plan_of(_exceptions(), {"delivery_ids": [1, 2], "second": second_of(clock.now())})
    assert "delivery_id=? AND enrollment_id=?" in plan
    assert WHOLE_CLASS not in plan


@pytest.mark.sqlite_only
def test_standings_are_decided_by_each_students_attempts(app) -> None:
    with app.app_context():
        plan = plan_of(_every_standing(), {})
    assert plan.count("delivery_id=? AND enrollment_id=? AND number") == 4
    assert WHOLE_CLASS not in plan


@pytest.mark.sqlite_only
@pytest.mark.parametrize("statement", [_answers("first", labelled=True), _item_sums("best", True), _scores(True)])
def test_the_figures_of_a_label_are_found_by_its_people(app, statement) -> None:
    with app.app_context():
        plan = plan_of(statement, {"delivery_ids": [1, 2], "label_id": 7})
    assert "labelled_enrollments USING COVERING INDEX" in plan or "labelled_enrollments USING PRIMARY KEY" in plan
    assert "attempts USING INDEX" in plan
    assert "delivery_id=? AND enrollment_id=?" in plan
    assert WHOLE_CLASS not in plan
    assert "(attempt_id=?" in plan
    assert "SCAN responses" not in plan
