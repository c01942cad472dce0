"""Who may not write for others in a class for the time being."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cache

from sqlalchemy import ColumnElement, bindparam, select

from classroom.models import Enrollment, Mute, User
from core.database import AnySelect, read_rows


def muted_for() -> ColumnElement[str | None]:
    """Why the Enrollment of the SELECT is muted; None where it is not."""
    return select(Mute.reason).where(Mute.enrollment_id == Enrollment.id).correlate(Enrollment).scalar_subquery()


@dataclass(frozen=True)
class MuteRow:
    """A student who is muted: why, by whom and since when."""

    enrollment_id: int
    name: str
    reason: str
    muted_by: str
    muted_at: datetime


@cache
def _muted() -> AnySelect:
    person = User.__table__.alias("person")
    return (
        select(Mute.enrollment_id, person.c.name, Mute.reason, User.name, Mute.muted_at)
        .join(Enrollment, Enrollment.id == Mute.enrollment_id)
        .join(person, person.c.id == Enrollment.user_id)
        .join(User, User.id == Mute.muted_by_id)
        .where(Enrollment.section_id == bindparam("section"))
    )


@cache
def _page() -> AnySelect:
    newest = _muted().order_by(Mute.muted_at.desc(), Mute.enrollment_id)
    return newest.limit(bindparam("most")).offset(bindparam("skipped"))


def list_muted(section_id: int, most: int, skipped: int = 0) -> list[MuteRow]:
    """Return the muted students of a class, the newest first. One statement."""
    given = {"section": section_id, "most": most, "skipped": skipped}
    return [MuteRow(*row) for row in read_rows(_page(), given)]


@cache
def _one() -> AnySelect:
    return _muted().where(Mute.enrollment_id == bindparam("enrollment"))


def find_mute(section_id: int, enrollment_id: int) -> MuteRow | None:
    """Return why a person of a class is muted, None if they are not."""
    row = read_rows(_one(), {"section": section_id, "enrollment": enrollment_id}).first()
    return MuteRow(*row) if row else None
