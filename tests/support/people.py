"""The same few people in every test, in two classes that know nothing of each other."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from flask import Flask

from classroom.models import Enrollment, Section, User
from classroom.names import name_key
from classroom.passwords import hash_password
from core.database import commit, db
from tests.support.browsing import PASSWORD

LONG_AGO = datetime(2026, 1, 5, 8, 0, tzinfo=UTC)
TIME_ZONE = "Europe/Berlin"


@dataclass(frozen=True)
class Person:
    """An account: its id, the address it signs in with, and the name on screen."""

    id: int
    email: str
    name: str


@dataclass(frozen=True)
class People:
    """The first class: instructor, assistant, student, classmate. The other class: other_*. The stranger: none."""

    instructor: Person
    assistant: Person
    student: Person
    classmate: Person
    stranger: Person
    other_instructor: Person
    other_student: Person
    section: int
    other_section: int


ACCOUNTS = {
    "instructor": ("Ingrid Vale", "instructor"),
    "assistant": ("Amir Tahan", "student"),
    "student": ("Sofia Lind", "student"),
    "classmate": ("Carl Moreau", "student"),
    "stranger": ("Stella Grey", "student"),
    "other_instructor": ("Oscar Brandt", "instructor"),
    "other_student": ("Olga Petrova", "student"),
}


def make_people(app: Flask) -> People:
    """Put the people and their two classes into the database; everybody's password is PASSWORD."""
    with app.app_context():
        password_hash = hash_password(PASSWORD)
        persons = {key: _make_person(key, *of, password_hash) for key, of in ACCOUNTS.items()}
        section = _make_section("Reading the News", "KQWMNP")
        other_section = _make_section("World Politics", "RSTXYZ")
        for place in (
            ("instructor", section, "instructor"),
            ("assistant", section, "assistant"),
            ("student", section, "student"),
            ("classmate", section, "student"),
            ("other_instructor", other_section, "instructor"),
            ("other_student", other_section, "student"),
        ):
            key, section_id, role = place
            db.session.add(
                Enrollment(
                    user_id=persons[key].id, section_id=section_id, role=role, state="active", joined_at=LONG_AGO
                )
            )
        commit()
    return People(**persons, section=section, other_section=other_section)


def _make_person(key: str, name: str, role: str, password_hash: str) -> Person:
    email = f"{key.replace('_', '.')}@example.org"
    user = User(
        name=name,
        email=email,
        email_key=name_key(email),
        email_confirmed_at=LONG_AGO,
        password_hash=password_hash,
        role=role,
        time_zone=TIME_ZONE,
        created_at=LONG_AGO,
    )
    db.session.add(user)
    db.session.flush()
    return Person(user.id, email, name)


def _make_section(name: str, join_code: str) -> int:
    section = Section(name=name, term="Autumn 2026", time_zone=TIME_ZONE, join_code=join_code, created_at=LONG_AGO)
    db.session.add(section)
    db.session.flush()
    return section.id
