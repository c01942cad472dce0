"""What a student has to do: the readings of every class, soonest first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import or_, select

from articles.models import Article, Assignment
from classroom.models import Enrollment, Section
from core.database import db


@dataclass(frozen=True)
class ReadingRow:
    """A reading of one of the student's classes; dates are UTC, `zone` is the class's."""

    id: int
    title: str
    section_id: int
    section_name: str
    zone: str
    due_at: datetime | None
    closes_at: datetime | None


def list_readings(user_id: int, now: datetime) -> list[ReadingRow]:
    """Return the open readings of the classes in which the person studies, due next first."""
    rows = db.session.execute(
        select(
            Assignment.id,
            Article.title,
            Section.id,
            Section.name,
            Section.time_zone,
            Assignment.due_at,
            Assignment.closes_at,
        )
        .join(Article, Article.id == Assignment.article_id)
        .join(Section, Section.id == Assignment.section_id)
        .join(Enrollment, Enrollment.section_id == Section.id)
        .where(
            Enrollment.user_id == user_id,
            Enrollment.state == "active",
            Enrollment.role == "student",
            Section.archived_at.is_(None),
            or_(Assignment.opens_at.is_(None), Assignment.opens_at <= now),
        )
        .order_by(Assignment.due_at.is_(None), Assignment.due_at, Assignment.id)
        .limit(100)
    )
    return [ReadingRow(*row) for row in rows]
