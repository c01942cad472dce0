"""Signing in and out."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import select

from classroom.models import SignIn, User
from tests.classroom.doors import one_value
from tests.support.browsing import PASSWORD, Client, client_of
from tests.support.databases import Database
from tests.support.moments import Clock
from tests.support.people import People, Person
from tests.support.statements import CountStatements

SignedIn = Callable[[Person | str], Client]


def post_login(client: Client, username: str, password: str = PASSWORD, **more: str) -> object:
    return client.post("/login", data={"username": username, "password": password, **more})


def test_the_door_is_open_and_asks_for_two_things(client: Client) -> None:
    page = client.get("/login")
    assert page.status_code == 200
    assert 'name="username"' in page.text
    assert 'name="password"' in page.text


@pytest.mark.parametrize("name", ["student@example.org", "STUDENT@Example.org", "  student@example.org "])
def test_a_person_signs_in_by_address_whatever_its_case(client: Client, people: People, name: str) -> None:
    answer = client.post("/login", data={"username": name, "password": PASSWORD})
    assert (answer.status_code, answer.location) == (303, "/")
    assert people.student.name in client.get("/account").text


def test_a_person_signs_in_by_username(client: Client, people: People) -> None:
    client.post("/register", data={"name": "Uma Reed", "username": "Uma.Reed", "password": "three green bottles"})
    client.post("/logout")
    answer = client.post("/login", data={"username": "uma.reed", "password": "three green bottles"})
    assert answer.status_code == 303


@pytest.mark.parametrize(
    ("username", "password"),
    [("student@example.org", "wrong"), ("nobody@example.org", PASSWORD), ("student@example.org", PASSWORD + " ")],
)
def test_a_wrong_pair_is_refused_in_the_same_words_with_the_name_kept(
    client: Client, people: People, username: str, password: str
) -> None:
    answer = client.post("/login", data={"username": username, "password": password})
    assert answer.status_code == 422
    assert "do not fit together" in answer.text
    assert f'value="{username}"' in answer.text
    assert password not in answer.text
    assert client.get("/account").status_code == 303


@pytest.mark.parametrize("sent", [{}, {"username": "student@example.org"}, {"password": PASSWORD}])
def test_an_empty_field_is_named(client: Client, people: People, sent: dict[str, str]) -> None:
    answer = client.post("/login", data=sent)
    assert answer.status_code == 422
    assert "Enter your" in answer.text


def test_whoever_was_sent_to_the_door_comes_back(client: Client, people: People) -> None:
    away = client.get("/account?from=here")
    assert away.status_code == 303
    page = client.get(away.location)
    assert 'value="/account?from=here"' in page.text
    answer = client.post(
        "/login", data={"username": "student@example.org", "password": PASSWORD, "next": "/account?from=here"}
    )
    assert answer.location == "/account?from=here"


@pytest.mark.parametrize(
    "target",
    ["https://example.com/", "//example.com/", "/\\example.com", "javascript:alert(1)", "/\t/example.com", "x"],
)
def test_nobody_is_sent_to_another_site(client: Client, people: People, target: str) -> None:
    answer = client.post("/login", data={"username": "student@example.org", "password": PASSWORD, "next": target})
    assert (answer.status_code, answer.location) == (303, "/")


def test_signing_out_ends_this_device_and_no_other(app: Flask, people: People, sign_in: SignedIn) -> None:
    here, there = sign_in(people.student), sign_in(people.student)
    stolen = here.get_cookie("session")
    assert here.post("/logout").location == "/login"
    assert here.get("/account").status_code == 303
    assert there.get("/account").status_code == 200
    again = client_of(app)
    again.set_cookie("session", stolen.value)
    assert again.get("/account").status_code == 303, "the cookie of an ended sign-in still opens the door"


def test_signing_out_is_a_post(people: People, sign_in: SignedIn) -> None:
    client = sign_in(people.student)
    assert client.get("/logout").status_code == 405
    assert client.post("/logout", csrf=False).status_code == 400
    assert client.get("/account").status_code == 200


def test_the_database_keeps_no_token(app: Flask, people: People, sign_in: SignedIn) -> None:
    client = sign_in(people.student)
    with client.session_transaction() as session:
        token = session["_user_id"]
    assert one_value(app, select(SignIn.token_hash)) != token
    assert token not in one_value(app, select(SignIn.token_hash))


def test_a_sign_in_ends_after_sixty_days(people: People, sign_in: SignedIn, clock: Clock) -> None:
    client = sign_in(people.student)
    clock.forward(days=59)
    assert client.get("/account").status_code == 200
    clock.forward(days=2)
    assert client.get("/account").status_code == 303


def test_a_script_logs_in_over_a_page_and_learns_who_it_is(client: Client, people: People) -> None:
    script = {"X-Fragment": "1", "Accept": "application/json"}
    assert client.get("/session", headers=script).status_code == 401
    form = client.get("/login", headers=script).text
    assert "<html" not in form
    assert 'name="password"' in form
    wrong = client.post("/login", data={"username": "student@example.org", "password": "x"}, headers=script)
    assert (wrong.status_code, "<html" in wrong.text) == (422, False)
    assert "do not fit together" in wrong.text
    right = client.post("/login", data={"username": "student@example.org", "password": PASSWORD}, headers=script)
    assert (right.status_code, right.text) == (204, "")
    told = client.get("/session", headers=script)
    assert told.json["person"] == people.student.id
    assert told.headers["Cache-Control"] == "no-store"


def test_a_new_sign_in_starts_a_new_session(client: Client, people: People) -> None:
    with client.session_transaction() as session:
        session["left_behind"] = "by somebody else"
    client.post("/login", data={"username": "student@example.org", "password": PASSWORD})
    with client.session_transaction() as session:
        assert "left_behind" not in session


def test_too_many_failures_of_one_name_wait_and_say_how_long(
    app: Flask, client: Client, people: People, clock: Clock
) -> None:
    for _ in range(10):
        assert client.post("/login", data={"username": "student@example.org", "password": "x"}).status_code == 422
    answer = client.post("/login", data={"username": "Student@example.org", "password": PASSWORD})
    assert answer.status_code == 429
    assert 0 < int(answer.headers["Retry-After"]) <= 15 * 60 + 1
    assert "Try again in 15 minutes" in answer.text
    assert 'value="Student@example.org"' in answer.text
    other = client_of(app).post("/login", data={"username": "classmate@example.org", "password": PASSWORD})
    assert other.status_code == 303, "one name's failures stop another"
    clock.forward(minutes=16)
    answer = client.post("/login", data={"username": "student@example.org", "password": PASSWORD})
    assert answer.status_code == 303


def test_a_school_behind_one_address_is_not_one_person(client: Client, people: People) -> None:
    for number in range(60):
        client.post("/login", data={"username": f"pupil{number}", "password": "wrong"})
    answer = client.post("/login", data={"username": "student@example.org", "password": PASSWORD})
    assert answer.status_code == 303


def test_the_sign_in_of_a_request_costs_one_statement(
    people: People, sign_in: SignedIn, count_statements: CountStatements
) -> None:
    client = sign_in(people.student)
    with count_statements() as seen:
        client.get("/account/password")
    assert len([statement for statement in seen if "sign_ins" in statement]) == 1


def test_nothing_is_written_while_a_password_is_checked(
    client: Client, people: People, count_statements: CountStatements
) -> None:
    with count_statements() as seen:
        client.post("/login", data={"username": "student@example.org", "password": PASSWORD})
    first_write = next(place for place, statement in enumerate(seen) if statement.startswith("INSERT"))
    assert all(statement.startswith("SELECT") for statement in list(seen)[:first_write])
    assert len(seen) <= 5
    assert seen.commits == 1


def test_an_older_hash_is_renewed_at_the_next_sign_in(database: Database, people: People) -> None:
    strong = database.make_app(COLLOQUY_CHEAP_PASSWORDS="no")
    before = one_value(strong, select(User.password_hash).where(User.id == people.student.id))
    client = client_of(strong)
    assert client.post("/login", data={"username": "student@example.org", "password": PASSWORD}).status_code == 303
    after = one_value(strong, select(User.password_hash).where(User.id == people.student.id))
    assert before != after
    assert "m=19456" in after
