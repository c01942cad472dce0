"""Who has not started a quiz that is due soon or was: the first of each quiz, for the queue of who needs staff.

A quiz that nobody in a class of thousands has started is asked for no more of them than are shown: where the last of
these stands is found along the index of the class, and only so far names and dates are read. Those with dates of their
own come in another order, and are few: they are read apart.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, and_, bindparam, exists, func, or_, select, union_all
from sqlalchemy.orm import aliased

from articles.models import Assignment, OwnDates
from classroom.models import Enrollment, User
from classroom.queries.first_students import is_up_to, last_of_first
from core.database import AnySelect, UTCDateTime
from quizzes.models import Attempt, Quiz, QuizDelivery
from quizzes.queries.completion import IS_STUDENT
from results.queries.excused import is_excused

MOST = 200
MOST_QUIZZES = 5_000
SECTIONS: Any = bindparam("sections", expanding=True)
_SECOND: ColumnElement[Any] = bindparam("second", type_=UTCDateTime)
_SOON: ColumnElement[Any] = bindparam("soon", type_=UTCDateTime)


@cache
def not_started() -> AnySelect:
    """The fields of NotStarted, the latest due first, at most MOST. It asks for `sections`, `second` and `soon`."""
    rows = union_all(_with_class_dates(), _with_own_dates()).subquery()
    quiz, due, student = rows.c[0], rows.c.due, rows.c[4]
    return select(rows).order_by(due.desc(), quiz, student).limit(MOST)


def _with_class_dates() -> AnySelect:
    quizzes = (
        _quizzes()
        .add_columns(Assignment.due_at.label("due"), Assignment.closes_at.label("closes"), _last_shown().label("last"))
        .where(or_(Assignment.closes_at.is_(None), Assignment.closes_at >= _SECOND))
        .order_by(QuizDelivery.id)
        .limit(MOST_QUIZZES)
        .subquery()
    )
    quiz = quizzes.c
    return (
        select(quiz[0], quiz[1], quiz[2], quiz[3], Enrollment.id.label("student"), User.name, quiz.due, quiz.closes)
        .select_from(quizzes)
        .join(Enrollment, and_(Enrollment.section_id == quiz[2], IS_STUDENT))
        .join(User, User.id == Enrollment.user_id)
        .where(is_up_to(quiz.last), *_waiting(quiz[0], Enrollment), ~_has_own(quiz[1], Enrollment))
    )


def _with_own_dates() -> AnySelect:
    due = func.coalesce(OwnDates.due_at, Assignment.due_at).label("due")
    closes = func.coalesce(OwnDates.closes_at, Assignment.closes_at).label("closes")
    rows = (
        _quizzes()
        .add_columns(Enrollment.id.label("student"), User.name, due, closes)
        .join(OwnDates, OwnDates.assignment_id == Assignment.id)
        .join(Enrollment, and_(Enrollment.id == OwnDates.enrollment_id, IS_STUDENT))
        .join(User, User.id == Enrollment.user_id)
        .where(due <= _SOON, or_(closes.is_(None), closes >= _SECOND), *_waiting(QuizDelivery.id, Enrollment))
        .order_by(due.desc(), QuizDelivery.id, Enrollment.id)
        .limit(MOST)
        .subquery()
    )
    return select(rows)


def _quizzes() -> Any:
    """Quizzes that students of these classes may start, and that are due: the delivery, reading, class and title."""
    return (
        select(QuizDelivery.id, Assignment.id.label("assignment_id"), Assignment.section_id, Quiz.title)
        .join(Quiz, Quiz.id == QuizDelivery.quiz_id)
        .join(Assignment, Assignment.id == QuizDelivery.assignment_id)
        .where(
            Assignment.section_id.in_(SECTIONS),
            Quiz.published_at.is_not(None),
            or_(Assignment.opens_at.is_(None), Assignment.opens_at <= _SECOND),
            Assignment.due_at <= _SOON,  # own dates are never earlier
            or_(Assignment.latest_closes_at.is_(None), Assignment.latest_closes_at >= _SECOND),
        )
    )


def _last_shown() -> Any:
    """Of the students of a quiz's class who have not started it, the one with whom the list is full, if it is."""
    student = aliased(Enrollment)
    waiting = (*_waiting(QuizDelivery.id, student), ~_has_own(Assignment.id, student))
    return last_of_first(MOST, student, Assignment.section_id, *waiting)


def _waiting(quiz: Any, student: Any) -> tuple[ColumnElement[bool], ...]:
    begun = exists().where(Attempt.delivery_id == quiz, Attempt.enrollment_id == student.id).correlate_except(Attempt)
    return ~begun, ~is_excused(quiz, student.id)


def _has_own(assignment: Any, student: Any) -> ColumnElement[bool]:
    own = exists().where(OwnDates.assignment_id == assignment, OwnDates.enrollment_id == student.id)
    return own.correlate_except(OwnDates)
