"""The bell rings: everybody starts, saves and hands in at the same moment."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from sqlalchemy import select

from core.database import db
from core.jobs import run_task
from quizzes.deliveries import DeliveryRules
from quizzes.jobs import close_expired_attempts
from quizzes.models import AnswerTally, Attempt, Response
from tests.quizzes.sitting import save, start, stored_answers, stored_attempt
from tests.support.people import make_students
from tests.support.tallies import tallied_responses

TABS = 8
STUDENTS = 300
FIFTY = 50


def at_once(acts: Sequence[Callable[[], Any]], threads: int) -> list[Any]:
    """Do them all, `threads` at a time, beginning together."""
    gate = threading.Barrier(min(threads, len(acts)))
    begun = iter(range(len(acts)))

    def do(act: Callable[[], Any]) -> Any:
        if next(begun) < gate.parties:
            gate.wait(300)
        return act()

    with ThreadPoolExecutor(threads) as pool:
        return list(pool.map(do, acts))


@pytest.mark.slow
def test_three_hundred_students_start_and_hand_in_at_once(app, people, sit, sign_in):
    sitting = sit(DeliveryRules(), None, ("single_choice",))
    clients = [sign_in(person) for person in make_students(app, people.section, STUDENTS)]
    attempts = at_once([lambda client=client: start(client, sitting) for client in clients], 32)
    assert len(set(attempts)) == STUDENTS
    pairs = list(zip(clients, attempts, strict=True))
    handed_in = at_once([lambda c=c, a=a: c.post(f"/attempts/{a}/submission").status_code for c, a in pairs], 32)
    assert set(handed_in) == {303}
    with app.app_context():
        assert tallied_responses() == [STUDENTS]
        assert len(db.session.scalars(select(Response.id)).all()) == STUDENTS


def test_start_pressed_in_many_tabs_at_once_is_one_attempt(app, sitting, people, sign_in):
    tabs = [sign_in(people.student) for _tab in range(TABS)]
    attempts = at_once([lambda tab=tab: start(tab, sitting) for tab in tabs], TABS)
    assert len(set(attempts)) == 1
    with app.app_context():
        assert len(db.session.scalars(select(Attempt.id)).all()) == 1


def test_handing_in_from_many_tabs_at_once_is_handing_in_once(app, sitting, people, sign_in):
    tabs = [sign_in(people.student) for _tab in range(TABS)]
    attempt = start(tabs[0], sitting)
    answers = at_once([lambda tab=tab: tab.post(f"/attempts/{attempt}/submission") for tab in tabs], TABS)
    assert {answer.status_code for answer in answers} == {303}
    assert stored_attempt(app, attempt)["submitted_at"] is not None
    with app.app_context():
        assert set(tallied_responses()) == {1}


def test_of_two_tabs_that_save_at_once_one_is_told(app, sitting, people, sign_in):
    tabs = [sign_in(people.student) for _tab in range(2)]
    attempt, item = start(tabs[0], sitting), sitting.items["short_answer"]

    def write(tab, words):
        fields = {"writer": words, f"revision-{item}": "0", f"answer-{item}": words}
        return save(tab, attempt, item, fields).status_code

    told = at_once([lambda: write(tabs[0], "one"), lambda: write(tabs[1], "two")], 2)
    assert sorted(told) == [200, 409]
    kept = stored_answers(app, attempt)[item].answer["text"]
    assert kept == ("one" if told[0] == 200 else "two")


def test_saves_and_the_handing_in_at_once_leave_the_sum_right(app, sitting, people, sign_in):
    tabs = [sign_in(people.student) for _tab in range(TABS)]
    attempt = start(tabs[0], sitting)
    names = ("single_choice", "true_false", "numeric", "multiple_answers", "evidence", "short_answer")

    def act(tab, number):
        if number == TABS - 1:
            return tab.post(f"/attempts/{attempt}/submission").status_code
        name = names[number % len(names)]
        return save(tab, attempt, sitting.items[name], sitting.fields(name, writer=f"tab-{number}")).status_code

    told = at_once([lambda tab=tab, n=n: act(tab, n) for n, tab in enumerate(tabs)], TABS)
    assert set(told) <= {200, 303, 409}
    points = sum(row.points or 0 for row in stored_answers(app, attempt).values())
    assert stored_attempt(app, attempt)["points"] == points


@pytest.mark.slow
def test_fifty_starts_at_once_with_one_attempt_allowed_are_one_attempt(app, people, sit, sign_in):
    sitting = sit(DeliveryRules(attempts_allowed=1), None, ("single_choice",))
    tabs = [sign_in(people.student) for _tab in range(FIFTY)]
    attempts = at_once([lambda tab=tab: start(tab, sitting) for tab in tabs], FIFTY)
    assert len(set(attempts)) == 1
    with app.app_context():
        assert len(db.session.scalars(select(Attempt.id)).all()) == 1
        assert len(db.session.scalars(select(Response.id)).all()) == 1


@pytest.mark.slow
def test_fifty_hand_ins_at_once_and_two_workers_give_one_result(app, people, sit, sign_in):
    sitting = sit(DeliveryRules(), None, ("single_choice",))
    tabs = [sign_in(people.student) for _tab in range(FIFTY)]
    attempt = start(tabs[0], sitting)
    assert save(tabs[0], attempt, sitting.items["single_choice"], sitting.fields("single_choice")).status_code == 200
    acts = [lambda tab=tab: tab.post(f"/attempts/{attempt}/submission").status_code for tab in tabs]
    told = at_once([*acts, *[lambda: run_task(app, close_expired_attempts)] * 2], FIFTY)
    assert set(told) == {303, True}
    row = stored_attempt(app, attempt)
    assert row["submitted_at"] is not None
    with app.app_context():
        assert db.session.execute(select(AnswerTally.responses, AnswerTally.points)).all() == [(1, row["points"])]
