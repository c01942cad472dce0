"""Places in classes: taken, offered, changed, given up. A row is never deleted, so the work stays."""

from __future__ import annotations

from sqlalchemy import func, select, update
from sqlalchemy.exc import IntegrityError

from classroom.models import Enrollment, Section, User
from core import clock
from core.audit import Act, record
from core.database import db
from core.following import following

PEOPLE_CHANGE = "people of a class"


class LastInstructorError(ValueError):
    """A class keeps at least one active instructor."""


def _find(user_id: int, section_id: int) -> Enrollment | None:
    statement = select(Enrollment).where(Enrollment.user_id == user_id, Enrollment.section_id == section_id)
    return db.session.execute(statement).scalar_one_or_none()


def _find_or_make(user_id: int, section_id: int, role: str, state: str) -> tuple[Enrollment, bool]:
    """Return the row and whether it is new; two tabs that join at once share one row."""
    place = _find(user_id, section_id)
    if place is not None:
        return place, False
    place = Enrollment(user_id=user_id, section_id=section_id, role=role, state=state)
    try:
        with db.session.begin_nested():
            db.session.add(place)
    except IntegrityError:
        found = _find(user_id, section_id)
        if found is None:
            raise
        return found, False
    return place, True


def enroll(user_id: int, section_id: int, role: str = "student") -> Enrollment:
    """Give a person an active place; the same row again for one who was there before. Flushed.

    An invited person keeps the role offered, a removed one comes back with `role`; who is
    active stays as they are. An account without a zone of its own takes the class's.
    """
    place, is_new = _find_or_make(user_id, section_id, role, "active")
    if place.state == "removed":
        place.role = role
    if is_new or place.state != "active":
        with following(PEOPLE_CHANGE, section_id):
            place.state, place.joined_at, place.removed_at = "active", clock.now(), None
            _take_zone(user_id, section_id)
    db.session.flush()
    return place


def _take_zone(user_id: int, section_id: int) -> None:
    zone = select(Section.time_zone).where(Section.id == section_id).scalar_subquery()
    no_zone = (User.id == user_id, User.time_zone == "UTC")
    statement = update(User).where(*no_zone).values(time_zone=zone)
    db.session.execute(statement, execution_options={"synchronize_session": False})


def invite(user_id: int, section_id: int, role: str = "student") -> Enrollment:
    """Offer a person a place; who is active or invited already stays as they are. Flushed."""
    place, _ = _find_or_make(user_id, section_id, role, "invited")
    if place.state == "removed":
        place.state, place.role, place.removed_at = "invited", role, None
    db.session.flush()
    return place


def accept_invitation(enrollment_id: int) -> None:
    """Make an invited place active."""
    place = db.session.get_one(Enrollment, enrollment_id)
    with following(PEOPLE_CHANGE, place.section_id):
        place.state, place.joined_at = "active", clock.now()
        _take_zone(place.user_id, place.section_id)
        db.session.flush()


def decline_invitation(enrollment_id: int) -> None:
    """Give an invited place up."""
    _set_state(enrollment_id, "removed")


def _set_state(enrollment_id: int, state: str) -> None:
    removed_at = clock.now() if state == "removed" else None
    changed = {"state": state, "removed_at": removed_at}
    db.session.execute(update(Enrollment).where(Enrollment.id == enrollment_id).values(changed))


def _keep_an_instructor(section_id: int, enrollment_id: int) -> None:
    """Raise LastInstructorError if nobody else would teach; the class is locked until the transaction ends."""
    db.session.execute(select(Section.id).where(Section.id == section_id).with_for_update())
    others = (
        Enrollment.section_id == section_id,
        Enrollment.role == "instructor",
        Enrollment.state == "active",
        Enrollment.id != enrollment_id,
    )
    if not db.session.execute(select(func.count()).where(*others)).scalar_one():
        raise LastInstructorError


def change_role(actor_id: int, enrollment_id: int, role: str) -> None:
    """Change the role of a place. Raises LastInstructorError."""
    place = db.session.get_one(Enrollment, enrollment_id)
    if place.role == "instructor" and role != "instructor":
        _keep_an_instructor(place.section_id, place.id)
    act = Act("change-role", "enrollment", place.id, place.section_id, {"from": place.role, "to": role})
    with following(PEOPLE_CHANGE, place.section_id):
        place.role = role
        record(actor_id, act)
        db.session.flush()


def remove_person(actor_id: int, enrollment_id: int) -> None:
    """End a place; the work stays, under "former". Raises LastInstructorError."""
    place = db.session.get_one(Enrollment, enrollment_id)
    if place.role == "instructor":
        _keep_an_instructor(place.section_id, place.id)
    _set_state(place.id, "removed")
    record(actor_id, Act("remove-person", "enrollment", place.id, place.section_id))


def restore_person(actor_id: int, enrollment_id: int) -> None:
    """Take a removed person back: active again if they ever were, else invited."""
    place = db.session.get_one(Enrollment, enrollment_id)
    if place.state != "removed":
        return
    with following(PEOPLE_CHANGE, place.section_id):
        _set_state(place.id, "active" if place.joined_at else "invited")
    record(actor_id, Act("restore-person", "enrollment", place.id, place.section_id))
