"""Dates that change while students work: what was over stays over, what goes on follows, whether or not a worker came.

Each is done with and without a worker in between: it must never matter.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from articles.models import OwnDates
from articles.operations.assignments import Dates, change_dates
from core.database import commit, db
from core.jobs import run_task
from core.points import POINT
from quizzes.deliveries import DeliveryRules
from quizzes.jobs import close_expired_attempts
from tests.quizzes.limits import latest_dates
from tests.quizzes.sitting import save, start, stored_attempt
from tests.support.tallies import tallied_responses

HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
WITH_AND_WITHOUT = pytest.mark.parametrize("worker", [True, False], ids=["worker", "no worker"])


@pytest.fixture
def go(app, sit, people, sign_in, clock):
    """An attempt, with one right answer in it, at a quiz that closes in an hour; and what one can do to it."""
    return Go(app, sit(DeliveryRules(), Dates(closes_at=clock.now() + HOUR), ("single_choice",)), sign_in, people)


class Go:
    def __init__(self, app, sitting, sign_in, people):
        self.app, self.sitting, self.people = app, sitting, people
        self.me, self.instructor = sign_in(people.student), sign_in(people.instructor)
        self.attempt = start(self.me, sitting)
        assert self.save().status_code == 200

    def save(self):
        item = self.sitting.items["single_choice"]
        return save(self.me, self.attempt, item, self.sitting.fields("single_choice"))

    def work(self, worker):
        if worker:
            assert run_task(self.app, close_expired_attempts)

    def move(self, **dates):
        with self.app.app_context():
            change_dates(self.sitting.assignment, Dates(**dates))
            commit()

    @property
    def row(self):
        return stored_attempt(self.app, self.attempt)

    def result(self):
        return self.me.get(f"/attempts/{self.attempt}/result").get_data(as_text=True)


@WITH_AND_WITHOUT
def test_a_later_close_does_not_open_what_had_ended(go, clock, worker):
    closes = clock.now() + HOUR
    clock.set(closes + timedelta(seconds=11))
    go.work(worker)
    go.move(closes_at=closes + HOUR)
    assert (go.row["submitted_at"], go.row["ended_by"], go.row["points"]) == (closes, "close", POINT)
    assert go.save().status_code == 409
    assert "The quiz closed. What was saved was handed in for you." in go.result()


@WITH_AND_WITHOUT
def test_an_attempt_that_goes_on_ends_with_the_new_close(go, clock, worker):
    closes = clock.now() + HOUR
    go.move(closes_at=closes + HOUR)
    clock.set(closes + 2 * MINUTE)
    go.work(worker)
    assert go.save().status_code == 200
    go.move(closes_at=closes + 5 * MINUTE)
    clock.set(closes + 6 * MINUTE)
    go.work(worker)
    assert go.save().status_code == 409
    assert "The quiz closed." in go.result()


@WITH_AND_WITHOUT
def test_an_earlier_close_ends_what_goes_on_and_a_still_later_one_opens_nothing(app, go, clock, worker):
    now = clock.now()
    clock.set(now + 20 * MINUTE)
    go.move(closes_at=now + 10 * MINUTE)
    go.work(worker)
    assert (go.row["submitted_at"], go.row["ended_by"], go.row["points"]) == (now + 10 * MINUTE, "dates", POINT)
    with app.app_context():
        assert tallied_responses() == [1]
    go.move(closes_at=now + HOUR)
    assert go.save().status_code == 409
    assert "The quiz was closed while you were in it." in go.result()


def test_nothing_is_handed_in_before_it_began(go, clock):
    now = clock.now()
    go.move(closes_at=now - HOUR)
    assert (go.row["submitted_at"], go.row["ended_by"]) == (now, "dates")


def test_a_save_in_the_seconds_of_grace_is_still_taken_when_the_dates_change_then(go, clock):
    closes = clock.now() + HOUR
    clock.set(closes + timedelta(seconds=5))
    go.move(due_at=closes, closes_at=closes)
    assert go.row["submitted_at"] is None
    assert go.save().status_code == 200


def test_extra_days_are_counted_in_the_zone_that_the_class_is_in_now(app, sit, people, sign_in, allow, clock):
    clock.set(datetime(2027, 3, 13, 12, 0, tzinfo=UTC))
    due = datetime(2027, 3, 13, 23, 0, tzinfo=UTC)
    sitting = sit(None, Dates(due_at=due), ("single_choice",))
    allow(people.student, extra_days="1")
    assert latest_dates(app, sitting).latest_due_at == due + timedelta(days=1)
    to_zone(sign_in(people.instructor), people, "America/New_York")  # there the clock goes forward that night
    assert latest_dates(app, sitting).latest_due_at == due + timedelta(hours=23)
    with app.app_context():
        assert db.session.scalars(select(OwnDates.due_at)).one() == due + timedelta(hours=23)
    to_zone(sign_in(people.instructor), people, "Europe/Berlin")
    assert latest_dates(app, sitting).latest_due_at == due + timedelta(days=1)


@WITH_AND_WITHOUT
def test_attempts_follow_the_zone_as_they_follow_dates(app, sit, people, sign_in, allow, clock, worker):
    began = clock.set(datetime(2027, 3, 13, 22, 0, tzinfo=UTC))
    closes = datetime(2027, 3, 13, 23, 0, tzinfo=UTC)
    sitting = sit(None, Dates(closes_at=closes), ("single_choice",))
    allow(people.student, extra_days="1")
    go = Go(app, sitting, sign_in, people)
    clock.set(began + timedelta(hours=24, minutes=30))  # half an hour before the own close by Berlin's calendar
    to_zone(go.instructor, people, "America/New_York")  # half an hour after it by New York's
    go.work(worker)
    assert (go.row["submitted_at"], go.row["ended_by"]) == (closes + timedelta(hours=23), "dates")
    to_zone(go.instructor, people, "Europe/Berlin")
    assert go.save().status_code == 409


def to_zone(client, people, zone):
    form = {"name": "Seminar", "term": "Autumn", "time_zone": zone}
    assert client.post(f"/classes/{people.section}/settings", data=form).status_code == 303


def test_a_class_renamed_keeps_everybodys_dates_without_looking(sit, people, sign_in, allow, count_statements):
    allow(people.student, extra_days="1")
    client = sign_in(people.instructor)
    with count_statements() as seen:
        to_zone(client, people, "Europe/Berlin")
    assert not [statement for statement in seen if "own_dates" in statement]
