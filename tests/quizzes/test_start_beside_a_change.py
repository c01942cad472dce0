"""A start and a change in the very same moment, on two real connections: one waits for the other, and sees it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from articles.models import Assignment
from articles.operations.assignments import Dates, change_dates
from articles.operations.own_dates import keep_dates_of_student
from classroom.allowances import Allowance
from classroom.models import Section
from classroom.operations import set_allowance
from core import clock as moments
from core.database import commit, db, give_up
from quizzes.deliveries import DeliveryRules
from quizzes.models import Attempt, Response
from quizzes.operations.accommodations import close_what_is_over, stretch_attempts
from quizzes.operations.attempts import start_attempt
from quizzes.operations.deliveries import change_rules
from quizzes.operations.regrades import Decision, regrade_item
from quizzes.queries.attempts import lock_own_attempts
from quizzes.queries.deliveries import get_delivery_for
from tests.quizzes.limits import place_of
from tests.quizzes.sitting import stored_attempt
from tests.support.beside import Beside

MINUTE = timedelta(minutes=1)


def decide(policy):
    def change(people, sitting, _place):
        regrade_item(
            sitting.delivery, sitting.items["single_choice"], Decision(policy, "It was unclear.", people.instructor.id)
        )

    return change


def allow(people, _sitting, place):
    close_what_is_over(place, moments.now())
    stretch_attempts(place, 200, moments.now())
    set_allowance(people.instructor.id, place, Allowance(time_factor_percent=200))


def change_limit(_people, sitting, _place):
    change_rules(sitting.delivery, DeliveryRules(time_limit_seconds=300))


def close(_people, sitting, _place):
    change_dates(sitting.assignment, Dates(closes_at=moments.now() - MINUTE))


CHANGES = {
    "drop": decide("drop"),
    "full": decide("full_credit"),
    "limits": allow,
    "rules": change_limit,
    "dates": close,
}


def held(app, attempt):
    """The questions of an attempt, those that count and those under a decision."""
    with app.app_context():
        rows = db.session.execute(select(Response.dropped, Response.regrade_id).filter_by(attempt_id=attempt)).all()
        return len(rows), sum(not row.dropped for row in rows), sum(row.regrade_id is not None for row in rows)


def minutes(app, attempt):
    row = stored_attempt(app, attempt)
    return (row["limit_ends_at"] - row["started_at"]) / MINUTE


@pytest.mark.parametrize("name", CHANGES)
def test_a_start_during_a_change_waits_and_goes_by_it(app, sit, people, sign_in, name):
    sitting = sit(DeliveryRules(time_limit_seconds=600), None, ("single_choice", "true_false"))
    me, place = sign_in(people.student), place_of(app, people, people.student)
    with app.app_context():
        CHANGES[name](people, sitting, place)
        start = Beside(lambda: me.post(f"/deliveries/{sitting.delivery}/attempts").status_code)
        assert start.waits
        commit()
        assert start.end() == (409 if name == "dates" else 201)
    if name == "dates":
        return
    with app.app_context():
        attempt = db.session.scalars(select(Attempt.id)).one()
    assert minutes(app, attempt) == {"limits": 20, "rules": 5}.get(name, 10)
    assert held(app, attempt) == {"drop": (1, 1, 0), "full": (2, 2, 1)}.get(name, (2, 2, 0))


@pytest.mark.parametrize("name", CHANGES)
def test_a_change_during_a_start_waits_and_reaches_the_attempt(app, sit, people, name):
    sitting = sit(DeliveryRules(time_limit_seconds=600), None, ("single_choice", "true_false"))
    place = place_of(app, people, people.student)

    def change():
        with app.app_context():
            CHANGES[name](people, sitting, place)
            commit()

    with app.app_context():
        own = lock_own_attempts(people.student.id, sitting.delivery)
        delivery = get_delivery_for(people.student.id, sitting.delivery)
        changing = Beside(change)
        assert changing.waits
        attempt = start_attempt(delivery, own, moments.now())
        commit()
        changing.end()
    assert minutes(app, attempt) == {"limits": 20}.get(name, 10)  # other rules are for attempts that start later
    assert held(app, attempt) == {"drop": (2, 1, 1), "full": (2, 2, 1)}.get(name, (2, 2, 0))


def test_two_of_a_class_start_side_by_side(app, sit, people, sign_in, database):
    sitting = sit(None, None, ("single_choice",))
    them = sign_in(people.classmate)
    with app.app_context():
        lock_own_attempts(people.student.id, sitting.delivery)
        start = Beside(lambda: them.post(f"/deliveries/{sitting.delivery}/attempts").status_code)
        if database.kind == "sqlite":
            assert start.waits  # one writer at a time
            give_up()
        assert start.end() == 201


def test_dates_and_limits_changed_at_once_do_not_wait_in_a_circle(app, sit, people, clock):
    """Both write the latest dates that anybody has: whoever comes second waits for the class, holding nothing."""
    sitting = sit(None, Dates(closes_at=clock.now() + MINUTE), ("single_choice",))
    place = place_of(app, people, people.student)

    def move():
        with app.app_context():
            change_dates(sitting.assignment, Dates(closes_at=clock.now() + 3 * MINUTE))
            commit()
            return True

    with app.app_context():
        set_allowance(people.instructor.id, place, Allowance(extra_days=1))
        db.session.execute(select(Section.id).where(Section.id == people.section).with_for_update())
        moving = Beside(move)
        assert moving.waits
        keep_dates_of_student(place)
        commit()
        assert moving.end() is True
        latest = db.session.scalars(select(Assignment.latest_closes_at)).one()
    assert latest == clock.now() + 3 * MINUTE + timedelta(days=1)
