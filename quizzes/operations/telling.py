"""Whom grading by hand tells something, in the transaction of the act."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from sqlalchemy import UpdateBase, bindparam, select

from articles.models import Assignment
from classroom.models import Enrollment
from classroom.operations.notifications import telling
from core import clock
from core.database import connection
from quizzes.models import Attempt, QuizDelivery

RESULTS = "results"
"""A kind of notification, about a delivery; quizzes/notifications.py has its words."""


@cache
def _graded(dialect: str) -> UpdateBase:
    students = (
        select(Enrollment.user_id, Assignment.section_id, QuizDelivery.id.label("object_id"))
        .join(Attempt, Attempt.enrollment_id == Enrollment.id)
        .join(QuizDelivery, QuizDelivery.id == Attempt.delivery_id)
        .join(Assignment, Assignment.id == QuizDelivery.assignment_id)
        .where(Attempt.id.in_(bindparam("attempts", expanding=True)))
    )
    return telling(dialect, RESULTS, students.distinct(), again=True)


def tell_of_grades(attempt_ids: Sequence[int]) -> None:
    """Tell the students of these attempts that somebody read what they wrote."""
    held = connection()
    held.execute(_graded(held.dialect.name), {"attempts": list(attempt_ids), "now": clock.now()})
