"""The labels of a class and who has them, for its staff."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cache

from sqlalchemy import bindparam, func, select

from classroom.models import Enrollment, Label, LabelledEnrollment
from core.database import AnySelect, db, read_rows


@dataclass(frozen=True)
class LabelRow:
    """A label and how many active students have it."""

    id: int
    name: str
    students: int


@cache
def _labels() -> AnySelect:
    return (
        select(Label.id, Label.name, func.count(Enrollment.id))
        .outerjoin(LabelledEnrollment, LabelledEnrollment.label_id == Label.id)
        .outerjoin(
            Enrollment,
            (Enrollment.id == LabelledEnrollment.enrollment_id)
            & (Enrollment.state == "active")
            & (Enrollment.role == "student"),
        )
        .where(Label.section_id == bindparam("section_id"))
        .group_by(Label.id)
        .order_by(Label.name_key, Label.id)
        .limit(200)
    )


def list_labels(section_id: int) -> list[LabelRow]:
    """Return the labels of a class by name, at most 200."""
    return [LabelRow(*row) for row in read_rows(_labels(), {"section_id": section_id})]


def list_labels_of_people(section_id: int) -> dict[int, list[str]]:
    """Return the names of labels by enrollment id, for those who have one."""
    found: dict[int, list[str]] = defaultdict(list)
    rows = db.session.execute(
        select(LabelledEnrollment.enrollment_id, Label.name)
        .join(Label, Label.id == LabelledEnrollment.label_id)
        .where(Label.section_id == section_id)
        .order_by(LabelledEnrollment.enrollment_id, Label.name_key, Label.id)
        .limit(20_000)
    )
    for enrollment_id, name in rows:
        found[enrollment_id].append(name)
    return dict(found)
