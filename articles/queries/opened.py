"""Readings as their students are told of them: when one opened, and for whom."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, bindparam, case, or_, select

from articles.models import Assignment
from articles.queries.assignments import due_at, with_own_dates
from classroom.models import Enrollment, Section
from core.database import AnySelect, UTCDateTime

NOW = bindparam("now", type_=UTCDateTime)
SINCE = bindparam("since", type_=UTCDateTime)
SOON = bindparam("soon", type_=UTCDateTime)


def opened_at() -> ColumnElement[datetime]:
    """When a reading opened to its class: on its date or, if that was past already, when it was given."""
    moment: Any = case((Assignment.opens_at > Assignment.created_at, Assignment.opens_at), else_=Assignment.created_at)
    return moment


def to_students(statement: AnySelect) -> AnySelect:
    """Join a SELECT over Assignment to the students of its class for whom it is open at `now`."""
    return (
        statement.join(Section, Section.id == Assignment.section_id)
        .join(Enrollment, Enrollment.section_id == Section.id)
        .where(
            Section.archived_at.is_(None),
            Enrollment.state == "active",
            Enrollment.role == "student",
            or_(Assignment.opens_at.is_(None), Assignment.opens_at <= NOW),
        )
    )


def whom(object_id: Any) -> AnySelect:
    """Begin a SELECT of those who are told about something of a reading (classroom.fan_outs)."""
    return select(Enrollment.user_id, Assignment.section_id, object_id.label("object_id")).select_from(Assignment)


def of_new_readings() -> AnySelect:
    """Those to whom a reading opened since `since`; who joined afterwards finds it there."""
    new = to_students(whom(Assignment.id))
    return new.where(opened_at() > SINCE, Enrollment.joined_at <= opened_at())


def of_readings_due() -> AnySelect:
    """Those for whom a reading is due within a day of `now`, by their own dates."""
    return with_own_dates(to_students(whom(Assignment.id))).where(due_at() > NOW, due_at() <= SOON)
