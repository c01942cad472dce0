"""Counts over a class as parts of a larger SELECT."""

from __future__ import annotations

from sqlalchemy import ColumnElement, ScalarSelect, and_, func, select

from articles.models import Assignment
from classroom.models import Enrollment, Section
from quizzes.models import Attempt, QuizDelivery
from quizzes.queries.standing import THIS_SECOND, Moment, due_at, is_late, is_past_end

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


def count_late(now: Moment = THIS_SECOND) -> ColumnElement[int]:
    """Return how many students' first attempts came late, also those that are past their end and not closed.

    Two counts, each through an index: one condition for both would read every attempt.
    """
    late = and_(Attempt.submitted_at > Assignment.due_at, Attempt.submitted_at > due_at())  # the first has an index
    closed = count_first_attempts(late)
    return closed + count_first_attempts(and_(Attempt.submitted_at.is_(None), is_past_end(now), is_late()))
