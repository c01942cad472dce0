"""Every change of a score, as it was recorded."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from typing import Any

from sqlalchemy import and_, bindparam, func, select

from articles.models import Assignment
from classroom.models import Enrollment, User
from core.database import AnySelect, db, read_rows
from quizzes.histories import ScoreEvent
from quizzes.models import QuizDelivery, Regrade, Response, ScoreChange


@cache
def _events() -> AnySelect:
    """Over the changes of these responses; a decision about the whole class has a reason, taking it back has none."""
    place = and_(Enrollment.section_id == Assignment.section_id, Enrollment.user_id == ScoreChange.by_id)
    return (
        select(
            ScoreChange.response_id,
            ScoreChange.at,
            User.name,
            func.coalesce(Enrollment.role, ""),
            ScoreChange.before,
            ScoreChange.after,
            ScoreChange.why,
            Regrade.policy,
            and_(ScoreChange.regrade_id.is_not(None), ScoreChange.why == "").label("is_reversal"),
            ScoreChange.second_before,
            ScoreChange.second_after,
        )
        .join(Response, Response.id == ScoreChange.response_id)
        .join(QuizDelivery, QuizDelivery.id == Response.delivery_id)
        .join(Assignment, Assignment.id == QuizDelivery.assignment_id)
        .join(User, User.id == ScoreChange.by_id)
        .outerjoin(Enrollment, place)
        .outerjoin(Regrade, Regrade.id == ScoreChange.regrade_id)
        .order_by(ScoreChange.id)
        .limit(2_000)
    )


@cache
def _of_attempt() -> AnySelect:
    any_attempt: Any = bindparam("attempt_id")
    return _events().where(Response.attempt_id == any_attempt)


def list_history_of_attempt(attempt_id: int) -> dict[int, list[ScoreEvent]]:
    """Return the changes of every score of an attempt by response, oldest first: one statement."""
    found: dict[int, list[ScoreEvent]] = defaultdict(list)
    for row in read_rows(_of_attempt(), {"attempt_id": attempt_id}):
        found[row[0]].append(_event(row))
    return dict(found)


def list_history(response_id: int) -> list[ScoreEvent]:
    """Return the changes of one score, oldest first: one statement."""
    rows = db.session.execute(_events().where(ScoreChange.response_id == response_id))
    return [_event(row) for row in rows]


def _event(row: Sequence[Any]) -> ScoreEvent:
    event = ScoreEvent(*row)
    return replace(event, is_reversal=bool(event.is_reversal))
