"""An attempt whose time is over counts as handed in on every page of results, though nobody has closed it yet."""

from __future__ import annotations

import csv
import io
import re
from datetime import timedelta

import pytest

from articles.operations.assignments import Dates
from quizzes.deliveries import DeliveryRules
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
