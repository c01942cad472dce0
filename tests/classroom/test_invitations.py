"""An invitation counts once the person says yes."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import select

from classroom.models import Enrollment
from classroom.operations import archive_section, invite
from classroom.queries import list_invitations_for
from core.database import commit
from tests.classroom.doors import one_value
from tests.support.browsing import Client
from tests.support.people import People, Person

SignedIn = Callable[[Person | str], Client]


@pytest.fixture
def invitation(app: Flask, people: People) -> int:
    """The stranger's invitation to the first class, as an assistant."""
    with app.app_context():
        place = invite(people.stranger.id, people.section, "assistant").id
        commit()
    return place


def state_of(app: Flask, place: int) -> tuple[str, str]:
    found = one_value(app, select(Enrollment).where(Enrollment.id == place))
    return found.state, found.role


def test_an_invited_person_sees_the_class_and_who_teaches_it(app: Flask, people: People, invitation: int) -> None:
    with app.app_context():
        [row] = list_invitations_for(people.stranger.id)
    assert (row.enrollment_id, row.section_name, row.instructors) == (invitation, "Reading the News", "Ingrid Vale")


def test_an_invitation_gives_no_place_until_it_is_accepted(
    app: Flask, people: People, sign_in: SignedIn, invitation: int
) -> None:
    client = sign_in(people.stranger)
    assert client.get(f"/classes/{people.section}/people").status_code == 404
    answer = client.post(f"/invitations/{invitation}/acceptance")
    assert (answer.status_code, answer.location) == (303, f"/classes/{people.section}")
    assert state_of(app, invitation) == ("active", "assistant")
    assert client.get(f"/classes/{people.section}/people").status_code == 200


def test_a_declined_invitation_is_gone(app: Flask, people: People, sign_in: SignedIn, invitation: int) -> None:
    client = sign_in(people.stranger)
    assert client.post(f"/invitations/{invitation}/refusal").location == "/"
    assert state_of(app, invitation)[0] == "removed"
    assert client.post(f"/invitations/{invitation}/acceptance").status_code == 404
    with app.app_context():
        assert list_invitations_for(people.stranger.id) == []


def test_nobody_answers_for_somebody_else(app: Flask, people: People, sign_in: SignedIn, invitation: int) -> None:
    for person in (people.instructor, people.student, people.other_student):
        client = sign_in(person)
        assert client.post(f"/invitations/{invitation}/acceptance").status_code == 404
        assert client.post(f"/invitations/{invitation}/refusal").status_code == 404
    assert state_of(app, invitation)[0] == "invited"


def test_a_place_one_has_is_no_invitation(app: Flask, people: People, sign_in: SignedIn) -> None:
    where = (Enrollment.user_id == people.student.id, Enrollment.section_id == people.section)
    place = one_value(app, select(Enrollment.id).where(*where))
    assert sign_in(people.student).post(f"/invitations/{place}/refusal").status_code == 404
    assert state_of(app, place)[0] == "active"


def test_an_archived_class_waits_for_nobody(app: Flask, people: People, sign_in: SignedIn, invitation: int) -> None:
    with app.app_context():
        archive_section(people.instructor.id, people.section)
        commit()
    with app.app_context():
        assert list_invitations_for(people.stranger.id) == []
    assert sign_in(people.stranger).post(f"/invitations/{invitation}/acceptance").status_code == 403
    assert state_of(app, invitation)[0] == "invited"


def test_an_instructor_takes_an_invitation_back(app: Flask, people: People, sign_in: SignedIn, invitation: int) -> None:
    instructor = sign_in(people.instructor)
    page = instructor.get(f"/classes/{people.section}/people").text
    assert page.index("Invited") < page.index("Stella Grey")
    instructor.post(f"/classes/{people.section}/people/{invitation}/removal")
    assert sign_in(people.stranger).post(f"/invitations/{invitation}/acceptance").status_code == 404
    instructor.post(f"/classes/{people.section}/people/{invitation}/restoration")
    assert state_of(app, invitation)[0] == "invited", "restoring must not answer for the person"
