"""Counts over a class as parts of a larger SELECT."""

from __future__ import annotations

from sqlalchemy import ColumnElement, ScalarSelect, and_, func, select

from articles.models import Assignment
from classroom.models import Enrollment, Section
from quizzes.models import Attempt, QuizDelivery

IS_STUDENT = and_(Enrollment.state == "active", Enrollment.role == "student")


def count_students() -> ScalarSelect[int]:
    """Return how many study in the Section of the SELECT around it."""
    return (
        select(func.count())
        .select_from(Enrollment)
        .where(Enrollment.section_id == Section.id, IS_STUDENT)
        .correlate(Section)
        .scalar_subquery()
    )


def count_first_attempts(condition: ColumnElement[bool]) -> ScalarSelect[int]:
    """Return how many students' first attempts meet `condition`, for the QuizDelivery and Assignment around it."""
    return (
        select(func.count())
        .select_from(Attempt)
        .join(Enrollment, Enrollment.id == Attempt.enrollment_id)
        .where(Attempt.delivery_id == QuizDelivery.id, Attempt.number == 1, condition, IS_STUDENT)
        .correlate(QuizDelivery, Assignment)
        .scalar_subquery()
    )
