"""Several processes at once change everything that is counted; what is counted stays what the answers say."""

from __future__ import annotations

import multiprocessing
from concurrent.futures import ProcessPoolExecutor

import pytest
from sqlalchemy import func, select

from core.database import commit, db
from quizzes.deliveries import DeliveryRules
from quizzes.models import Attempt, Regrade, ScoreChange
from quizzes.operations.tallies import rebuild_tallies
from quizzes.queries.counted import wrong_tallies
from tests.quizzes.sitting import make_sitting
from tests.support.hammering import Class, hammer, hand_in_once
from tests.support.people import make_students

PROCESSES, STEPS, STUDENTS = 3, 40, 3
PATIENCE = 600  # seconds


@pytest.mark.slow
def test_counts_stay_true_under_several_processes(app, database, people) -> None:
    rules = DeliveryRules(attempts_allowed=None, second_try_percent=50)
    sitting = make_sitting(app, people, rules, None, ("single_choice", "open_answer"))
    students = tuple(person.id for person in make_students(app, people.section, STUDENTS))
    school = Class(database.settings, sitting.delivery, students, people.instructor.id, sitting.items)
    with app.app_context():
        hand_in_once(school)
    # Not multiprocessing's Pool: that one waits for ever for what a killed process was to do.
    with ProcessPoolExecutor(PROCESSES, multiprocessing.get_context("spawn")) as pool:
        acting = [pool.submit(hammer, school, seed, STEPS) for seed in range(PROCESSES)]
        told = [each.result(PATIENCE) for each in acting]
    assert [wrong for each in told for wrong in each] == []
    with app.app_context():
        assert list(wrong_tallies()) == []
        closed = select(func.count()).where(Attempt.submitted_at.is_not(None))
        assert (db.session.scalar(closed) or 0) > 2 * STUDENTS
        by_hand = select(func.count()).where(ScoreChange.regrade_id.is_(None), ScoreChange.second_after.is_(None))
        assert db.session.scalar(by_hand)
        assert db.session.scalars(select(Regrade.id).limit(1)).all()
        rebuild_tallies()
        commit()
        assert list(wrong_tallies()) == []
