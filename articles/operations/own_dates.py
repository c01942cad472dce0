"""The dates that single students have instead of the class's, and the latest that anybody has.

They follow from the class's dates and from extra days, and are written whenever either changes.
Whoever was given extra days counts in the latest dates as long as the row is there, former people too.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, ScalarSelect, delete, func, insert, select, true, update

from articles.models import Assignment, OwnDates
from classroom.models import Accommodation, Enrollment, Section
from core.database import db
from core.dates import days_later


def hold_dates(section_id: ScalarSelect[int] | int) -> None:
    """Hold a class and its assignments until the commit: of two changes of dates the second sees the first.

    The order of locks is one for everybody: a place in the class, the class, deliveries, assignments, attempts, counts.
    """
    held = select(Section.id).join(Assignment, Assignment.section_id == Section.id).where(Section.id == section_id)
    db.session.execute(held.order_by(Assignment.id).with_for_update(key_share=True, of=(Section, Assignment)))


def hold_dates_of_student(enrollment_id: int) -> None:
    """Hold a student's place as well: until the commit the student starts nothing."""
    held = (
        select(Enrollment.id)
        .join(Section, Section.id == Enrollment.section_id)
        .join(Assignment, Assignment.section_id == Section.id)
        .where(Enrollment.id == enrollment_id)
        .order_by(Assignment.id)
        .with_for_update(key_share=True, of=(Enrollment, Section, Assignment))
    )
    db.session.execute(held)


@contextmanager
def own_dates_follow_zone(section_id: int) -> Iterator[None]:
    """Count extra days anew once the class is in another zone: they are days of its calendar."""
    yield
    own = OwnDates.assignment_id.in_(select(Assignment.id).where(Assignment.section_id == section_id))
    _keep(section_id, true(), own)
    _keep_latest(Assignment.section_id == section_id)


def keep_dates_of_assignment(assignment_id: int) -> None:
    """Write everybody's own dates of one assignment, whose dates have changed. Flushed."""
    of = select(Assignment.section_id).where(Assignment.id == assignment_id)
    _keep(of.scalar_subquery(), Assignment.id == assignment_id, OwnDates.assignment_id == assignment_id)
    _keep_latest(Assignment.id == assignment_id)


def keep_dates_of_student(enrollment_id: int) -> None:
    """Write one student's own dates of all the class's assignments, after the extra days changed. Flushed."""
    of = select(Enrollment.section_id).where(Enrollment.id == enrollment_id)
    mine = OwnDates.enrollment_id == enrollment_id
    touched = _keep(of.scalar_subquery(), Enrollment.id == enrollment_id, mine)
    _keep_latest(Assignment.id.in_(sorted(touched)))


def _keep(section: ScalarSelect[int] | int, whose: ColumnElement[bool], rows: ColumnElement[bool]) -> set[int]:
    """Replace `rows` by what the extra days say now; the assignments that either are of.

    The class is locked until the transaction ends: of two changes at once the second sees the first.
    """
    this = Section.id == section
    lock = select(Section.id, Section.time_zone).where(this).with_for_update(key_share=True)
    section_id, zone = db.session.execute(lock).one()
    found = db.session.execute(
        select(Assignment.id, Enrollment.id, Assignment.due_at, Assignment.closes_at, Accommodation.extra_days)
        .join(Enrollment, Enrollment.section_id == Assignment.section_id)
        .join(Accommodation, Accommodation.enrollment_id == Enrollment.id)
        .where(Assignment.section_id == section_id, Accommodation.extra_days > 0, whose)
        .order_by(Assignment.id, Enrollment.id)
    ).all()
    removed = set(db.session.scalars(delete(OwnDates).where(rows).returning(OwnDates.assignment_id)))
    own = [_own_dates(row, zone) for row in found if row.due_at or row.closes_at]
    if own:
        db.session.execute(insert(OwnDates), own)
    return removed | {row["assignment_id"] for row in own}


def _own_dates(row: Any, zone: str) -> dict[str, Any]:
    due_at, closes_at = (_later(moment, row.extra_days, zone) for moment in (row.due_at, row.closes_at))
    if due_at and closes_at:
        closes_at = max(due_at, closes_at)  # a skipped hour may push the one past the other
    return {"assignment_id": row[0], "enrollment_id": row[1], "due_at": due_at, "closes_at": closes_at}


def _later(moment: datetime | None, days: int, zone: str) -> datetime | None:
    return days_later(moment, days, zone) if moment else None


def _keep_latest(which: ColumnElement[bool]) -> None:
    db.session.execute(
        update(Assignment)
        .where(which)
        .values(
            latest_due_at=func.coalesce(_latest(OwnDates.due_at), Assignment.due_at),
            latest_closes_at=func.coalesce(_latest(OwnDates.closes_at), Assignment.closes_at),
        )
        .execution_options(synchronize_session=False)
    )


def _latest(date: Any) -> ScalarSelect[Any]:
    return select(func.max(date)).where(OwnDates.assignment_id == Assignment.id).correlate(Assignment).scalar_subquery()
