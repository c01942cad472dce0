"""Quizzes as students are told of them: those that come when the reading is open already."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, and_, or_

from articles.models import Assignment
from articles.queries.opened import SINCE, opened_at, to_students, whom
from classroom.models import Enrollment
from core.database import AnySelect
from quizzes.models import Quiz, QuizDelivery


def _came(moment: Any) -> ColumnElement[bool]:
    return and_(moment > opened_at(), moment > SINCE, Enrollment.joined_at <= moment)


def of_new_quizzes() -> AnySelect:
    """Those in whose reading, open already, a quiz came since `since`; who joined afterwards finds it there."""
    of = whom(QuizDelivery.id).join(QuizDelivery, QuizDelivery.assignment_id == Assignment.id)
    came = [_came(moment) for moment in (QuizDelivery.created_at, Quiz.published_at)]
    return to_students(of.join(Quiz, Quiz.id == QuizDelivery.quiz_id)).where(Quiz.published_at.is_not(None), or_(*came))
