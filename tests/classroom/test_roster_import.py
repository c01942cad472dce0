"""Importing a class list: preview, then all of it or nothing."""

from __future__ import annotations

import io
import re
from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import func, select

from classroom import queries
from classroom.models import Enrollment, User
from tests.classroom.doors import log_of, one_time_passwords, one_value, values
from tests.support.browsing import Client, client_of
from tests.support.people import People, Person
from tests.support.statements import CountStatements

SignedIn = Callable[[Person | str], Client]
LIST = "Name,E-mail\nAnna Smith,anna@example.org\nStella Grey,stranger@example.org\nSofia,student@example.org\nJo Li,"


def counts(app: Flask) -> tuple[int, int]:
    users = one_value(app, select(func.count()).select_from(User))
    return users, one_value(app, select(func.count()).select_from(Enrollment))


def seen_in(page: str) -> str:
    found = re.search(r'name="seen" value="(\w+)"', page)
    assert found, "the preview cannot be confirmed"
    return found[1]


def state_of(app: Flask, people: People, email: str) -> list[str]:
    joined = select(Enrollment.state).join(User, User.id == Enrollment.user_id)
    return values(app, joined.where(User.email_key == email, Enrollment.section_id == people.section))


def test_a_preview_tells_what_would_happen_and_writes_nothing(
    app: Flask, people: People, sign_in: SignedIn, count_statements: CountStatements
) -> None:
    client = sign_in(people.instructor)
    before = counts(app)
    with count_statements() as seen:
        answer = client.post(f"/classes/{people.section}/roster", data={"roster": LIST})
    assert answer.status_code == 200
    assert "2 new accounts, 1 invitation, 1 in the class already" in answer.text
    assert "jo.li" in answer.text
    assert not seen.writes()
    assert len(seen) <= 8
    assert counts(app) == before


def test_an_import_makes_accounts_invites_and_prints_one_time_passwords(
    app: Flask, people: People, sign_in: SignedIn
) -> None:
    client = sign_in(people.instructor)
    seen = seen_in(client.post(f"/classes/{people.section}/roster", data={"roster": LIST}).text)
    answer = client.post(f"/classes/{people.section}/roster/import", data={"roster": LIST, "seen": seen})
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-store"
    passwords = one_time_passwords(answer)
    assert len(passwords) == 2
    assert state_of(app, people, "anna@example.org") == ["active"]
    assert state_of(app, people, "stranger@example.org") == ["invited"]
    assert state_of(app, people, "student@example.org") == ["active"]
    assert log_of(app)[-1] == "import-roster"
    for username, password in zip(("anna@example.org", "jo.li"), passwords, strict=True):
        newcomer = client_of(app)
        assert newcomer.post("/login", data={"username": username, "password": password}).status_code == 303
        assert newcomer.get("/account").location == "/account/password"
        newcomer.post("/account/password", data={"current": password, "password": "three green bottles"})
        assert newcomer.get("/account").status_code == 200


def test_the_same_import_twice_makes_nobody_twice(app: Flask, people: People, sign_in: SignedIn) -> None:
    client = sign_in(people.instructor)
    seen = seen_in(client.post(f"/classes/{people.section}/roster", data={"roster": LIST}).text)
    client.post(f"/classes/{people.section}/roster/import", data={"roster": LIST, "seen": seen})
    after = counts(app)
    again = client.post(f"/classes/{people.section}/roster/import", data={"roster": LIST, "seen": seen})
    assert again.status_code == 409
    assert counts(app) == after
    page = client.post(f"/classes/{people.section}/roster", data={"roster": LIST}).text
    assert "0 new accounts, 0 invitations, 4 in the class already" in page
    assert "Everybody on this list is in the class already" in page


def test_one_wrong_line_stops_the_whole_list(app: Flask, people: People, sign_in: SignedIn) -> None:
    client = sign_in(people.instructor)
    wrong = LIST + "\nBad,bad@\nTwice,ANNA@example.org"
    page = client.post(f"/classes/{people.section}/roster", data={"roster": wrong})
    assert page.status_code == 200
    assert "“bad@” is not an e-mail address" in page.text
    assert "stands on line 2 already" in page.text
    assert 'name="seen"' not in page.text
    assert "Bad,bad@" in page.text, "the list is not there to be corrected"
    before = counts(app)
    answer = client.post(f"/classes/{people.section}/roster/import", data={"roster": wrong, "seen": "0" * 16})
    assert answer.status_code == 409
    assert counts(app) == before


def test_what_changed_since_the_preview_is_shown_again(app: Flask, people: People, sign_in: SignedIn) -> None:
    client = sign_in(people.instructor)
    seen = seen_in(client.post(f"/classes/{people.section}/roster", data={"roster": LIST}).text)
    client_of(app).post(
        "/register", data={"name": "Anna Smith", "username": "anna@example.org", "password": "three green bottles"}
    )
    before = counts(app)
    answer = client.post(f"/classes/{people.section}/roster/import", data={"roster": LIST, "seen": seen})
    assert answer.status_code == 409
    assert "Something changed since this list was checked" in answer.text
    assert "1 new account, 2 invitations" in answer.text
    assert counts(app) == before


def test_a_name_taken_at_the_last_moment_undoes_the_whole_import(
    app: Flask, people: People, sign_in: SignedIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    client_of(app).post("/register", data={"name": "Jo", "username": "jo.li", "password": "three green bottles"})
    monkeypatch.setattr(queries, "list_taken_usernames", frozenset)
    client = sign_in(people.instructor)
    seen = seen_in(client.post(f"/classes/{people.section}/roster", data={"roster": LIST}).text)
    before = counts(app)
    answer = client.post(f"/classes/{people.section}/roster/import", data={"roster": LIST, "seen": seen})
    assert answer.status_code == 409
    assert counts(app) == before
    assert state_of(app, people, "stranger@example.org") == []


def test_a_file_is_read_in_its_encoding(people: People, sign_in: SignedIn) -> None:
    raw = "First name;Last name;Email\r\nZoë;Müller;zoe@example.org\r\n".encode("cp1252")
    answer = sign_in(people.instructor).post(
        f"/classes/{people.section}/roster", data={"file": (io.BytesIO(raw), "list.csv"), "roster": ""}
    )
    assert answer.status_code == 200
    assert "Zoë Müller" in answer.text


def test_a_list_that_cannot_be_read_comes_back_as_written(app: Flask, people: People, sign_in: SignedIn) -> None:
    client = sign_in(people.instructor)
    address = f"/classes/{people.section}/roster"
    empty = client.post(address, data={"roster": " "})
    assert empty.status_code == 422
    assert "nobody on this list" in empty.text
    unclosed = client.post(address, data={"roster": 'Name\n"Anna'})
    assert unclosed.status_code == 422
    assert "never closed" in unclosed.text
    assert "&#34;Anna" in unclosed.text
    workbook = client.post(address, data={"file": (io.BytesIO(b"PK\x03\x04"), "list.xlsx")})
    assert workbook.status_code == 422
    assert "Save it as CSV" in workbook.text


def test_hostile_cells_are_only_text(people: People, sign_in: SignedIn) -> None:
    hostile = 'Name,Username\n"<script>alert(1)</script>",anna\n"=HYPERLINK(1)",ben'
    page = sign_in(people.instructor).post(f"/classes/{people.section}/roster", data={"roster": hostile}).text
    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_three_hundred_lines_cost_as_many_reads_as_three(
    people: People, sign_in: SignedIn, count_statements: CountStatements
) -> None:
    client = sign_in(people.instructor)
    reads = []
    for number in (3, 300):
        names = "\n".join(f"Pupil {n},pupil{n}@example.org" for n in range(number))
        with count_statements() as seen:
            client.post(f"/classes/{people.section}/roster", data={"roster": names})
        reads.append(len(seen))
    assert reads[0] == reads[1]


def test_an_import_of_a_large_class_is_one_transaction(
    app: Flask, people: People, sign_in: SignedIn, count_statements: CountStatements
) -> None:
    client = sign_in(people.instructor)
    names = "Name,Email\n" + "\n".join(f"Pupil {n}," for n in range(200))
    seen = seen_in(client.post(f"/classes/{people.section}/roster", data={"roster": names}).text)
    with count_statements() as statements:
        answer = client.post(f"/classes/{people.section}/roster/import", data={"roster": names, "seen": seen})
    assert answer.status_code == 200
    assert statements.commits == 1
    assert len(set(one_time_passwords(answer))) == 200


def test_only_instructors_of_the_class_import(people: People, sign_in: SignedIn) -> None:
    for person, status in ((people.assistant, 403), (people.student, 403), (people.stranger, 404)):
        client = sign_in(person)
        assert client.get(f"/classes/{people.section}/roster").status_code == status
        assert client.post(f"/classes/{people.section}/roster", data={"roster": LIST}).status_code == status
        sent = {"roster": LIST, "seen": "x"}
        assert client.post(f"/classes/{people.section}/roster/import", data=sent).status_code == status
