"""Counts over a class as parts of a larger SELECT."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, ScalarSelect, and_, bindparam, exists, func, or_, select, true
from sqlalchemy.orm import aliased

from articles.models import Assignment
from classroom.models import Enrollment, LabelledEnrollment, Section
from quizzes.models import Attempt, QuizDelivery
from quizzes.queries.standing import THIS_SECOND, Moment, due_at, is_late, is_past_end
from quizzes.standings import BITS, Which

IS_STUDENT = and_(Enrollment.state == "active", Enrollment.role == "student")


def is_student(labelled: bool) -> ColumnElement[bool]:
    """Whether the Enrollment around it studies in its class and, if `labelled`, has the label bound as `label_id`."""
    wearers = select(LabelledEnrollment.enrollment_id).where(LabelledEnrollment.label_id == bindparam("label_id"))
    return and_(IS_STUDENT, Enrollment.id.in_(wearers)) if labelled else IS_STUDENT


def count_students(labelled: bool = False) -> ScalarSelect[int]:
    """Return how many study in the Section of the SELECT around it, of these with the label if `labelled`."""
    return (
        select(func.count())
        .select_from(Enrollment)
        .where(Enrollment.section_id == Section.id, is_student(labelled))
        .correlate(Section)
        .scalar_subquery()
    )


def is_under(standing: Any, which: Which) -> ColumnElement[bool]:
    """Whether a standing (a column) is among the attempts meant."""
    return true() if which == "all" else standing.bitwise_and(BITS[which]) != 0


def is_one_of(which: Which) -> ColumnElement[bool]:
    """Whether an attempt is among the attempts meant, or will be when it is handed in: a student's first may be open.

    One whose time is over counts though nobody closed it yet, and what it takes the place of does not.
    """
    if which in ("first", "all"):
        return Attempt.number == 1 if which == "first" else true()
    over, stood = aliased(Attempt), aliased(Attempt)
    replaced = [_of_same_student(over), over.submitted_at.is_(None), is_past_end(limit_ends_at=over.limit_ends_at)]
    replaces = is_past_end()
    if which == "best":
        replaced.append(over.points > Attempt.points)
        best = (_of_same_student(stood), stood.submitted_at.is_not(None), is_under(stood.standing, which))
        replaces = and_(replaces, ~_there_is(*best, stood.points >= Attempt.points))
    return or_(
        and_(Attempt.submitted_at.is_not(None), is_under(Attempt.standing, which), ~_there_is(*replaced)),
        and_(Attempt.submitted_at.is_(None), or_(Attempt.number == 1, replaces)),
    )


def _there_is(*conditions: ColumnElement[bool]) -> ColumnElement[bool]:
    """Whether another attempt is like that, beside the Attempt and the Assignment around it."""
    return exists().where(*conditions).correlate(Attempt, Assignment)


def _of_same_student(other: Any) -> ColumnElement[bool]:
    return and_(other.delivery_id == Attempt.delivery_id, other.enrollment_id == Attempt.enrollment_id)


def count_attempts(
    condition: ColumnElement[bool], which: Which = "first", *, labelled: bool = False
) -> ScalarSelect[int]:
    """Return of how many students an attempt meant meets `condition`, for the QuizDelivery and Assignment around it."""
    whole: Any = func.count(Attempt.enrollment_id.distinct()) if which == "all" else func.count()
    return (
        select(whole)
        .select_from(Attempt)
        .join(Enrollment, Enrollment.id == Attempt.enrollment_id)
        .where(Attempt.delivery_id == QuizDelivery.id, is_one_of(which), condition, is_student(labelled))
        .correlate(QuizDelivery, Assignment)
        .scalar_subquery()
    )


def count_late(now: Moment = THIS_SECOND, which: Which = "first", *, labelled: bool = False) -> ColumnElement[int]:
    """Return of how many students an attempt meant came late, also those that are past their end and not closed.

    Two counts, each through an index: one condition for both would read every attempt.
    """
    late = and_(Attempt.submitted_at > Assignment.due_at, Attempt.submitted_at > due_at())  # the first has an index
    past_end = and_(Attempt.submitted_at.is_(None), is_past_end(now), is_late())
    if which == "all":  # a student counts once
        other = aliased(Attempt)
        past_end = and_(past_end, ~_there_is(_of_same_student(other), other.submitted_at > due_at()))
    return count_attempts(late, which, labelled=labelled) + count_attempts(past_end, which, labelled=labelled)
