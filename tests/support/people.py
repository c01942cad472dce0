"""The same few people in every test, in two classes that know nothing of each other."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from flask import Flask

from classroom.operations.accounts import NewUser, create_user
from classroom.operations.enrollments import enroll
from classroom.operations.sections import NewSection, create_section
from classroom.passwords import hash_password
from core.database import commit
from tests.support.browsing import PASSWORD

TIME_ZONE = "Europe/Berlin"
ACCOUNTS = {
    "instructor": ("Ingrid Vale", "instructor"),
    "assistant": ("Amir Tahan", "student"),
    "student": ("Sofia Lind", "student"),
    "classmate": ("Carl Moreau", "student"),
    "stranger": ("Stella Grey", "student"),
    "other_instructor": ("Oscar Brandt", "instructor"),
    "other_student": ("Olga Petrova", "student"),
}


@dataclass(frozen=True)
class Person:
    """An account: its id, the address it signs in with, and the name on screen."""

    id: int
    email: str
    name: str


@dataclass(frozen=True)
class People:
    """The first class: instructor, assistant, student, classmate. The other class: other_*. The stranger: none.

    The classmate's address is not confirmed: an instructor may reset that password.
    """

    instructor: Person
    assistant: Person
    student: Person
    classmate: Person
    stranger: Person
    other_instructor: Person
    other_student: Person
    section: int
    other_section: int


def make_people(app: Flask) -> People:
    """Put the people and their two classes into the database; everybody's password is PASSWORD."""
    with app.app_context():
        password_hash = _hash_of_password()
        persons = {key: _make_person(key, password_hash) for key in ACCOUNTS}
        section = _make_section(persons["instructor"], "Reading the News")
        other_section = _make_section(persons["other_instructor"], "World Politics")
        enroll(persons["assistant"].id, section, "assistant")
        enroll(persons["student"].id, section)
        enroll(persons["classmate"].id, section)
        enroll(persons["other_student"].id, other_section)
        commit()
    return People(**persons, section=section, other_section=other_section)


def make_students(app: Flask, section: int, count: int, prefix: str = "student") -> list[Person]:
    """Add `count` more students to a class, for what must stay level as it grows."""
    with app.app_context():
        students = []
        for number in range(1, count + 1):
            name, email = f"Student {number:04}", f"{prefix}{number:04}@example.org"
            user = create_user(NewUser(name, _hash_of_password(), email=email, time_zone=TIME_ZONE))
            enroll(user.id, section)
            students.append(Person(user.id, email, name))
        commit()
    return students


@cache
def _hash_of_password() -> str:
    return hash_password(PASSWORD)


def _make_person(key: str, password_hash: str) -> Person:
    name, role = ACCOUNTS[key]
    email = f"{key.replace('_', '.')}@example.org"
    is_confirmed = key != "classmate"
    new = NewUser(name, password_hash, email=email, role=role, time_zone=TIME_ZONE, email_confirmed=is_confirmed)
    return Person(create_user(new).id, email, name)


def _make_section(owner: Person, name: str) -> int:
    return create_section(owner.id, NewSection(name, TIME_ZONE, "Autumn 2026")).id
