"""Reads which questions the draws of a quiz asked in one class."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import and_, func, or_, select

from classroom.models import Enrollment
from core.database import db
from quizzes.models import Attempt, QuestionVersion, Response
from quizzes.queries.completion import IS_STUDENT, is_under
from quizzes.queries.items import ItemRow
from quizzes.queries.tallies import find_exceptions
from quizzes.question_types.draw import DRAW
from quizzes.standings import Which, is_meant
from results.drawn import DrawnFigures


def list_drawn(delivery_id: int, items: Sequence[ItemRow], now: datetime, which: Which) -> tuple[DrawnFigures, ...]:
    """Return the questions that each draw asked in the attempts meant, of today's students, most asked first.

    No statement for a quiz without draws.
    """
    draws = [item.item_id for item in items if item.type == DRAW]
    if not draws:
        return ()
    exceptions = find_exceptions([delivery_id], now)
    closed = and_(
        Attempt.submitted_at.is_not(None),
        is_under(Attempt.standing, which),
        Attempt.id.not_in(list(exceptions.wrong)),
    )
    missing = [attempt for attempt, standing in exceptions.missing.items() if is_meant(standing, which)]
    asked = func.count(Response.id)
    rows = db.session.execute(
        select(
            Response.item_id,
            QuestionVersion.id,
            QuestionVersion.stem,
            asked,
            func.count(Response.points),
            func.coalesce(func.sum(Response.points), 0),
        )
        .join(Attempt, Attempt.id == Response.attempt_id)
        .join(Enrollment, Enrollment.id == Attempt.enrollment_id)
        .join(QuestionVersion, QuestionVersion.id == Response.question_version_id)
        .where(
            Response.delivery_id == delivery_id,
            Response.item_id.in_(draws),
            Response.dropped.is_(False),
            IS_STUDENT,
            or_(closed, Attempt.id.in_(missing)),
        )
        .group_by(Response.item_id, QuestionVersion.id, QuestionVersion.stem)
        .order_by(Response.item_id, asked.desc(), QuestionVersion.id)
        .limit(2_000)
    )
    return tuple(DrawnFigures(row[0], row[1], row[2], row[3], row[4], int(row[5] or 0)) for row in rows)
