"""Attempts whose time is over are handed in by the worker, whether or not anybody opens a page."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select

from articles.operations.assignments import Dates
from core import clock as core_clock
from core.database import commit, db, give_up
from core.jobs import run_task
from core.points import POINT
from quizzes.deliveries import DeliveryRules
from quizzes.jobs import close_expired_attempts
from quizzes.models import Attempt
from quizzes.operations.attempts import start_attempt
from quizzes.queries.deliveries import get_delivery_for
from quizzes.queries.expired import list_expired
from tests.quizzes.sitting import save, start, stored_attempt
from tests.support.people import make_students
from tests.support.source import ROOT
from tests.support.tallies import tallied_responses

ONE_MINUTE = DeliveryRules(time_limit_seconds=60)
PATIENCE = 300  # seconds: a busy machine is slow, not wrong


def test_the_worker_hands_in_what_was_saved_at_the_end_and_counts_it(app, sit, people, sign_in, clock):
    sitting = sit(ONE_MINUTE, None, ("single_choice",))
    me = sign_in(people.student)
    attempt = start(me, sitting)
    save(me, attempt, sitting.items["single_choice"], sitting.fields("single_choice"))
    end = clock.now() + timedelta(seconds=60)
    clock.forward(seconds=70)
    assert run_task(app, close_expired_attempts)
    assert stored_attempt(app, attempt)["submitted_at"] is None  # saves are taken for ten seconds
    clock.forward(seconds=1)
    assert run_task(app, close_expired_attempts)
    row = stored_attempt(app, attempt)
    assert (row["submitted_at"], row["points"]) == (end, POINT)
    with app.app_context():
        assert tallied_responses() == [1]
    clock.forward(days=1)
    page = me.get(f"/attempts/{attempt}/result").get_data(as_text=True)
    assert "Time ran out" in page
    assert row["receipt_code"] in page


def test_the_close_of_the_reading_ends_attempts_too(app, sit, people, sign_in, clock):
    closes = clock.now() + timedelta(hours=1)
    sitting = sit(DeliveryRules(), Dates(closes_at=closes), ("single_choice",))
    attempt = start(sign_in(people.student), sitting)
    clock.set(closes + timedelta(seconds=11))
    assert run_task(app, close_expired_attempts)
    assert stored_attempt(app, attempt)["submitted_at"] == closes


def test_an_attempt_without_an_end_is_left_alone(app, sitting, people, sign_in, clock):
    attempt = start(sign_in(people.student), sitting)
    clock.forward(days=400)
    assert run_task(app, close_expired_attempts)
    assert stored_attempt(app, attempt)["submitted_at"] is None


def test_looking_for_nothing_is_one_statement_and_writes_nothing(app, sitting, people, sign_in, count_statements):
    start(sign_in(people.student), sitting)
    with count_statements() as seen:
        assert run_task(app, close_expired_attempts)
    assert len(seen) == 1
    assert not seen.writes()


def test_doing_it_twice_is_doing_it_once(app, sit, people):
    sitting = sit(ONE_MINUTE, None, ("single_choice",))
    (attempt,) = _expire(app, sitting, make_students(app, people.section, 1))
    with app.app_context():
        assert close_expired_attempts.do(attempt)
        commit()
    before = stored_attempt(app, attempt)
    with app.app_context():
        assert not close_expired_attempts.do(attempt)
        commit()
        assert tallied_responses() == [1]
    assert stored_attempt(app, attempt) == before


def test_a_worker_that_dies_before_its_commit_leaves_everything_to_the_next(app, sit, people):
    sitting = sit(ONE_MINUTE, None, ("single_choice",))
    (attempt,) = _expire(app, sitting, make_students(app, people.section, 1))
    with app.app_context():
        assert close_expired_attempts.do(attempt)
        give_up()
        assert tallied_responses() == []
    assert stored_attempt(app, attempt)["submitted_at"] is None
    assert run_task(app, close_expired_attempts)
    assert stored_attempt(app, attempt)["submitted_at"] is not None
    with app.app_context():
        assert tallied_responses() == [1]


@pytest.mark.slow
def test_a_killed_worker_is_started_again_and_goes_on(app, sit, people, database):
    sitting = sit(ONE_MINUTE, None, ("single_choice",))
    early, late = make_students(app, people.section, 2)
    settings = {name: str(value) for name, value in database.settings.items()}
    command = ["-m", "core.watching", str(os.getpid()), sys.executable, "-m", "flask", "--app", "wsgi", "worker"]
    _expire(app, sitting, [early])
    with app.app_context():
        db.engine.dispose()
    watcher = subprocess.Popen(
        [sys.executable, *command], cwd=ROOT, env={**os.environ, **settings}, stdout=subprocess.DEVNULL
    )
    try:
        _wait_until(lambda: _closed(app) == 1)
        children = Path(f"/proc/{watcher.pid}/task/{watcher.pid}/children").read_text()
        os.kill(int(children), signal.SIGKILL)
        _expire(app, sitting, [late])
        _wait_until(lambda: _closed(app) == 2)
        watcher.send_signal(signal.SIGTERM)
        assert watcher.wait(PATIENCE) == 0
    finally:
        watcher.kill()
        watcher.wait(PATIENCE)


def _expire(app, sitting, students):
    """Attempts of these students that ended an hour ago, by the clock of every process."""
    with app.app_context():
        began = core_clock.now() - timedelta(hours=1)
        ids = [start_attempt(get_delivery_for(one.id, sitting.delivery), [], began) for one in students]
        commit()
    return ids


def test_several_workers_at_once_hand_in_each_attempt_once(app, sit, people):
    sitting = sit(ONE_MINUTE, None, ("single_choice", "true_false"))
    _expire(app, sitting, make_students(app, people.section, 40))
    with ThreadPoolExecutor(4) as pool:
        assert all(pool.map(lambda _: run_task(app, close_expired_attempts), range(4)))
    with app.app_context():
        assert set(tallied_responses()) == {40}
        assert not list_expired(core_clock.now())


@pytest.mark.slow
def test_worker_processes_work_until_they_are_stopped(app, sit, people, database):
    sitting = sit(ONE_MINUTE, None, ("single_choice",))
    students = make_students(app, people.section, 12)
    settings = {name: str(value) for name, value in database.settings.items()}
    command = [sys.executable, "-m", "flask", "--app", "wsgi", "worker"]
    beside = subprocess.Popen(["sleep", "600"])
    options = ([], ["--beside", str(os.getpid())], ["--beside", str(beside.pid)])
    environment = {**os.environ, **settings}
    with app.app_context():
        db.engine.dispose()
    first, second, orphan = [
        subprocess.Popen([*command, *more], cwd=ROOT, env=environment, stdout=subprocess.DEVNULL) for more in options
    ]
    try:
        assert orphan.wait(PATIENCE) == 0  # its parent is not the one that it was to stand beside
        _expire(app, sitting, students)
        _wait_until(lambda: _closed(app) == len(students))
        _wait_until(lambda: _listens(first) and _listens(second))  # one may have done it all before the other began
        first.send_signal(signal.SIGTERM)
        second.send_signal(signal.SIGINT)
        assert (first.wait(PATIENCE), second.wait(PATIENCE)) == (0, 0)
    finally:
        for process in (first, second, orphan, beside):
            process.kill()
            process.wait(PATIENCE)
    with app.app_context():
        assert tallied_responses() == [len(students)]


def _closed(app):
    with app.app_context():
        return db.session.scalar(select(func.count()).where(Attempt.submitted_at.is_not(None)))


def _listens(process):
    """Whether it has come so far as to catch SIGTERM, the last that it learns before it works (Linux)."""
    status = Path(f"/proc/{process.pid}/status").read_text()
    caught = next(line for line in status.splitlines() if line.startswith("SigCgt:"))
    return int(caught.split()[1], 16) >> (signal.SIGTERM - 1) & 1


def _wait_until(is_so):
    end = time.monotonic() + PATIENCE
    while not is_so():
        assert time.monotonic() < end, "nothing happened"
        time.sleep(0.2)
