"""Classes, found through the person's place in them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import bindparam, func, select

from classroom.join_codes import normalise
from classroom.models import Enrollment, Section, User
from core.database import AnySelect, db, read_rows
from core.web import not_found


@dataclass(frozen=True)
class EnrollmentRow:
    """A person's active place in a class."""

    enrollment_id: int
    user_id: int
    section_id: int
    section_name: str
    time_zone: str
    role: str
    archived: bool


@dataclass(frozen=True)
class SectionRow:
    """A class in the list of one's own."""

    id: int
    name: str
    term: str
    role: str
    archived: bool


@dataclass(frozen=True)
class SettingsRow:
    """What the staff of a class see of its settings."""

    id: int
    name: str
    term: str
    time_zone: str
    join_code: str
    join_open: bool
    archived: bool


@dataclass(frozen=True)
class FoundSection:
    """What anybody with the join code may know of a class."""

    id: int
    name: str
    term: str
    time_zone: str
    join_open: bool
    archived: bool
    students: int
    instructors: tuple[str, ...]


@dataclass(frozen=True)
class InvitationRow:
    """A place that waits for the person's yes."""

    enrollment_id: int
    section_id: int
    section_name: str
    term: str
    instructors: str


_PLACE = (
    Enrollment.id,
    Enrollment.user_id,
    Section.id.label("section_id"),
    Section.name,
    Section.time_zone,
    Enrollment.role,
    Section.archived_at.is_not(None),
)


@cache
def _place_in_section() -> AnySelect:
    return (
        select(*_PLACE)
        .join(Section, Section.id == Enrollment.section_id)
        .where(
            Enrollment.user_id == bindparam("user_id"),
            Section.id == bindparam("section_id"),
            Enrollment.state == "active",
        )
    )


def find_enrollment(user_id: int, section_id: int) -> EnrollmentRow | None:
    """Return the person's active place in the class, or None."""
    row = read_rows(_place_in_section(), {"user_id": user_id, "section_id": section_id}).first()
    return EnrollmentRow(*row) if row else None


def get_enrollment_for(user_id: int, section_id: int) -> EnrollmentRow:
    """Return the person's active place in the class; 404 if there is none."""
    return find_enrollment(user_id, section_id) or not_found()


@cache
def _own_sections() -> AnySelect:
    archived = Section.archived_at.is_not(None)
    return (
        select(Section.id, Section.name, Section.term, Enrollment.role, archived)
        .join(Enrollment, Enrollment.section_id == Section.id)
        .where(Enrollment.user_id == bindparam("user_id"), Enrollment.state == "active")
        .order_by(archived, Section.name, Section.id)
        .limit(200)
    )


def list_sections_for(user_id: int) -> Sequence[SectionRow]:
    """Return the classes in which a person has an active place, archived ones last, at most 200."""
    return [SectionRow(*row) for row in read_rows(_own_sections(), {"user_id": user_id})]


def get_settings(section_id: int) -> SettingsRow:
    """Return the settings of a class whose viewer has a place in it; 404 if it is gone."""
    statement = select(
        Section.id,
        Section.name,
        Section.term,
        Section.time_zone,
        Section.join_code,
        Section.join_open,
        Section.archived_at.is_not(None),
    ).where(Section.id == section_id)
    row = db.session.execute(statement).one_or_none()
    return SettingsRow(*row) if row else not_found()


def find_section_by_code(typed: str) -> FoundSection | None:
    """Return the class with this join code, however it was typed, with its instructors and number of students."""
    code = normalise(typed)
    students = (
        select(func.count())
        .where(Enrollment.section_id == Section.id, Enrollment.role == "student", Enrollment.state == "active")
        .correlate(Section)
        .scalar_subquery()
    )
    statement = select(
        Section.id,
        Section.name,
        Section.term,
        Section.time_zone,
        Section.join_open,
        Section.archived_at.is_not(None),
        students,
    ).where(Section.join_code == code)
    row = db.session.execute(statement).one_or_none()
    if row is None:
        return None
    values: tuple[Any, ...] = (*row, _instructors_of((row.id,)).get(row.id, ()))
    return FoundSection(*values)


def _instructors_of(section_ids: Sequence[int]) -> dict[int, tuple[str, ...]]:
    statement = (
        select(Enrollment.section_id, User.name)
        .join(User, User.id == Enrollment.user_id)
        .where(
            Enrollment.section_id.in_(section_ids),
            Enrollment.role == "instructor",
            Enrollment.state == "active",
        )
        .order_by(Enrollment.section_id, Enrollment.id)
        .limit(1_000)
    )
    names: dict[int, tuple[str, ...]] = {}
    for section_id, name in db.session.execute(statement):
        names[section_id] = (*names.get(section_id, ()), name)
    return names


def list_invitations_for(user_id: int) -> Sequence[InvitationRow]:
    """Return the places that wait for a person's yes, in classes that are not archived; two statements at most."""
    statement = (
        select(Enrollment.id, Section.id.label("section_id"), Section.name, Section.term)
        .join(Section, Section.id == Enrollment.section_id)
        .where(Enrollment.user_id == user_id, Enrollment.state == "invited", Section.archived_at.is_(None))
        .order_by(Section.name, Enrollment.id)
        .limit(50)
    )
    rows = db.session.execute(statement).all()
    names = _instructors_of([row.section_id for row in rows]) if rows else {}
    return [InvitationRow(*row, instructors=", ".join(names.get(row.section_id, ()))) for row in rows]


def get_invitation_for(user_id: int, enrollment_id: int) -> EnrollmentRow:
    """Return the person's own invitation; 404 if it is not theirs or no longer waits."""
    statement = (
        select(*_PLACE)
        .join(Section, Section.id == Enrollment.section_id)
        .where(Enrollment.id == enrollment_id, Enrollment.user_id == user_id, Enrollment.state == "invited")
    )
    row = db.session.execute(statement).one_or_none()
    return EnrollmentRow(*row) if row else not_found()
