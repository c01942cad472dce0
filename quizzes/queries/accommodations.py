"""What the quizzes of a class are for one of its students."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, func, select

from articles.models import Article, Assignment, OwnDates
from core.database import db
from quizzes.models import Quiz, QuizDelivery


@dataclass(frozen=True)
class QuizTerms:
    """One quiz of a class: the class's limit and attempts, the class's dates and the student's own."""

    delivery_id: int
    quiz_title: str
    article_title: str
    time_limit_seconds: int | None
    attempts_allowed: int | None
    due_at: datetime | None
    closes_at: datetime | None
    own_due_at: datetime | None
    own_closes_at: datetime | None


def list_terms(section_id: int, enrollment_id: int) -> list[QuizTerms]:
    """Return the class's quizzes as this student has them, next due first, at most 100. One statement."""
    mine = and_(OwnDates.assignment_id == Assignment.id, OwnDates.enrollment_id == enrollment_id)
    rows = db.session.execute(
        select(
            QuizDelivery.id,
            Quiz.title,
            Article.title,
            QuizDelivery.time_limit_seconds,
            QuizDelivery.attempts_allowed,
            Assignment.due_at,
            Assignment.closes_at,
            func.coalesce(OwnDates.due_at, Assignment.due_at),
            func.coalesce(OwnDates.closes_at, Assignment.closes_at),
        )
        .join(Quiz, Quiz.id == QuizDelivery.quiz_id)
        .join(Assignment, Assignment.id == QuizDelivery.assignment_id)
        .join(Article, Article.id == Assignment.article_id)
        .outerjoin(OwnDates, mine)
        .where(Assignment.section_id == section_id)
        .order_by(Assignment.due_at.desc(), QuizDelivery.id.desc())
        .limit(100)
    )
    return [QuizTerms(*row) for row in rows]
