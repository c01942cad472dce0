"""The people page: who is in a class, and in which role."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import select

from classroom.models import Enrollment
from tests.classroom.doors import log_of, one_value
from tests.support.browsing import Client
from tests.support.people import People, Person, make_students
from tests.support.statements import CountStatements

SignedIn = Callable[[Person | str], Client]


def place_of(app: Flask, person: Person, section: int) -> Enrollment:
    where = (Enrollment.user_id == person.id, Enrollment.section_id == section)
    found = one_value(app, select(Enrollment).where(*where))
    assert isinstance(found, Enrollment)
    return found


def address(app: Flask, people: People, person: Person, act: str) -> str:
    return f"/classes/{people.section}/people/{place_of(app, person, people.section).id}/{act}"


def test_staff_see_everybody_and_only_instructors_can_change_them(people: People, sign_in: SignedIn) -> None:
    for person, can_change in ((people.instructor, True), (people.assistant, False)):
        page = sign_in(person).get(f"/classes/{people.section}/people")
        assert page.status_code == 200
        for name in ("Ingrid Vale", "Amir Tahan", "Sofia Lind", "Carl Moreau"):
            assert name in page.text
        assert "Olga Petrova" not in page.text
        assert ("Take out of the class" in page.text) is can_change


def test_students_and_strangers_do_not_see_the_page(people: People, sign_in: SignedIn) -> None:
    page = f"/classes/{people.section}/people"
    refused = sign_in(people.student).get(page)
    assert refused.status_code == 403
    assert "This page is for your instructors" in refused.text
    assert sign_in(people.stranger).get(page).status_code == 404
    assert sign_in(people.other_instructor).get(page).status_code == 404


def test_the_page_costs_the_same_for_a_large_class(
    app: Flask, people: People, sign_in: SignedIn, count_statements: CountStatements
) -> None:
    client = sign_in(people.instructor)
    counts = []
    for more in (0, 300):
        make_students(app, people.section, more)
        with count_statements() as seen:
            assert client.get(f"/classes/{people.section}/people").status_code == 200
        counts.append(len(seen))
    assert counts[0] == counts[1] <= 7


@pytest.mark.parametrize("role", ["assistant", "observer"])
def test_an_instructor_changes_a_role(app: Flask, people: People, sign_in: SignedIn, role: str) -> None:
    answer = sign_in(people.instructor).post(address(app, people, people.student, "role"), data={"role": role})
    assert answer.status_code == 303
    assert place_of(app, people.student, people.section).role == role
    assert log_of(app)[-1] == "change-role"


@pytest.mark.parametrize("role", ["instructor", "administrator", "", "dean"])
def test_a_student_account_teaches_no_class(app: Flask, people: People, sign_in: SignedIn, role: str) -> None:
    answer = sign_in(people.instructor).post(address(app, people, people.student, "role"), data={"role": role})
    assert answer.status_code == 403
    assert place_of(app, people.student, people.section).role == "student"


def test_a_class_keeps_an_instructor(app: Flask, people: People, sign_in: SignedIn) -> None:
    client = sign_in(people.instructor)
    for act, data in (("role", {"role": "student"}), ("removal", {})):
        answer = client.post(address(app, people, people.instructor, act), data=data)
        assert answer.status_code == 409
        assert "keeps at least one instructor" in answer.text
    place = place_of(app, people.instructor, people.section)
    assert (place.role, place.state) == ("instructor", "active")


def test_removing_keeps_the_place_and_restoring_brings_it_back(app: Flask, people: People, sign_in: SignedIn) -> None:
    instructor, student = sign_in(people.instructor), sign_in(people.student)
    before = place_of(app, people.student, people.section)
    assert instructor.post(address(app, people, people.student, "removal")).status_code == 303
    removed = place_of(app, people.student, people.section)
    assert (removed.id, removed.state) == (before.id, "removed")
    assert removed.removed_at is not None
    assert student.get(f"/classes/{people.section}/people").status_code == 404, "a removed person still has a place"
    page = instructor.get(f"/classes/{people.section}/people").text
    assert page.index("Former") < page.rindex("Sofia Lind")
    assert instructor.post(address(app, people, people.student, "restoration")).status_code == 303
    assert place_of(app, people.student, people.section).state == "active"
    assert student.get(f"/classes/{people.section}/people").status_code == 403
    assert log_of(app)[-2:] == ["remove-person", "restore-person"]


@pytest.mark.parametrize(("act", "data"), [("role", {"role": "observer"}), ("removal", {}), ("restoration", {})])
def test_nobody_else_changes_people(
    app: Flask, people: People, sign_in: SignedIn, act: str, data: dict[str, str]
) -> None:
    target = address(app, people, people.student, act)
    for person, status in ((people.assistant, 403), (people.classmate, 403), (people.stranger, 404)):
        assert sign_in(person).post(target, data=data).status_code == status
    elsewhere = target.replace(f"/classes/{people.section}/", f"/classes/{people.other_section}/")
    assert sign_in(people.other_instructor).post(elsewhere, data=data).status_code == 404
    place = place_of(app, people.student, people.section)
    assert (place.role, place.state) == ("student", "active")
