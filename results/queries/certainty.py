"""How sure a class was, counted by question in the database."""

from __future__ import annotations

from datetime import datetime
from functools import cache

from sqlalchemy import BigInteger, bindparam, case, cast, func, select

from classroom.models import Enrollment
from core.database import AnySelect, read_rows
from core.points import FRACTION_ONE
from quizzes.models import Attempt, Response
from quizzes.standings import Meant, Which
from results.certainty import LevelCount
from results.queries.meant import is_among, values_of

MOST_ROWS = 1_000


@cache
def _counts(which: Which, labelled: bool) -> AnySelect:
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
            is_among(which, labelled),
        )
        .group_by(Response.item_id, Response.certainty)
        .order_by(Response.item_id, Response.certainty)
        .limit(MOST_ROWS)
    )


def count_certainty(delivery_id: int, now: datetime, meant: Meant) -> list[LevelCount]:
    """Return how the answers given with each certainty came out, by question, of the attempts meant."""
    given = values_of(delivery_id, now, meant)
    return [LevelCount(*row) for row in read_rows(_counts(meant.which, meant.is_labelled), given)]
