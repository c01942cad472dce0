"""How sure a class was, counted by question in the database."""

from __future__ import annotations

from datetime import datetime
from functools import cache

from sqlalchemy import BigInteger, and_, bindparam, case, cast, func, or_, select

from classroom.models import Enrollment
from core.database import AnySelect, read_rows
from quizzes.models import Attempt, Response
from quizzes.points import FRACTION_ONE
from quizzes.queries.completion import IS_STUDENT, is_under
from quizzes.queries.tallies import find_exceptions
from quizzes.standings import Which, is_meant
from results.certainty import LevelCount

MOST_ROWS = 1_000


@cache
def _counts(which: Which) -> AnySelect:
    closed = and_(
        Attempt.submitted_at.is_not(None),
        is_under(Attempt.standing, which),
        Attempt.id.not_in(bindparam("wrong", expanding=True)),
    )
    return (
        select(
            Response.item_id,
            Response.certainty,
            func.count(),
            func.sum(case((Response.fraction == FRACTION_ONE, 1), else_=0)),
            func.sum(case((Response.fraction == 0, 1), else_=0)),
            cast(func.sum(Response.fraction), BigInteger),
        )
        .join(Attempt, Attempt.id == Response.attempt_id)
        .join(Enrollment, Enrollment.id == Attempt.enrollment_id)
        .where(
            Attempt.delivery_id == bindparam("delivery_id"),
            Response.certainty.is_not(None),
            Response.fraction.is_not(None),
            Response.dropped.is_(False),
            IS_STUDENT,
            or_(closed, Attempt.id.in_(bindparam("missing", expanding=True))),
        )
        .group_by(Response.item_id, Response.certainty)
        .order_by(Response.item_id, Response.certainty)
        .limit(MOST_ROWS)
    )


def count_certainty(delivery_id: int, now: datetime, which: Which) -> list[LevelCount]:
    """Return how the answers given with each certainty came out, by question, of the attempts meant."""
    exceptions = find_exceptions([delivery_id], now)
    missing = [attempt for attempt, standing in exceptions.missing.items() if is_meant(standing, which)]
    given = {"delivery_id": delivery_id, "wrong": list(exceptions.wrong), "missing": missing}
    return [LevelCount(*row) for row in read_rows(_counts(which), given)]
