"""The people of a class, for its staff."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, or_, select

from classroom.models import Enrollment, User
from classroom.names import name_key
from classroom.queries.mutes import muted_for
from classroom.roster_plans import KnownPerson
from core.database import db
from core.web import not_found


@dataclass(frozen=True)
class PersonRow:
    """A person and the place in one class."""

    enrollment_id: int
    user_id: int
    name: str
    username: str | None
    email: str | None
    email_confirmed: bool
    account_role: str
    must_change_password: bool
    role: str
    state: str
    joined_at: datetime | None
    muted_for: str | None


MOST_NAMES = 100_000
_PERSON: tuple[Any, ...] = (
    Enrollment.id,
    User.id.label("user_id"),
    User.name,
    User.username,
    User.email,
    User.email_confirmed_at.is_not(None),
    User.role.label("account_role"),
    User.must_change_password,
    Enrollment.role,
    Enrollment.state,
    Enrollment.joined_at,
    muted_for(),
)


def list_people(section_id: int) -> Sequence[PersonRow]:
    """Return everybody who has or had a place in the class, by name, at most 5,000."""
    statement = (
        select(*_PERSON)
        .join(User, User.id == Enrollment.user_id)
        .where(Enrollment.section_id == section_id)
        .order_by(User.name, Enrollment.id)
        .limit(5_000)
    )
    return [PersonRow(*row) for row in db.session.execute(statement)]


def list_names(section_id: int) -> list[str]:
    """Return the names of everybody who has or had a place in the class. One statement."""
    statement = (
        select(User.name)
        .join(Enrollment, Enrollment.user_id == User.id)
        .where(Enrollment.section_id == section_id)
        .order_by(Enrollment.id)
        .limit(MOST_NAMES)
    )
    return list(db.session.scalars(statement))


def get_person_in(section_id: int, enrollment_id: int) -> PersonRow:
    """Return a person of this class, for staff whose own place was checked; 404 for another class's."""
    statement = (
        select(*_PERSON)
        .join(User, User.id == Enrollment.user_id)
        .where(Enrollment.id == enrollment_id, Enrollment.section_id == section_id)
    )
    row = db.session.execute(statement).one_or_none()
    return PersonRow(*row) if row else not_found()


def find_known_people(section_id: int, names: Iterable[str]) -> Sequence[KnownPerson]:
    """Return the accounts whose username or address is in `names`, and everybody in the class.

    Two statements for a list of any length, each in the order of ids.
    """
    keys = {name_key(name) for name in names}
    columns = (User.id, User.name, User.username_key, User.email_key, Enrollment.state)
    here = and_(Enrollment.user_id == User.id, Enrollment.section_id == section_id)
    members = select(*columns).join(Enrollment, here).order_by(User.id).limit(5_000)
    others = (
        select(*columns)
        .outerjoin(Enrollment, here)
        .where(or_(User.username_key.in_(keys), User.email_key.in_(keys)))
        .order_by(User.id)
        .limit(5_000)
    )
    rows = {row.id: KnownPerson(*row) for statement in (others, members) for row in db.session.execute(statement)}
    return [rows[user_id] for user_id in sorted(rows)]
