"""Appointing instructors from the command line."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import func, select

from classroom.models import User
from tests.classroom.doors import one_value
from tests.support.browsing import client_of
from tests.support.people import People

PASSWORD = "three green bottles"


def run(app: Flask, *arguments: str, given: str = PASSWORD + "\n") -> tuple[int, str]:
    result = app.test_cli_runner().invoke(args=["user", "create", *arguments], input=given)
    return result.exit_code, result.output


def test_an_instructor_is_appointed_and_signs_in(app: Flask) -> None:
    code, output = run(app, "Okafor@example.org", "--role", "instructor", "--password-stdin", "--name", "Dr. Okafor")
    assert code == 0, output
    user = one_value(app, select(User))
    assert (user.name, user.role, user.email_key) == ("Dr. Okafor", "instructor", "okafor@example.org")
    client = client_of(app)
    assert client.post("/login", data={"username": "okafor@example.org", "password": PASSWORD}).status_code == 303
    assert client.get("/classes/new").status_code == 200


@pytest.mark.parametrize(
    ("arguments", "given", "words"),
    [
        (("nobody",), PASSWORD, "not an e-mail address"),
        (("a@example.org",), "short", "at least 8"),
        (("a@example.org",), "", "at least 8"),
        (("a@example.org", "--role", "dean"), PASSWORD, "Invalid value"),
        (("a@example.org", "--time-zone", "Mars/Olympus"), PASSWORD, "not a time zone"),
    ],
)
def test_a_wrong_argument_makes_nobody(app: Flask, arguments: tuple[str, ...], given: str, words: str) -> None:
    code, output = run(app, *arguments, "--password-stdin", given=given)
    assert code != 0
    assert words in output
    assert one_value(app, select(func.count()).select_from(User)) == 0


def test_an_address_has_one_account(app: Flask, people: People) -> None:
    code, output = run(app, "STUDENT@example.org", "--password-stdin")
    assert code != 0
    assert "already" in output
