"""Classes and their settings."""

from __future__ import annotations

from contextlib import nullcontext
from dataclasses import dataclass

from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from classroom.join_codes import new_code
from classroom.models import Section
from classroom.operations.enrollments import enroll
from core import clock
from core.audit import Act, record
from core.database import db
from core.following import following

TRIES = 8
ZONE_CHANGE = "time zone of a class"


@dataclass(frozen=True)
class NewSection:
    """A class to be made, or its new settings: a name, a zone of the tz database, the term in words."""

    name: str
    time_zone: str
    term: str = ""


def create_section(owner_id: int, new: NewSection) -> Section:
    """Make a class with a join code; the owner is its instructor. Flushed."""
    section = Section(name=new.name, term=new.term, time_zone=new.time_zone, created_at=clock.now())
    _give_code(section)
    enroll(owner_id, section.id, "instructor")
    record(owner_id, Act("create-class", "section", section.id, section.id))
    return section


def _give_code(section: Section) -> None:
    """Set a code that no other class has and flush; tries again when one is taken."""
    for attempt in range(1, TRIES + 1):
        try:
            with db.session.begin_nested():
                section.join_code = new_code()
                db.session.add(section)
        except IntegrityError:
            if attempt == TRIES:
                raise
        else:
            return


def rotate_join_code(actor_id: int, section_id: int) -> None:
    """Give the class a new join code; the old one is no class's from now on."""
    _give_code(db.session.get_one(Section, section_id))
    record(actor_id, Act("rotate-join-code", "section", section_id, section_id))


def set_join_open(actor_id: int, section_id: int, join_open: bool) -> None:
    """Let people join by the code, or stop that."""
    db.session.execute(update(Section).where(Section.id == section_id).values(join_open=join_open))
    record(actor_id, Act("open-join-code" if join_open else "close-join-code", "section", section_id, section_id))


def update_section(section_id: int, settings: NewSection) -> None:
    """Change the name, the term and the time zone. The class's dates keep their moments.

    What is counted in days of the class's calendar may not: whoever follows ZONE_CHANGE sees to it.
    """
    this = Section.id == section_id
    zone = db.session.scalars(select(Section.time_zone).where(this).with_for_update(key_share=True)).one()
    changed = {"name": settings.name, "term": settings.term, "time_zone": settings.time_zone}
    with following(ZONE_CHANGE, section_id) if zone != settings.time_zone else nullcontext():
        db.session.execute(update(Section).where(this).values(changed))


def archive_section(actor_id: int, section_id: int) -> None:
    """Make the class read-only for everybody."""
    open_still = (Section.id == section_id, Section.archived_at.is_(None))
    db.session.execute(update(Section).where(*open_still).values(archived_at=clock.now()))
    record(actor_id, Act("archive-class", "section", section_id, section_id))


def unarchive_section(actor_id: int, section_id: int) -> None:
    """Let the class be changed again."""
    db.session.execute(update(Section).where(Section.id == section_id).values(archived_at=None))
    record(actor_id, Act("unarchive-class", "section", section_id, section_id))
