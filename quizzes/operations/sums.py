"""What an attempt has in all, kept in the transaction that changes one of its answers."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import func, select, update

from core.database import db
from core.points import Points
from quizzes.models import Attempt, Response
from quizzes.queries.sums import total_points


def sum_up_attempts(attempt_ids: Sequence[int]) -> None:
    """Set attempts' points and their numbers of waiting answers from their answers; what is dropped counts not,
    of a second try the better counts, and certainty is mixed in where the delivery says so."""
    counts = (Response.attempt_id == Attempt.id, Response.dropped.is_(False))
    waiting = select(func.count()).where(*counts, Response.points.is_(None)).correlate(Attempt).scalar_subquery()
    db.session.execute(
        update(Attempt)
        .where(Attempt.id.in_(attempt_ids))
        .values(points=total_points(), ungraded=waiting)
        .execution_options(synchronize_session=False)
    )


def add_to_maximum(attempt_ids: Sequence[int], more: Points) -> None:
    """Let attempts be out of more points, or out of less (negative)."""
    db.session.execute(
        update(Attempt)
        .where(Attempt.id.in_(attempt_ids))
        .values(max_points=Attempt.max_points + more)
        .execution_options(synchronize_session=False)
    )
