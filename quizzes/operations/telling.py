"""Whom grading and scoring anew tell something, in the transaction of the act: one statement each."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from sqlalchemy import UpdateBase, bindparam, select

from articles.models import Assignment
from classroom.models import Enrollment
from classroom.operations.notifications import telling
from core import clock
from core.database import AnySelect, connection, write
from quizzes.models import Attempt, QuizDelivery, Response, ScoreChange

RESULTS, RESCORED = "results", "rescored"
"""Kinds of notifications, about a delivery and a decision about scoring; quizzes/notifications.py has their words."""


def _students(object_id: object) -> AnySelect:
    return (
        select(Enrollment.user_id, Assignment.section_id, object_id.label("object_id"))  # type: ignore[attr-defined]
        .select_from(Attempt)
        .join(Enrollment, Enrollment.id == Attempt.enrollment_id)
        .join(QuizDelivery, QuizDelivery.id == Attempt.delivery_id)
        .join(Assignment, Assignment.id == QuizDelivery.assignment_id)
        .distinct()
    )


@cache
def _graded(dialect: str) -> UpdateBase:
    of_attempts = _students(QuizDelivery.id).where(Attempt.id.in_(bindparam("attempts", expanding=True)))
    return telling(dialect, RESULTS, of_attempts, again=True)


@cache
def _rescored(dialect: str) -> UpdateBase:
    """Everybody in whose history the decision stands: told anew when it is taken back."""
    changed = _students(ScoreChange.regrade_id).join(Response, Response.attempt_id == Attempt.id)
    changed = changed.join(ScoreChange, ScoreChange.response_id == Response.id)
    return telling(dialect, RESCORED, changed.where(ScoreChange.regrade_id == bindparam("regrade")), again=True)


def tell_of_grades(attempt_ids: Sequence[int]) -> None:
    """Tell the students of these attempts that somebody read what they wrote."""
    held = connection()
    held.execute(_graded(held.dialect.name), {"attempts": list(attempt_ids), "now": clock.now()})


def tell_of_regrade(regrade_id: int) -> None:
    """Tell the students whose scores a decision changed, once they are written."""
    write(_rescored(connection().dialect.name), {"regrade": regrade_id, "now": clock.now()})
