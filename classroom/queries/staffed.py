"""The running classes of which a person is staff."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, and_, bindparam, select

from classroom.models import STAFF, Enrollment, Section
from core.database import AnySelect, read_rows

MOST = 100


@dataclass(frozen=True)
class StaffedClass:
    """A class that is not archived, and what the person is in it."""

    id: int
    name: str
    zone: str
    role: str


def is_staffed_by(user_id: Any) -> ColumnElement[bool]:
    """Whether a person works with the Section, which is not archived, as the Enrollment around it says."""
    return and_(
        Enrollment.user_id == user_id,
        Enrollment.state == "active",
        Enrollment.role.in_(STAFF),
        Section.archived_at.is_(None),
    )


@cache
def _staffed() -> AnySelect:
    return (
        select(Section.id, Section.name, Section.time_zone, Enrollment.role)
        .join(Enrollment, Enrollment.section_id == Section.id)
        .where(is_staffed_by(bindparam("user_id")))
        .order_by(Section.name, Section.id)
        .limit(MOST)
    )


def list_staffed_classes(user_id: int) -> list[StaffedClass]:
    """Return the running classes in which the person is staff, by name, at most MOST. One statement."""
    return [StaffedClass(*row) for row in read_rows(_staffed(), {"user_id": user_id})]
