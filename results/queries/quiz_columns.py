"""The quizzes of a class as columns, and the attempts of some of its students at them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, and_, bindparam, cast, exists, func, or_, select

from articles.models import Article, Assignment
from core.database import AnySelect, read_rows
from quizzes.grading import with_late_credit
from quizzes.models import Attempt, Item, QuestionVersion, Quiz, QuizDelivery, Regrade
from quizzes.queries.standing import is_handed_in, is_late, joined
from quizzes.regrading import DROP
from quizzes.timing import second_of
from results.grade_cells import QUIZ, TALK, Attempted, Column
from results.models import GradeColumn

MOST = 500
MOST_ROWS = 1_000_000
PAGE = 50
STUDENTS: Any = bindparam("students", expanding=True)

At = tuple[int, str]


def key_of(quiz: int | None, talk: int | None) -> str:
    """Return the key of the column of a quiz or of a discussion."""
    return f"{QUIZ}-{quiz}" if quiz is not None else f"{TALK}-{talk}"


def _is_dropped() -> ColumnElement[bool]:
    """Whether this class has dropped the item; of a draw, one question that it asked is not the item."""
    return (
        exists()
        .where(
            Regrade.delivery_id == QuizDelivery.id,
            Regrade.item_id == Item.id,
            Regrade.policy == DROP,
            Regrade.undone_at.is_(None),
            QuestionVersion.id == Regrade.question_version_id,
            QuestionVersion.question_id == Item.question_id,
        )
        .correlate(QuizDelivery, Item)  # not what another class drops
    )


@cache
def _quizzes() -> AnySelect:
    worth = (
        select(cast(func.coalesce(func.sum(Item.points), 0), BigInteger))
        .where(Item.quiz_id == QuizDelivery.quiz_id, ~_is_dropped())
        .correlate(QuizDelivery)
        .scalar_subquery()
    )
    begun = exists().where(Attempt.delivery_id == QuizDelivery.id)
    return (
        select(
            QuizDelivery.id,
            Assignment.id,
            Quiz.title,
            Article.title,
            worth,
            GradeColumn.category_id,
            Assignment.opens_at,
            Assignment.closes_at,
            QuizDelivery.which_counts,
            QuizDelivery.late_credit_percent,
            QuizDelivery.release_score,
            Assignment.latest_due_at,
            Assignment.latest_closes_at,
            QuizDelivery.released_at,
            Quiz.published_at.is_not(None),
        )
        .join(Quiz, Quiz.id == QuizDelivery.quiz_id)
        .join(Assignment, Assignment.id == QuizDelivery.assignment_id)
        .join(Article, Article.id == Assignment.article_id)
        .outerjoin(GradeColumn, GradeColumn.quiz_delivery_id == QuizDelivery.id)
        .where(Assignment.section_id == bindparam("section"), or_(Quiz.published_at.is_not(None), begun))
        .order_by(Assignment.id, QuizDelivery.id)
        .limit(MOST)
    )


def list_quiz_columns(section_id: int) -> list[Column]:
    """Return the quizzes of a class that are published or begun, the oldest reading's first. One statement."""
    return [Column(QUIZ, *row) for row in read_rows(_quizzes(), {"section": section_id})]


@cache
def _attempts() -> AnySelect:
    return (
        joined(
            select(
                Attempt.enrollment_id,
                Attempt.delivery_id,
                Attempt.id,
                Attempt.number,
                is_handed_in(),
                and_(is_handed_in(), is_late()),
                Attempt.points,
                QuizDelivery.late_credit_percent,
                Attempt.max_points,
                Attempt.ungraded,
            )
        )
        .where(Attempt.enrollment_id.in_(STUDENTS))
        .order_by(Attempt.enrollment_id, Attempt.delivery_id, Attempt.number)
        .limit(MOST_ROWS)
    )


def read_attempts(students: Sequence[int], moment: datetime) -> dict[At, list[Attempted]]:
    """Return every attempt of these students, by (place in the class, column), the first ones first. One statement.

    `moment` says which of them are handed in.
    """
    given = {"students": list(students), "second": second_of(moment)}
    attempts: dict[At, list[Attempted]] = defaultdict(list)
    for who, quiz, row_id, number, done, late, points, percent, most, ungraded in read_rows(_attempts(), given):
        credited = with_late_credit(points, percent, late=late)  # here: in SQL it would ask for the dates once more
        attempt = Attempted(row_id, number, done, late, points, credited, most, ungraded)
        attempts[who, key_of(quiz, None)].append(attempt)
    return attempts
