"""Classes: making one, its settings, its code, its archive."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import func, select

from classroom.join_codes import shown
from classroom.models import Enrollment, Section
from tests.classroom.doors import log_of, one_value, values
from tests.support.browsing import Client
from tests.support.people import People, Person

SignedIn = Callable[[Person | str], Client]
GOOD = {"name": "Peace and Conflict, A", "term": "Autumn 2026", "time_zone": "Europe/Istanbul"}


def section_of(app: Flask, section_id: int) -> Section:
    found = one_value(app, select(Section).where(Section.id == section_id))
    assert isinstance(found, Section)
    return found


def test_an_instructor_makes_a_class_and_sees_its_code_at_once(app: Flask, people: People, sign_in: SignedIn) -> None:
    client = sign_in(people.instructor)
    answer = client.post("/classes/new", data=GOOD)
    assert answer.status_code == 303
    section_id = max(values(app, select(Section.id)))
    assert answer.location == f"/classes/{section_id}/people"
    made = section_of(app, section_id)
    assert (made.name, made.term, made.time_zone) == tuple(GOOD.values())
    page = client.get(answer.location).text
    assert shown(made.join_code) in page
    assert f"/join/{made.join_code}" in page
    place = one_value(app, select(Enrollment).where(Enrollment.section_id == section_id))
    assert (place.user_id, place.role, place.state) == (people.instructor.id, "instructor", "active")
    assert log_of(app)[-1] == "create-class"


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"name": "  "}, "Give the class a name"),
        ({"name": "x" * 121}, "at most 120"),
        ({"term": "x" * 61}, "at most 60"),
        ({"time_zone": "Mars/Olympus"}, "Choose a time zone"),
        ({"time_zone": ""}, "Choose a time zone"),
    ],
)
def test_a_refused_class_comes_back_as_written(
    app: Flask, people: People, sign_in: SignedIn, wrong: dict[str, str], words: str
) -> None:
    sent = {**GOOD, **wrong}
    answer = sign_in(people.instructor).post("/classes/new", data=sent)
    assert answer.status_code == 422
    assert words in answer.text
    assert sent["term"] in answer.text
    assert one_value(app, select(func.count()).select_from(Section)) == 2


def test_only_instructors_make_classes(people: People, sign_in: SignedIn) -> None:
    for person in (people.student, people.assistant):
        client = sign_in(person)
        assert client.get("/classes/new").status_code == 403
        assert client.post("/classes/new", data=GOOD).status_code == 403


def test_an_instructor_changes_the_settings(app: Flask, people: People, sign_in: SignedIn) -> None:
    client = sign_in(people.instructor)
    address = f"/classes/{people.section}/settings"
    assert "Reading the News" in client.get(address).text
    assert client.post(address, data=GOOD).location == address
    changed = section_of(app, people.section)
    assert (changed.name, changed.term, changed.time_zone) == tuple(GOOD.values())
    refused = client.post(address, data={**GOOD, "name": ""})
    assert refused.status_code == 422
    assert "Give the class a name" in refused.text


def test_a_rotated_code_replaces_the_old_one(app: Flask, people: People, sign_in: SignedIn, client: Client) -> None:
    old = section_of(app, people.section).join_code
    assert client.get(f"/join/{old}").status_code == 200
    assert sign_in(people.instructor).post(f"/classes/{people.section}/join-code").status_code == 303
    new = section_of(app, people.section).join_code
    assert new != old
    assert client.get(f"/join/{old}").status_code == 404
    assert client.get(f"/join/{new}").status_code == 200
    assert log_of(app)[-1] == "rotate-join-code"


def test_a_class_is_closed_and_opened_for_joining(app: Flask, people: People, sign_in: SignedIn) -> None:
    instructor, stranger = sign_in(people.instructor), sign_in(people.stranger)
    code = section_of(app, people.section).join_code
    instructor.post(f"/classes/{people.section}/joining", data={"open": "0"})
    assert "not taking new people now" in stranger.get(f"/join/{code}").text
    assert stranger.post(f"/join/{code}").status_code == 409
    instructor.post(f"/classes/{people.section}/joining", data={"open": "1"})
    assert stranger.post(f"/join/{code}").status_code == 303
    assert log_of(app)[-2:] == ["close-join-code", "open-join-code"]


ARCHIVED_REFUSES = (
    ("/settings", GOOD),
    ("/join-code", {}),
    ("/joining", {"open": "1"}),
    ("/roster", {"roster": "Anna"}),
    ("/roster/import", {"roster": "Anna", "seen": "x"}),
    ("/people/{place}/role", {"role": "observer"}),
    ("/people/{place}/removal", {}),
    ("/people/{place}/restoration", {}),
    ("/people/{place}/password", {}),
)


def test_an_archived_class_is_read_and_not_changed_until_it_is_opened(
    app: Flask, people: People, sign_in: SignedIn
) -> None:
    instructor = sign_in(people.instructor)
    base = f"/classes/{people.section}"
    where = (Enrollment.user_id == people.classmate.id, Enrollment.section_id == people.section)
    place = one_value(app, select(Enrollment.id).where(*where))
    assert instructor.post(f"{base}/archive").status_code == 303
    assert instructor.get(f"{base}/people").status_code == 200
    assert instructor.get(f"{base}/settings").status_code == 200
    before = values(app, select(Enrollment.role).order_by(Enrollment.id)), section_of(app, people.section).join_code
    for path, data in ARCHIVED_REFUSES:
        answer = instructor.post(base + path.format(place=place), data=data)
        assert answer.status_code == 403, path
        assert "archived" in answer.text
    after = values(app, select(Enrollment.role).order_by(Enrollment.id)), section_of(app, people.section).join_code
    assert before == after
    assert sign_in(people.stranger).post(f"/join/{before[1]}").status_code == 409
    assert instructor.post(f"{base}/reopening").status_code == 303
    assert instructor.post(f"{base}/settings", data=GOOD).status_code == 303
    assert log_of(app)[-2:] == ["archive-class", "unarchive-class"]


@pytest.mark.parametrize("path", ["settings", "join-code", "joining", "archive", "reopening"])
def test_settings_are_for_the_instructors_of_the_class(
    app: Flask, people: People, sign_in: SignedIn, path: str
) -> None:
    address = f"/classes/{people.section}/{path}"
    for person, status in (
        (people.assistant, 403),
        (people.student, 403),
        (people.stranger, 404),
        (people.other_instructor, 404),
    ):
        assert sign_in(person).post(address, data=GOOD).status_code == status
    same = section_of(app, people.section)
    assert (same.name, same.archived_at, same.join_open) == ("Reading the News", None, True)


def test_the_switcher_lists_the_persons_own_classes(people: People, sign_in: SignedIn) -> None:
    page = sign_in(people.instructor).get(f"/classes/{people.section}/people").text
    assert "Reading the News" in page
    assert "World Politics" not in page


def test_a_name_that_is_too_long_is_not_cut_and_comes_back_whole(people: People, sign_in: SignedIn) -> None:
    client = sign_in(people.instructor)
    assert "maxlength" not in client.get("/classes/new").text
    answer = client.post("/classes/new", data={**GOOD, "name": "long " * 80})
    assert answer.status_code == 422
    assert ("long " * 80).strip() in answer.text
    assert "<title>Error:" in answer.text
