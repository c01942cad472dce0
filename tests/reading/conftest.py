"""More people for a reading."""

from __future__ import annotations

import pytest

from classroom.operations.accounts import NewUser, create_user
from classroom.operations.enrollments import enroll
from core.database import commit
from tests.support.people import TIME_ZONE, Person


@pytest.fixture
def make_person(app, people):
    """`make_person("Zenobia Quill")` adds a student to the first class."""

    def made(name: str) -> Person:
        with app.app_context():
            email = f"{name.split()[0].lower()}@example.org"
            user = create_user(NewUser(name, "!", email=email, time_zone=TIME_ZONE))
            enroll(user.id, people.section)
            commit()
            return Person(user.id, email, name)

    return made
