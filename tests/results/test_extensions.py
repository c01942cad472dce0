"""More days for a student who is late, given in the row of who needs me."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select

from articles.models import Assignment
from articles.operations.own_dates import keep_dates_of_assignment
from classroom.models import Accommodation, Section
from core import clock as moments
from core.database import commit, db
from results.extensions import extensions
from tests.support.people import make_students

ZONE = "Europe/Berlin"


def at(day: int, hour: int, month: int = 11) -> datetime:
    return datetime(2026, month, day, hour, 59, tzinfo=UTC)


@pytest.mark.parametrize(
    ("due", "now", "expected"),
    [
        (at(17, 22), at(18, 9), [(1, at(18, 22)), (2, at(19, 22)), (7, at(24, 22))]),
        # The same day, later than the time that is due: a day more ends after now.
        (at(18, 8), at(18, 9), [(1, at(19, 8)), (2, at(20, 8)), (7, at(25, 8))]),
        (at(10, 8), at(18, 9), [(9, at(19, 8)), (10, at(20, 8)), (15, at(25, 8))]),
        (at(10, 22), at(18, 9), [(8, at(18, 22)), (9, at(19, 22)), (14, at(24, 22))]),
        # The same time of day, whatever the clocks do meanwhile.
        (
            at(24, 21, month=10),
            at(25, 9, month=10),
            [(1, at(25, 22, month=10)), (2, at(26, 22, month=10)), (7, at(31, 22, month=10))],
        ),
        (at(17, 22) - timedelta(days=360), at(18, 9), [(361, at(18, 22)), (362, at(19, 22))]),
        (at(17, 22) - timedelta(days=400), at(18, 9), []),
    ],
)
def test_what_is_offered_ends_after_now(due, now, expected) -> None:
    assert [tuple(each) for each in extensions(due, now, ZONE)] == expected


@pytest.fixture
def late(app, people, reading):
    """The quiz was due an hour ago and somebody has not started it; where the days are given."""
    student = make_students(app, people.section, 1)[0]
    with app.app_context():
        row = db.session.get_one(Assignment, reading.assignment)
        row.due_at = row.latest_due_at = moments.now() - timedelta(hours=1)
        commit()
    return student


def form_in(page: str) -> tuple[str, dict[str, str]]:
    address, body = re.search(
        r'action="(/needs-me/\d+/not_started/\d+/\d+/extension)">(.*?)</form>', page, re.S
    ).groups()
    seen = re.search(r'name="seen" value="([^"]+)"', body).group(1)
    return address, {"seen": seen, "days": re.search(r'value="(\d+)" checked', body).group(1)}


def extra_days(app) -> list[int]:
    with app.app_context():
        return list(db.session.scalars(select(Accommodation.extra_days)))


def test_days_are_given_in_the_row_and_hold_for_the_class(app, people, late, sign_in) -> None:
    client = sign_in(people.instructor)
    page = client.get("/needs-me?kind=not_started").text
    assert "is then due" in page
    assert "for everything in this class" in page
    address, fields = form_in(page)
    assert fields["days"] == "1"
    answer = client.post(address, data=fields | {"days": "2", "kind": "not_started"})
    assert answer.status_code == 303
    assert answer.location == "/needs-me?kind=not_started"
    page = client.get(answer.location).text
    assert f"{late.name} has 2 more days, for everything in this class." in page
    assert "/extension" not in page  # not late any more
    assert extra_days(app) == [2]


def test_days_are_added_to_those_that_there_are(app, people, late, sign_in, reading) -> None:
    client = sign_in(people.instructor)
    address, fields = form_in(client.get("/needs-me").text)
    assert client.post(address, data=fields | {"days": "2"}).status_code == 303
    with app.app_context():
        row = db.session.get_one(Assignment, reading.assignment)
        row.due_at = row.latest_due_at = moments.now() - timedelta(days=5)
        db.session.flush()
        keep_dates_of_assignment(row.id)
        commit()
    again, fields = form_in(client.get("/needs-me").text)
    assert again == address
    assert int(fields["days"]) in (3, 4)
    assert client.post(address, data=fields).status_code == 303
    assert extra_days(app) == [2 + int(fields["days"])]


def test_of_two_who_give_days_at_once_the_second_is_told(app, people, late, sign_in) -> None:
    first, second = sign_in(people.instructor), sign_in(people.assistant)
    address, fields = form_in(first.get("/needs-me").text)
    assert second.post(address, data=fields).status_code == 303
    answer = first.post(address, data=fields)
    assert answer.status_code == 409
    assert f"Something has changed for {late.name} meanwhile. Nothing was given." in answer.text
    assert extra_days(app) == [int(fields["days"])]


@pytest.mark.parametrize(
    ("days", "words"), [("", "Choose how many days."), ("0", "from 1 to 365"), ("366", "from 1 to 365"), ("x", "valid")]
)
def test_nonsense_is_refused_in_the_row(app, people, late, sign_in, days, words) -> None:
    client = sign_in(people.instructor)
    address, fields = form_in(client.get("/needs-me").text)
    answer = client.post(address, data=fields | {"days": days})
    assert answer.status_code == 422
    row = next(row for row in answer.text.split("<li id=")[1:] if "/extension" in row)
    assert re.search(r"<details[^>]* open>", row)
    assert words in row
    assert extra_days(app) == []


def test_what_else_is_allowed_stays_and_nobody_gets_more_than_a_year(app, people, late, sign_in) -> None:
    client = sign_in(people.instructor)
    address, fields = form_in(client.get("/needs-me").text)
    limits = f"/classes/{people.section}/people/{address.split('/')[-2]}/limits"
    assert client.post(limits, data={"extra_days": "0", "extra_attempts": "3"}).status_code == 303
    assert client.post(address, data=fields | {"days": "365"}).status_code == 303
    with app.app_context():
        kept = db.session.scalars(select(Accommodation)).one()
        assert (kept.extra_days, kept.extra_attempts) == (365, 3)


def test_what_is_closed_takes_no_extension(app, people, late, sign_in, reading) -> None:
    client = sign_in(people.instructor)
    address, fields = form_in(client.get("/needs-me").text)
    with app.app_context():
        row = db.session.get_one(Assignment, reading.assignment)
        row.closes_at = row.latest_closes_at = moments.now() - timedelta(minutes=1)
        commit()
    assert "/extension" not in client.get("/needs-me").text
    assert client.post(address, data=fields).status_code == 409
    with app.app_context():
        db.session.get_one(Section, people.section).archived_at = moments.now()
        commit()
    assert client.post(address, data=fields).status_code == 403
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(Accommodation)) == 0
