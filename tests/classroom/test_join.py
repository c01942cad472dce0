"""Joining a class by its code."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import func, select

from classroom import operations
from classroom.models import Enrollment, Section, User
from classroom.operations import enrollments
from core.database import commit
from core.throttle import Limit
from tests.classroom.doors import one_value, values
from tests.support.browsing import Client, client_of
from tests.support.moments import Clock
from tests.support.people import People, Person

SignedIn = Callable[[Person | str], Client]
GOOD = {"name": "Uma Reed", "username": "uma.reed", "password": "three green bottles"}


@pytest.fixture
def code(app: Flask, people: People) -> str:
    """The join code of the first class."""
    return str(one_value(app, select(Section.join_code).where(Section.id == people.section)))


def place_of(app: Flask, user_id: int, section_id: int) -> Enrollment | None:
    found = values(app, select(Enrollment).where(Enrollment.user_id == user_id, Enrollment.section_id == section_id))
    return found[0] if found else None


def test_a_code_leads_to_its_class_however_it_is_typed(client: Client, code: str) -> None:
    typed = f" {code[:3].lower()}-{code[3:].lower()} "
    answer = client.get("/join", query_string={"code": typed})
    assert (answer.status_code, answer.location) == (303, f"/join/{code}")


def test_a_code_of_no_class_says_so_and_stays_in_the_field(client: Client, people: People) -> None:
    answer = client.get("/join", query_string={"code": "K7M 40X"})
    assert answer.status_code == 422
    assert "No class uses the code K7M 40X" in answer.text
    assert "Codes never contain 0" in answer.text
    assert 'value="K7M 40X"' in answer.text
    assert client.get("/join", query_string={"code": ""}).status_code == 422
    assert client.get("/join/K7M40X").status_code == 404
    assert client.get("/join/%00<script>").status_code == 404
    assert client.post("/join/K7M40X", data=GOOD).status_code == 404


def test_whoever_tries_very_many_codes_has_to_wait(
    client: Client, code: str, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("classroom.code_guesses.MOST", 3)
    here = {"environ_base": {"REMOTE_ADDR": "10.1.1.1"}}
    for typed in ("AAAAAA", "BBBBBB"):
        assert client.get("/join", query_string={"code": typed}, **here).status_code == 422
    assert client.get("/join/CCCCCC", **here).status_code == 404
    answer = client.get("/join", query_string={"code": code}, **here)
    assert answer.status_code == 429
    assert 0 < int(answer.headers["Retry-After"]) <= 900
    assert f'value="{code}"' in answer.text
    assert client.get(f"/join/{code}", **here).status_code == 429
    assert client.post(f"/join/{code}", data=GOOD, **here).status_code == 429
    assert client.get(f"/join/{code}", environ_base={"REMOTE_ADDR": "10.1.1.2"}).status_code == 200
    clock.forward(minutes=16)
    assert client.get(f"/join/{code}", **here).status_code == 200


def test_the_accounts_that_a_code_makes_are_counted_with_the_others(
    app: Flask, client: Client, people: People, code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("classroom.sign_in_limits.ACCOUNTS_PER_ADDRESS", Limit(hits=1, seconds=900))
    assert client_of(app).post(f"/join/{code}", data=GOOD).status_code == 303
    answer = client.post(f"/join/{code}", data={**GOOD, "username": "uma.two"})
    assert answer.status_code == 429
    assert 'value="uma.two"' in answer.text


def test_the_class_and_its_instructor_are_shown_before_an_account_is_asked_for(client: Client, code: str) -> None:
    page = client.get(f"/join/{code}").text
    assert page.index("Reading the News") < page.index("Ingrid Vale") < page.index('name="password"')
    assert "2 students" in page
    assert "Sofia Lind" not in page, "the code tells who is in the class"


def test_somebody_new_makes_an_account_and_is_in(app: Flask, client: Client, people: People, code: str) -> None:
    answer = client.post(f"/join/{code}", data=GOOD)
    assert (answer.status_code, answer.location) == (303, f"/classes/{people.section}")
    user = one_value(app, select(User).where(User.username_key == "uma.reed"))
    assert user.time_zone == "Europe/Berlin", "an account without a zone takes the class's"
    place = place_of(app, user.id, people.section)
    assert place
    assert (place.role, place.state) == ("student", "active")
    assert client.get("/account").status_code == 200


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"name": ""}, "Enter your name"),
        ({"username": "uma@"}, "like name@school.edu"),
        ({"username": "STUDENT@example.org"}, "There is an account with this name already"),
        ({"password": "short"}, "at least 8"),
    ],
)
def test_a_refused_form_keeps_what_was_written_and_makes_nobody(
    app: Flask, client: Client, people: People, code: str, wrong: dict[str, str], words: str
) -> None:
    before = one_value(app, select(func.count()).select_from(User))
    sent = {**GOOD, **wrong}
    answer = client.post(f"/join/{code}", data=sent)
    assert answer.status_code == 422
    assert words in answer.text
    assert f'value="{sent["name"]}"' in answer.text
    assert f'value="{sent["username"]}"' in answer.text
    assert one_value(app, select(func.count()).select_from(User)) == before
    assert client.get("/account").status_code == 303


def test_a_signed_in_person_joins_with_one_button(app: Flask, people: People, sign_in: SignedIn, code: str) -> None:
    client = sign_in(people.stranger)
    page = client.get(f"/join/{code}").text
    assert 'name="password"' not in page
    assert client.post(f"/join/{code}").status_code == 303
    assert client.post(f"/join/{code}").status_code == 303
    assert "You are in this class" in client.get(f"/join/{code}").text
    where = (Enrollment.user_id == people.stranger.id, Enrollment.section_id == people.section)
    assert one_value(app, select(func.count()).select_from(Enrollment).where(*where)) == 1


def test_whoever_has_an_account_signs_in_and_comes_back(app: Flask, people: People, code: str) -> None:
    client = client_of(app)
    assert f"/login?next=/join/{code}" in client.get(f"/join/{code}").text.replace("%2F", "/")


def test_joining_again_takes_up_the_same_place(app: Flask, people: People, sign_in: SignedIn, code: str) -> None:
    before = place_of(app, people.student.id, people.section)
    assert before
    sign_in(people.instructor).post(f"/classes/{people.section}/people/{before.id}/removal")
    assert sign_in(people.student).post(f"/join/{code}").status_code == 303
    after = place_of(app, people.student.id, people.section)
    assert after
    assert (after.id, after.state, after.removed_at) == (before.id, "active", None)


def test_a_removed_assistant_comes_back_by_code_as_a_student(
    app: Flask, people: People, sign_in: SignedIn, code: str
) -> None:
    place = place_of(app, people.assistant.id, people.section)
    assert place
    sign_in(people.instructor).post(f"/classes/{people.section}/people/{place.id}/removal")
    sign_in(people.assistant).post(f"/join/{code}")
    after = place_of(app, people.assistant.id, people.section)
    assert after
    assert (after.state, after.role) == ("active", "student")


def test_staff_who_use_the_code_keep_their_role(app: Flask, people: People, sign_in: SignedIn, code: str) -> None:
    sign_in(people.instructor).post(f"/join/{code}")
    place = place_of(app, people.instructor.id, people.section)
    assert place
    assert place.role == "instructor"


def test_two_tabs_that_join_at_once_share_one_place(
    app: Flask, people: People, code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, looks = enrollments._find, []

    def too_early(user_id: int, section_id: int) -> Enrollment | None:
        looks.append(user_id)
        return None if len(looks) == 1 else real(user_id, section_id)

    with app.app_context():
        first = operations.enroll(people.stranger.id, people.section).id
        commit()
    monkeypatch.setattr(enrollments, "_find", too_early)
    with app.app_context():
        assert operations.enroll(people.stranger.id, people.section).id == first
        commit()
    assert len(looks) == 2
