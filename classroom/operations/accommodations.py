"""What one student is allowed beyond others."""

from __future__ import annotations

from dataclasses import asdict

from sqlalchemy import delete, insert, select

from classroom.allowances import USUAL, Allowance
from classroom.models import Accommodation, Enrollment
from core import clock
from core.audit import Act, record
from core.database import db


def set_allowance(actor_id: int, enrollment_id: int, allowance: Allowance) -> None:
    """Give a student this allowance in place of what they had; the usual one takes the row away.

    Own dates and attempts in progress follow from it, but are kept by articles/ and quizzes/.
    """
    columns = [getattr(Accommodation, name) for name in Allowance.__dataclass_fields__]
    section_id, *had = db.session.execute(
        select(Enrollment.section_id, *columns)
        .outerjoin(Accommodation, Accommodation.enrollment_id == Enrollment.id)
        .where(Enrollment.id == enrollment_id)
        .with_for_update(of=Enrollment)
    ).one()
    before = USUAL if had[0] is None else Allowance(*had)
    db.session.execute(delete(Accommodation).where(Accommodation.enrollment_id == enrollment_id))
    if not allowance.is_usual:
        row = {"enrollment_id": enrollment_id, "updated_by_id": actor_id, "updated_at": clock.now()}
        db.session.execute(insert(Accommodation), row | asdict(allowance))
    detail = {"from": asdict(before), "to": asdict(allowance)}
    record(actor_id, Act("change-accommodation", "enrollment", enrollment_id, section_id, detail))
    db.session.flush()
