"""The statistics of a quiz through the door."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable

import pytest

from quizzes.deliveries import DeliveryRules
from tests.quizzes.sitting import make_sitting, save, start
from tests.support.people import make_students

TYPES = ("single_choice", "true_false", "numeric")
# The answers of a class, question by question: right or wrong.
PATTERN = ("111", "110", "110", "101", "100", "000", "011", "110", "111", "100", "000", "010", "111", "110", "001")


@pytest.fixture
def sat(app, people, sign_in) -> Callable:
    """`sat(n)`: n students have handed in."""

    def make(students: int):
        sitting = make_sitting(app, people, DeliveryRules(), None, TYPES)
        for person, pattern in zip(make_students(app, people.section, students), PATTERN, strict=False):
            client = sign_in(person)
            attempt = start(client, sitting)
            for name, is_right in zip(TYPES, pattern, strict=True):
                fields = sitting.fields(name, "right" if is_right == "1" else "wrong")
                assert save(client, attempt, sitting.items[name], fields).status_code == 200
            client.post(f"/attempts/{attempt}/submission")
        return sitting

    return make


def rows_of(page: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(page.removeprefix("\ufeff"))))


def test_only_staff_see_it(people, reading, sign_in) -> None:
    for part in ("statistics", "statistics.csv"):
        url = f"/readings/{reading.assignment}/results/{part}"
        assert sign_in(people.assistant).get(url).status_code == 200
        assert sign_in(people.student).get(url).status_code == 403
        assert sign_in(people.other_instructor).get(url).status_code == 404


def test_fewer_than_five_attempts_have_no_figures(people, reading, sign_in) -> None:
    page = sign_in(people.instructor).get(f"/readings/{reading.assignment}/results/statistics").text
    assert "Figures begin with five attempts" in page
    assert "Facility" not in page


def test_below_fifteen_attempts_discrimination_is_hidden_and_the_page_says_why(people, sat, sign_in) -> None:
    sitting = sat(6)
    client = sign_in(people.instructor)
    page = client.get(f"/readings/{sitting.assignment}/results/statistics").text
    assert "From 6 attempts, complete and graded." in page
    assert "Shown from 15 attempts on; with 6 it would be chance." in page
    assert ">Discrimination</th>" not in page
    rows = rows_of(client.get(f"/readings/{sitting.assignment}/results/statistics.csv").text)
    assert {row["discrimination_percent"] for row in rows} == {""}
    facility = {row["item_id"]: float(row["facility"]) for row in rows if row["row"] == "item"}
    assert facility[str(sitting.items["single_choice"])] == pytest.approx(5 / 6)
    assert "83 %" in page


def test_from_fifteen_on_every_figure_is_there_with_its_interval(people, sat, sign_in, count_statements) -> None:
    sitting = sat(15)
    client = sign_in(people.instructor)
    here = f"/readings/{sitting.assignment}/results/statistics"
    with count_statements() as seen:
        page = client.get(here).text
    assert len(seen) <= 15
    assert not seen.writes()
    assert ">Discrimination</th>" in page
    assert "67 %" in page
    assert "42 to 85" in page
    rows = rows_of(client.get(f"{here}.csv").text)
    first = next(row for row in rows if row["item_id"] == str(sitting.items["single_choice"]))
    assert float(first["discrimination_percent"]) == pytest.approx(19.3649, abs=1e-3)
    assert float(first["discrimination_low_percent"]) < 19 < float(first["discrimination_high_percent"])
    chosen = [int(row["chosen_by"]) for row in rows if row["row"] == "answer" and row["item_id"] == first["item_id"]]
    assert sum(chosen) == 15


def test_answers_that_wait_leave_their_attempt_out_and_it_is_said(people, reading, sign_in) -> None:
    page = sign_in(people.instructor).get(f"/readings/{reading.assignment}/results/statistics").text
    assert "One more waits for an answer to be read." in page
