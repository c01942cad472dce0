"""The first so many students of a class of thousands: where the last of them stands is found along the class's index.

A list of them reads names and dates only so far.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, ScalarSelect, and_, func, select

from classroom.models import Enrollment

EVERYBODY = 2**31 - 1


def studies(student: Any) -> ColumnElement[bool]:
    """Whether a place in a class (Enrollment, or an alias of it) is that of a student of today."""
    return and_(student.state == "active", student.role == "student")


def last_of_first(most: int, student: Any, section_id: Any, *conditions: ColumnElement[bool]) -> ScalarSelect[int]:
    """Return the id with which `most` students of a class fulfil the conditions; NULL where fewer do.

    `student` is an alias of Enrollment; everything else belongs to the SELECT around it.
    """
    return (
        select(student.id)
        .where(student.section_id == section_id, studies(student), *conditions)
        .order_by(student.id)
        .limit(1)
        .offset(most - 1)
        .correlate_except(student)
        .scalar_subquery()
    )


def is_up_to(last: Any) -> ColumnElement[bool]:
    """Whether the Enrollment around it stands no further than `last`, which may be NULL: then everybody does."""
    return Enrollment.id <= func.coalesce(last, EVERYBODY)
