"""Another password: by its owner, through a mailed link, from an instructor."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from classroom.models import Enrollment, PasswordReset, SignIn, User
from core import mail
from tests.classroom.doors import log_of, one_time_passwords, one_value
from tests.support.browsing import PASSWORD, Client, client_of
from tests.support.databases import Database
from tests.support.moments import Clock
from tests.support.people import People, Person

SignedIn = Callable[[Person | str], Client]
NEW = "five quiet rivers"
Letters = list[mail.Message]
MAIL = {
    "COLLOQUY_SMTP_URL": "smtp://localhost:2525",
    "COLLOQUY_MAIL_FROM": "colloquy@example.org",
    "COLLOQUY_PUBLIC_URL": "https://colloquy.example.org",
}


def ask_for_link(client: Client, email: str) -> TestResponse:
    """Ask, and let the server close the answer: the letter goes out then."""
    return client.post("/password-reset", data={"email": email}, buffered=True)


def can_sign_in(app: Flask, person: Person, password: str) -> bool:
    answer = client_of(app).post("/login", data={"username": person.email, "password": password})
    return answer.status_code == 303


@pytest.fixture
def letters(monkeypatch: pytest.MonkeyPatch) -> Letters:
    """What would have been mailed."""
    sent: Letters = []
    monkeypatch.setattr(mail, "send", sent.append)
    return sent


@pytest.fixture
def mailing(database: Database, people: People) -> Flask:
    """The application where mail is configured."""
    return database.make_app(**MAIL)


def test_a_password_change_ends_every_other_device(app: Flask, people: People, sign_in: SignedIn) -> None:
    here, there = sign_in(people.student), sign_in(people.student)
    answer = here.post("/account/password", data={"current": PASSWORD, "password": NEW})
    assert answer.status_code == 303
    assert here.get("/account").status_code == 200
    assert there.get("/account").status_code == 303
    assert can_sign_in(app, people.student, NEW)
    assert not can_sign_in(app, people.student, PASSWORD)
    assert log_of(app)[-1] == "change-password"


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"current": "wrong", "password": NEW}, "not your present password"),
        ({"current": PASSWORD, "password": "short"}, "at least 8"),
        ({"current": PASSWORD, "password": "student@example.org"}, "others know"),
        ({"current": PASSWORD, "password": PASSWORD}, "password you have now"),
        ({"password": NEW}, "you use now"),
        ({"current": PASSWORD}, "Choose a password"),
    ],
)
def test_a_password_change_is_refused_with_a_reason(
    app: Flask, people: People, sign_in: SignedIn, sent: dict[str, str], words: str
) -> None:
    answer = sign_in(people.student).post("/account/password", data=sent)
    assert answer.status_code == 422
    assert words in answer.text
    assert can_sign_in(app, people.student, PASSWORD)


def test_without_mail_the_page_says_whom_to_ask(client: Client, people: People) -> None:
    assert "Ask your instructor" in client.get("/password-reset").text
    assert client.post("/password-reset", data={"email": people.student.email}).status_code == 422


def test_a_mailed_link_sets_the_password_once(mailing: Flask, people: People, letters: Letters) -> None:
    signed_in = client_of(mailing)
    signed_in.post("/login", data={"username": people.classmate.email, "password": PASSWORD})
    client = client_of(mailing)
    asked = ask_for_link(client, "CLASSMATE@example.org")
    assert asked.status_code == 303
    [letter] = letters
    assert letter.to == people.classmate.email
    link = re.search(r"https://colloquy\.example\.org(/password-reset/\S+)", letter.text)
    assert link, "the link does not lead to the configured address"
    assert link[1].rsplit("/", 1)[1] not in one_value(mailing, select(PasswordReset.token_hash))
    assert client.get(link[1]).status_code == 200
    assert client.post(link[1], data={"password": "short"}).status_code == 422
    assert client.post(link[1], data={"password": NEW}).location == "/login"
    assert can_sign_in(mailing, people.classmate, NEW)
    assert signed_in.get("/account").status_code == 303, "a device stayed signed in"
    assert client.get(link[1]).status_code == 404
    assert client.post(link[1], data={"password": "six loud valleys"}).status_code == 404
    assert one_value(mailing, select(User.email_confirmed_at).where(User.id == people.classmate.id))


def test_a_mailed_link_lasts_an_hour(mailing: Flask, people: People, letters: Letters, clock: Clock) -> None:
    client = client_of(mailing)
    ask_for_link(client, people.student.email)
    link = re.search(r"/password-reset/\S+", letters[0].text)
    assert link
    clock.forward(minutes=59)
    assert client.get(link[0]).status_code == 200
    clock.forward(minutes=2)
    assert client.get(link[0]).status_code == 404
    assert client.post(link[0], data={"password": NEW}).status_code == 404
    assert can_sign_in(mailing, people.student, PASSWORD)


def test_the_answer_does_not_tell_whether_an_address_has_an_account(
    mailing: Flask, people: People, letters: Letters
) -> None:
    answers = []
    for email in (people.student.email, "nobody@example.org"):
        client = client_of(mailing)
        asked = ask_for_link(client, email)
        answers.append((asked.status_code, asked.location, client.get("/login").text.count("a link is on its way")))
    assert answers == [(303, "/login", 1), (303, "/login", 1)]
    assert [letter.to for letter in letters] == [people.student.email]


def test_a_letter_that_cannot_be_sent_changes_nothing_for_the_reader(
    mailing: Flask, people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried: list[str] = []

    def fail(letter: mail.Message) -> None:
        tried.append(letter.to)
        raise ConnectionRefusedError

    monkeypatch.setattr(mail, "send", fail)
    answer = ask_for_link(client_of(mailing), people.student.email)
    assert answer.status_code == 303
    assert tried == [people.student.email]


def test_links_are_mailed_three_times_an_hour_at_most(mailing: Flask, people: People, letters: Letters) -> None:
    for _ in range(5):
        assert ask_for_link(client_of(mailing), people.student.email).status_code == 303
    assert len(letters) == 3


def place_of(app: Flask, people: People, person: Person) -> int:
    where = (Enrollment.user_id == person.id, Enrollment.section_id == people.section)
    return int(one_value(app, select(Enrollment.id).where(*where)))


def test_an_instructor_gives_a_new_password_that_is_shown_once_and_must_be_changed(
    app: Flask, people: People, sign_in: SignedIn, clock: Clock
) -> None:
    classmate = sign_in(people.classmate)
    instructor = sign_in(people.instructor)
    address = f"/classes/{people.section}/people/{place_of(app, people, people.classmate)}/password"
    answer = instructor.post(address)
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-store"
    [password] = one_time_passwords(answer)
    assert password not in instructor.get(f"/classes/{people.section}/people").text
    assert classmate.get("/account").status_code == 303, "a device stayed signed in"
    assert log_of(app)[-1] == "reset-password"
    assert not can_sign_in(app, people.classmate, PASSWORD)

    client = client_of(app)
    client.post("/login", data={"username": people.classmate.email, "password": password})
    assert client.get("/account").location == "/account/password"
    assert client.post("/account", data={"name": "X"}).location == "/account/password"
    page = client.get("/account/password").text
    assert "Your instructor gave you a new password on" in page
    assert client.post("/account/password", data={"current": password, "password": password}).status_code == 422
    assert client.post("/account/password", data={"current": password, "password": NEW}).status_code == 303
    assert client.get("/account").status_code == 200
    assert "Your instructor gave" not in client.get("/account/password").text


def test_an_instructor_resets_no_password_that_an_address_or_a_role_protects(
    app: Flask, people: People, sign_in: SignedIn
) -> None:
    instructor = sign_in(people.instructor)
    for person in (people.student, people.assistant, people.instructor):
        address = f"/classes/{people.section}/people/{place_of(app, people, person)}/password"
        assert instructor.post(address).status_code == 403
        assert can_sign_in(app, person, PASSWORD)


def test_nobody_else_resets_a_password(app: Flask, people: People, sign_in: SignedIn) -> None:
    place = place_of(app, people, people.classmate)
    address = f"/classes/{people.section}/people/{place}/password"
    assert sign_in(people.assistant).post(address).status_code == 403
    assert sign_in(people.student).post(address).status_code == 403
    assert sign_in(people.stranger).post(address).status_code == 404
    elsewhere = f"/classes/{people.other_section}/people/{place}/password"
    assert sign_in(people.other_instructor).post(elsewhere).status_code == 404
    assert can_sign_in(app, people.classmate, PASSWORD)
    assert one_value(app, select(func.count()).select_from(SignIn).where(SignIn.user_id == people.classmate.id)) == 1
