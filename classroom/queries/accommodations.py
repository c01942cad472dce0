"""What students of a class are allowed beyond others, for its staff and for themselves."""

from __future__ import annotations

from sqlalchemy import select

from classroom.allowances import USUAL, Allowance
from classroom.models import Accommodation, Enrollment
from core.database import db

_COLUMNS = tuple(getattr(Accommodation, name) for name in Allowance.__dataclass_fields__)


def list_allowances(section_id: int) -> dict[int, Allowance]:
    """Return by enrollment id what people of the class are allowed, for those who have something of their own."""
    rows = db.session.execute(
        select(Accommodation.enrollment_id, *_COLUMNS)
        .join(Enrollment, Enrollment.id == Accommodation.enrollment_id)
        .where(Enrollment.section_id == section_id)
        .order_by(Accommodation.enrollment_id)
        .limit(5_000)
    )
    return {row[0]: Allowance(*row[1:]) for row in rows}


def find_allowance(enrollment_id: int) -> Allowance:
    """Return what one student is allowed; the usual where nothing else is said."""
    row = db.session.execute(select(*_COLUMNS).where(Accommodation.enrollment_id == enrollment_id)).one_or_none()
    return Allowance(*row) if row else USUAL
