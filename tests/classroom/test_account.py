"""The own account."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import select

from classroom.models import User
from tests.classroom.doors import log_of, one_value
from tests.support.browsing import PASSWORD, Client
from tests.support.people import People, Person

SignedIn = Callable[[Person | str], Client]


def profile(**changes: str) -> dict[str, str]:
    same = {"name": "Sofia Lind", "email": "student@example.org", "time_zone": "Europe/Berlin", "theme": "system"}
    return {**same, **changes}


def user(app: Flask, person: Person) -> User:
    found = one_value(app, select(User).where(User.id == person.id))
    assert isinstance(found, User)
    return found


def test_a_person_changes_name_zone_and_colours(app: Flask, people: People, sign_in: SignedIn) -> None:
    client = sign_in(people.student)
    answer = client.post("/account", data=profile(name="Sofia L.", time_zone="Asia/Tokyo", theme="dark"))
    assert (answer.status_code, answer.location) == (303, "/account")
    changed = user(app, people.student)
    assert (changed.name, changed.time_zone, changed.theme) == ("Sofia L.", "Asia/Tokyo", "dark")
    assert 'data-theme="dark"' in client.get("/account").text


def test_a_zone_that_is_not_offered_stays_what_it_is(app: Flask, people: People, sign_in: SignedIn) -> None:
    client = sign_in(people.student)
    assert '<option value="US/Eastern"' not in client.get("/account").text
    assert client.post("/account", data=profile(time_zone="US/Eastern")).status_code == 303
    assert '<option selected value="US/Eastern">' in client.get("/account").text
    assert user(app, people.student).time_zone == "US/Eastern"


def test_single_keys_can_be_switched_off_and_on_again(app: Flask, people: People, sign_in: SignedIn) -> None:
    client = sign_in(people.student)
    assert 'data-single-keys="on"' in client.get("/").text
    assert client.post("/account", data=profile()).status_code == 303
    assert 'data-single-keys="off"' in client.get("/").text
    assert user(app, people.student).single_keys is False
    assert client.post("/account", data=profile(single_keys="y")).status_code == 303
    assert 'data-single-keys="on"' in client.get("/").text


def test_another_address_needs_the_password_and_is_unconfirmed(app: Flask, people: People, sign_in: SignedIn) -> None:
    client = sign_in(people.student)
    refused = client.post("/account", data=profile(email="sofia@example.org", name="Sofia L."))
    assert refused.status_code == 422
    assert "Enter your present password" in refused.text
    assert 'value="sofia@example.org"' in refused.text
    assert 'value="Sofia L."' in refused.text
    assert client.post("/account", data=profile(email="sofia@example.org", password="wrong")).status_code == 422
    assert user(app, people.student).email == "student@example.org"
    assert client.post("/account", data=profile(email="sofia@example.org", password=PASSWORD)).status_code == 303
    changed = user(app, people.student)
    assert (changed.email, changed.email_confirmed_at) == ("sofia@example.org", None)
    assert log_of(app)[-1] == "change-email"


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"name": ""}, "Enter your name"),
        ({"email": "sofia@"}, "like name@school.edu"),
        ({"email": ""}, "cannot be empty"),
        ({"email": "Classmate@example.org", "password": PASSWORD}, "Another account has this address"),
        ({"time_zone": "Mars/Olympus"}, "Choose a time zone"),
        ({"theme": "pink"}, "Not a valid choice"),
    ],
)
def test_a_refused_profile_changes_nothing(
    app: Flask, people: People, sign_in: SignedIn, change: dict[str, str], words: str
) -> None:
    answer = sign_in(people.student).post("/account", data=profile(**change))
    assert answer.status_code == 422
    assert words in answer.text
    same = user(app, people.student)
    assert (same.name, same.email, same.time_zone, same.theme) == (
        "Sofia Lind",
        "student@example.org",
        "Europe/Berlin",
        "system",
    )


def test_the_other_devices_can_be_signed_out(people: People, sign_in: SignedIn) -> None:
    here, there = sign_in(people.student), sign_in(people.student)
    assert "Log out the other devices" in here.get("/account").text
    assert here.post("/account/sign-ins/removal").status_code == 303
    assert here.get("/account").status_code == 200
    assert there.get("/account").status_code == 303
    assert "Log out the other devices" not in here.get("/account").text
