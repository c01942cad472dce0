"""An attempt whose time is over counts as handed in on every page of results, though nobody has closed it yet."""

from __future__ import annotations

import csv
import io
import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from articles.operations.assignments import Dates
from core.database import commit, db
from quizzes.deliveries import DeliveryRules
from quizzes.models import Attempt, QuestionVersion, Response
from tests.quizzes.sitting import make_sitting, save, start

RULES = DeliveryRules(attempts_allowed=None, time_limit_seconds=600)


@pytest.fixture
def over(app, people, clock, sign_in):
    """The student is right, late and in time of the limit, then begins anew and is wrong until the limit is over."""
    dates = Dates(due_at=clock.now() + timedelta(minutes=1), closes_at=clock.now() + timedelta(hours=5))
    sitting = make_sitting(app, people, RULES, dates, ("single_choice",))
    client, item = sign_in(people.student), sitting.items["single_choice"]
    clock.forward(minutes=2)
    for which in ("wrong", "right"):
        attempt = start(client, sitting)
        assert save(client, attempt, item, sitting.fields("single_choice", which)).status_code == 200
        if which == "wrong":
            client.post(f"/attempts/{attempt}/submission")
    clock.forward(minutes=11)
    return sitting


def rows_of(client, sitting, which):
    text = client.get(f"/readings/{sitting.assignment}/results.csv?attempts={which}").get_data(as_text=True)
    return list(csv.DictReader(io.StringIO(text.lstrip("\ufeff"))))


@pytest.mark.parametrize("which", ["last", "best"])
def test_lists_show_the_attempt_that_the_figures_count(over, people, sign_in, which):
    client = sign_in(people.instructor)
    mine = next(row for row in rows_of(client, over, which) if row["name"] == people.student.name)
    assert (mine["attempt"], mine["points"]) == ("2", "1")
    page = client.get(f"/readings/{over.assignment}/results/matrix?attempts={which}").text
    assert re.search(r'aria-label="Sofia Lind, question 1: 1"', page)


@pytest.mark.parametrize("which", ["first", "last", "best", "all"])
def test_a_student_is_late_once(over, people, sign_in, which):
    page = sign_in(people.instructor).get(f"/readings/{over.assignment}/results?attempts={which}").text
    assert '>1<span class="vh"> of these late</span>' in page


def test_who_never_began_is_not_late_in_the_file(over, people, sign_in, clock):
    clock.forward(hours=6)
    (row,) = [row for row in rows_of(sign_in(people.instructor), over, "first") if row["name"] == people.classmate.name]
    assert (row["state"], row["late"]) == ("not_started", "no")


def test_a_low_attempt_is_named_as_soon_as_its_time_is_over(app, people, reading, sign_in, clock):
    with app.app_context():
        attempt = db.session.get_one(Attempt, reading.attempt)
        attempt.limit_ends_at = clock.now() + timedelta(minutes=5)
        for answer in db.session.scalars(select(Response).where(Response.attempt_id == attempt.id)):
            answer.evidence_fraction = 0
            version = db.session.get_one(QuestionVersion, answer.question_version_id)
            version.content = {**version.content, "evidence": {"right": []}}
        commit()
    client, words = sign_in(people.instructor), "2 of 2 times not the right sentence."
    assert words not in client.get("/needs-me?kind=low").text
    clock.forward(minutes=6)
    assert words in client.get("/needs-me?kind=low").text
    clock.forward(days=15)
    assert words not in client.get("/needs-me?kind=low").text
