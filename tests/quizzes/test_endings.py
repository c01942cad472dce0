"""How an attempt ended is recorded, not guessed from the moment: a student may hand in at the very end."""

from __future__ import annotations

from datetime import timedelta

import pytest

from articles.operations.assignments import Dates
from core.jobs import run_task
from quizzes.deliveries import DeliveryRules
from quizzes.endings import clock_ending
from quizzes.jobs import close_expired_attempts
from tests.quizzes.sitting import start, stored_attempt

TIME_RAN_OUT = "Time ran out. What was saved was handed in for you."
CLOSED = "The quiz closed. What was saved was handed in for you."


@pytest.fixture
def begun(app, sit, people, sign_in, clock):
    """A student's attempt of one minute: (client, attempt, its end)."""
    me = sign_in(people.student)
    attempt = start(me, sit(DeliveryRules(time_limit_seconds=60), None, ("single_choice",)))
    return me, attempt, clock.now() + timedelta(seconds=60)


def result(client, attempt):
    return client.get(f"/attempts/{attempt}/result").get_data(as_text=True)


@pytest.mark.parametrize(
    ("seconds", "form", "ended_by"),
    [
        (0, {}, "student"),  # in the very last second, by hand
        (0, {"time_up": "1"}, "time_limit"),  # then, by the page's clock
        (-1, {"time_up": "1"}, "time_limit"),  # a page's clock may be a little ahead
        (-1, {}, "student"),
        (1, {}, "time_limit"),  # in the seconds of grace
        (10, {"time_up": "1"}, "time_limit"),
    ],
)
def test_who_hands_in_at_the_end_is_told_so(app, begun, clock, seconds, form, ended_by):
    me, attempt, end = begun
    clock.set(end + timedelta(seconds=seconds))
    assert me.post(f"/attempts/{attempt}/submission", data=form).status_code == 303
    row = stored_attempt(app, attempt)
    assert (row["ended_by"], row["submitted_at"]) == (ended_by, end + timedelta(seconds=min(seconds, 0)))
    assert (TIME_RAN_OUT in result(me, attempt)) == (ended_by == "time_limit")


@pytest.mark.parametrize("worker", [True, False])
def test_time_that_ran_out_is_told_with_and_without_a_worker(app, begun, clock, worker):
    me, attempt, end = begun
    clock.set(end + timedelta(seconds=11))
    if worker:
        assert run_task(app, close_expired_attempts)
    assert stored_attempt(app, attempt)["ended_by"] == ("time_limit" if worker else None)
    assert TIME_RAN_OUT in result(me, attempt)


@pytest.mark.parametrize("worker", [True, False])
def test_a_reading_that_closed_is_told_as_that(app, sit, people, sign_in, clock, worker):
    closes = clock.now() + timedelta(seconds=30)
    me = sign_in(people.student)
    attempt = start(me, sit(DeliveryRules(time_limit_seconds=60), Dates(closes_at=closes), ("single_choice",)))
    clock.set(closes + timedelta(seconds=11))
    if worker:
        assert run_task(app, close_expired_attempts)
        assert stored_attempt(app, attempt)["ended_by"] == "close"
    page = result(me, attempt)
    assert CLOSED in page
    assert TIME_RAN_OUT not in page


def test_what_ends_an_attempt_by_itself(clock):
    now, later = clock.now(), clock.now() + timedelta(seconds=1)
    cases = [(None, None), (now, None), (None, now), (now, later), (later, now), (now, now)]
    told = [clock_ending(*ends) for ends in cases]
    assert told == [None, "time_limit", "close", "time_limit", "close", "time_limit"]
