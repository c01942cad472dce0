"""Making an account without a class."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import func, select

from classroom.models import User
from classroom.sign_in_limits import ACCOUNTS_PER_ADDRESS
from core.throttle import Limit
from tests.classroom.doors import one_value
from tests.support.browsing import Client, client_of
from tests.support.databases import Database
from tests.support.moments import Clock
from tests.support.people import People

GOOD = {"name": "Uma Reed", "username": "uma@example.org", "password": "three green bottles"}


def test_a_person_registers_by_address_and_is_signed_in(app: Flask, client: Client) -> None:
    answer = client.post("/register", data={**GOOD, "time_zone": "Asia/Tokyo"})
    assert (answer.status_code, answer.location) == (303, "/")
    assert "Uma Reed" in client.get("/account").text
    with app.app_context():
        user = one_value(app, select(User))
    assert (user.role, user.email, user.username, user.time_zone) == ("student", "uma@example.org", None, "Asia/Tokyo")
    assert user.email_confirmed_at is None


def test_a_person_registers_by_username(app: Flask, client: Client) -> None:
    assert client.post("/register", data={**GOOD, "username": "uma.reed"}).status_code == 303
    assert one_value(app, select(User.username)) == "uma.reed"
    assert one_value(app, select(User.email)) is None


def test_very_many_accounts_from_one_address_have_to_wait(
    app: Flask, client: Client, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("classroom.sign_in_limits.ACCOUNTS_PER_ADDRESS", Limit(hits=2, seconds=900))
    for name in ("uma.one", "uma.two"):
        assert client_of(app).post("/register", data={**GOOD, "username": name}).status_code == 303
    answer = client.post("/register", data={**GOOD, "username": "uma.three"})
    assert answer.status_code == 429
    assert 0 < int(answer.headers["Retry-After"]) <= 901
    assert "Try again in 15 minutes" in answer.text
    assert 'value="uma.three"' in answer.text
    elsewhere = client.post(
        "/register", data={**GOOD, "username": "uma.four"}, environ_base={"REMOTE_ADDR": "10.1.1.1"}
    )
    assert elsewhere.status_code == 303
    clock.forward(minutes=16)
    assert client_of(app).post("/register", data={**GOOD, "username": "uma.three"}).status_code == 303


def test_a_school_of_hundreds_registers_from_one_address() -> None:
    assert ACCOUNTS_PER_ADDRESS.hits >= 500


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"name": ""}, "Enter your name"),
        ({"name": "x" * 121}, "at most 120"),
        ({"username": ""}, "make up a username"),
        ({"username": "uma@"}, "like name@school.edu"),
        ({"username": "uma reed"}, "letters and digits"),
        ({"password": ""}, "Choose a password"),
        ({"password": "short"}, "at least 8"),
        ({"password": "password1"}, "guessed first"),
        ({"password": "uma@example.org"}, "others know"),
    ],
)
def test_a_refused_form_comes_back_with_what_was_written(
    app: Flask, client: Client, wrong: dict[str, str], words: str
) -> None:
    sent = {**GOOD, **wrong}
    answer = client.post("/register", data=sent)
    assert answer.status_code == 422
    assert words in answer.text
    assert f'value="{sent["name"]}"' in answer.text
    assert f'value="{sent["username"]}"' in answer.text
    assert one_value(app, select(func.count()).select_from(User)) == 0


@pytest.mark.parametrize("name", ["student@example.org", "STUDENT@EXAMPLE.ORG"])
def test_a_name_belongs_to_one_account(app: Flask, client: Client, people: People, name: str) -> None:
    answer = client.post("/register", data={**GOOD, "username": name})
    assert answer.status_code == 422
    assert "There is an account with this name already" in answer.text
    assert 'value="Uma Reed"' in answer.text


def test_nobody_makes_an_instructor_of_oneself(app: Flask, client: Client) -> None:
    assert "Teach a class" not in client.get("/register").text
    client.post("/register", data={**GOOD, "role": "instructor"})
    assert one_value(app, select(User.role)) == "student"
    assert client.get("/classes/new").status_code == 403


def test_an_open_installation_lets_anybody_teach(database: Database) -> None:
    app = database.make_app(COLLOQUY_OPEN_INSTRUCTOR_SIGNUP="yes")
    client = client_of(app)
    assert "Teach a class" in client.get("/register").text
    client.post("/register", data={**GOOD, "role": "instructor"})
    assert one_value(app, select(User.role)) == "instructor"
    assert client.get("/classes/new").status_code == 200
    refused = client_of(app).post("/register", data={**GOOD, "username": "other@example.org", "role": "administrator"})
    assert refused.status_code == 422


def test_a_zone_that_is_none_is_left_out(app: Flask, client: Client) -> None:
    client.post("/register", data={**GOOD, "time_zone": "Mars/Olympus"})
    assert one_value(app, select(User.time_zone)) == "UTC"


def test_registering_leads_on_within_this_site_only(app: Flask) -> None:
    answer = client_of(app).post("/register", data={**GOOD, "next": "/join/K7M4QX"})
    assert answer.location == "/join/K7M4QX"
    away = {**GOOD, "username": "second@example.org", "next": "//example.com"}
    assert client_of(app).post("/register", data=away).location == "/"
