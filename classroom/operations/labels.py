"""Labels on students of a class: made when first given, gone when nobody has them any more."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import delete, insert, select

from classroom.models import Label, LabelledEnrollment, Section
from classroom.names import name_key
from core.audit import Act, record
from core.database import db


def label_people(actor_id: int, section_id: int, name: str, enrollment_ids: Collection[int]) -> None:
    """Give a label, by its name whatever the case, to people of the class; who has it keeps it."""
    lock = select(Section.id).where(Section.id == section_id).with_for_update(key_share=True)
    db.session.execute(lock)  # two tabs that give the same new label come one after the other
    label_id = _find(section_id, name)
    if label_id is None:
        label = Label(section_id=section_id, name=" ".join(name.split()), name_key=_key(name))
        db.session.add(label)
        db.session.flush()
        label_id = label.id
    has = select(LabelledEnrollment.enrollment_id).where(LabelledEnrollment.label_id == label_id)
    new = sorted(set(enrollment_ids) - set(db.session.scalars(has)))
    if new:
        rows = [{"label_id": label_id, "enrollment_id": enrollment_id} for enrollment_id in new]
        db.session.execute(insert(LabelledEnrollment), rows)
    detail = {"name": name, "enrollments": new}
    record(actor_id, Act("give-label", "label", label_id, section_id, detail))
    db.session.flush()


def unlabel_people(actor_id: int, section_id: int, name: str, enrollment_ids: Collection[int]) -> None:
    """Take a label from people of the class; one that nobody has any more is gone."""
    label_id = _find(section_id, name)
    if label_id is None:
        return
    of_label = LabelledEnrollment.label_id == label_id
    db.session.execute(delete(LabelledEnrollment).where(of_label, LabelledEnrollment.enrollment_id.in_(enrollment_ids)))
    left = select(LabelledEnrollment.enrollment_id).where(of_label)
    db.session.execute(delete(Label).where(Label.id == label_id, ~left.exists()))
    detail = {"name": name, "enrollments": sorted(enrollment_ids)}
    record(actor_id, Act("take-label", "label", label_id, section_id, detail))
    db.session.flush()


def _find(section_id: int, name: str) -> int | None:
    mine = select(Label.id).where(Label.section_id == section_id, Label.name_key == _key(name))
    return db.session.scalars(mine).one_or_none()


def _key(name: str) -> str:
    return name_key(" ".join(name.split()))
