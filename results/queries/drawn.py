"""Reads which questions the draws of a quiz asked in one class."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select

from classroom.models import Enrollment
from core.database import db
from quizzes.models import Attempt, QuestionVersion, Response
from quizzes.queries.items import ItemRow
from quizzes.question_types.draw import DRAW
from quizzes.standings import Meant
from results.drawn import DrawnFigures
from results.queries.meant import is_among, values_of


def list_drawn(delivery_id: int, items: Sequence[ItemRow], now: datetime, meant: Meant) -> tuple[DrawnFigures, ...]:
    """Return the questions that each draw asked in the attempts meant, of today's students, most asked first.

    No statement for a quiz without draws.
    """
    draws = [item.item_id for item in items if item.type == DRAW]
    if not draws:
        return ()
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
            is_among(meant.which, meant.is_labelled),
        )
        .group_by(Response.item_id, QuestionVersion.id, QuestionVersion.stem)
        .order_by(Response.item_id, asked.desc(), QuestionVersion.id)
        .limit(2_000),
        values_of(delivery_id, now, meant),
    )
    return tuple(DrawnFigures(row[0], row[1], row[2], row[3], row[4], int(row[5] or 0)) for row in rows)
