"""The people of the demonstration, their accounts and their classes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from classroom.operations import (
    NewSection,
    NewUser,
    create_section,
    create_user,
    enroll,
    label_people,
    set_allowance,
)
from core import clock
from demo.data import People, Person, SectionPlan
from demo.moments import Calendar

TERM_BEGAN = timedelta(days=40)  # before the demonstration is loaded


@dataclass(frozen=True)
class Troupe:
    """A class: its id, its calendar, and the ids of its people's places by their keys."""

    key: str
    section_id: int
    calendar: Calendar
    enrollments: Mapping[str, int]


@dataclass(frozen=True)
class Cast:
    """Everybody's account by key, and the classes. `teacher` teaches all of them."""

    users: Mapping[str, int]
    teacher: int
    troupes: tuple[Troupe, ...]


def load_people(people: People, password_hash: str) -> Cast:
    """Make the accounts and the classes, as they were when the term began."""
    loaded_at = clock.now()
    zone = people.sections[0].time_zone
    with clock.at(loaded_at - TERM_BEGAN):
        teacher = _account(people.instructor, password_hash, zone)
        users = {people.instructor.key: teacher}
        for person in people.others:
            users[person.key] = _account(person, password_hash, zone)
        troupes = []
        for plan in people.sections:
            for student in plan.students:
                users[student.key] = _account(student, password_hash, plan.time_zone)
            troupes.append(_troupe(plan, people.instructor.key, users, loaded_at))
            _set_apart(teacher, plan, troupes[-1])
    return Cast(users, teacher, tuple(troupes))


def term_of(moment: datetime) -> str:
    """The name of the term that a moment falls in: "Fall 2026"."""
    season = "Spring" if moment.month < 6 else "Summer" if moment.month < 8 else "Fall"
    return f"{season} {moment.year}"


def _account(person: Person, password_hash: str, zone: str) -> int:
    new = NewUser(
        person.name,
        password_hash,
        username=person.username,
        email=person.email,
        role=person.role,
        time_zone=person.time_zone or zone,
        email_confirmed=person.email is not None,
    )
    return create_user(new).id


def _troupe(plan: SectionPlan, teacher: str, users: Mapping[str, int], loaded_at: datetime) -> Troupe:
    calendar = Calendar(loaded_at, ZoneInfo(plan.time_zone))
    term = term_of(loaded_at.astimezone(calendar.zone))
    section = create_section(users[teacher], NewSection(plan.name, plan.time_zone, term))
    places = {teacher: enroll(users[teacher], section.id, "instructor").id}
    places |= {key: enroll(users[key], section.id, "instructor").id for key in plan.instructors}
    places |= {key: enroll(users[key], section.id, "assistant").id for key in plan.assistants}
    places |= {student.key: enroll(users[student.key], section.id).id for student in plan.students}
    return Troupe(plan.key, section.id, calendar, places)


def _set_apart(teacher: int, plan: SectionPlan, troupe: Troupe) -> None:
    """Give some students limits of their own, and labels."""
    for key, allowance in plan.allowances.items():
        set_allowance(teacher, troupe.enrollments[key], allowance)
    for label in plan.labels:
        label_people(teacher, troupe.section_id, label.name, [troupe.enrollments[key] for key in label.students])
