"""What a student has to do: the readings of every class, soonest first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import or_, select

from articles.models import Article, Assignment
from articles.queries.assignments import closes_at, due_at, with_own_dates
from classroom.models import Enrollment, Section
from core.database import db


@dataclass(frozen=True)
class ReadingRow:
    """A reading of one of the student's classes; dates are the student's own and UTC, `zone` is the class's."""

    id: int
    title: str
    section_id: int
    section_name: str
    zone: str
    due_at: datetime | None
    closes_at: datetime | None


def list_readings(user_id: int, now: datetime) -> list[ReadingRow]:
    """Return the open readings of the classes in which the person studies, due next first."""
    own = (
        select(
            Assignment.id,
            Article.title,
            Section.id,
            Section.name,
            Section.time_zone,
            due_at(),
            closes_at(),
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
        .order_by(due_at().is_(None), due_at(), Assignment.id)
        .limit(100)
    )
    rows = db.session.execute(with_own_dates(own))
    return [ReadingRow(*row) for row in rows]
