"""A quiz in one class, always found through the reader's place in that class."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, and_, bindparam, false, func, or_, select
from sqlalchemy.orm import aliased

from articles.models import Article, Assignment
from articles.queries.assignments import closes_at, due_at, with_own_dates
from classroom.models import STAFF, Accommodation, Enrollment, Section
from core.database import AnySelect, read_rows
from core.points import Points
from core.web import not_found
from quizzes.attempts import DeliveryRow
from quizzes.models import Attempt, Item, Quiz, QuizDelivery

MOST = 200


@dataclass(frozen=True)
class QuizSize:
    """How many questions a quiz has and what they are worth together."""

    questions: int
    points: Points


# In the order of DeliveryRow's fields.
DELIVERY_COLUMNS: tuple[Any, ...] = (
    QuizDelivery.id.label("id"),
    QuizDelivery.quiz_id,
    Quiz.title.label("quiz_title"),
    Quiz.published_at.is_not(None).label("published"),
    QuizDelivery.assignment_id,
    Assignment.article_id,
    Article.title.label("article_title"),
    Article.language,
    Article.direction,
    Assignment.version_id,
    Assignment.section_id,
    Section.name.label("section_name"),
    Section.time_zone.label("zone"),
    Section.archived_at.is_not(None).label("archived"),
    Enrollment.role,
    Enrollment.id.label("enrollment_id"),
    Assignment.opens_at,
    due_at(),
    closes_at(),
    QuizDelivery.time_limit_seconds,
    QuizDelivery.attempts_allowed,
    QuizDelivery.which_counts,
    QuizDelivery.shuffle_questions,
    QuizDelivery.shuffle_options,
    QuizDelivery.layout,
    QuizDelivery.late_credit_percent,
    QuizDelivery.release_score,
    QuizDelivery.release_correctness,
    QuizDelivery.release_feedback,
    QuizDelivery.release_key,
    QuizDelivery.released_at,
    QuizDelivery.access_code,
    QuizDelivery.delay_seconds,
    Assignment.latest_due_at,
    Assignment.latest_closes_at,
    func.coalesce(Accommodation.time_factor_percent, 100).label("time_factor_percent"),
    func.coalesce(Accommodation.extra_days, 0).label("extra_days"),
    func.coalesce(Accommodation.extra_attempts, 0).label("extra_attempts"),
    func.coalesce(Accommodation.hides_timer, false()).label("hides_timer"),
    QuizDelivery.hides_names,
    QuizDelivery.certainty,
    QuizDelivery.second_try_percent,
)


def from_delivery(statement: AnySelect) -> AnySelect:
    """Join a SELECT of DELIVERY_COLUMNS, from QuizDelivery on, to everything but the enrollment."""
    return (
        statement.join(Quiz, Quiz.id == QuizDelivery.quiz_id)
        .join(Assignment, Assignment.id == QuizDelivery.assignment_id)
        .join(Article, Article.id == Assignment.article_id)
        .join(Section, Section.id == Assignment.section_id)
    )


def with_own_limits(statement: AnySelect) -> AnySelect:
    """Join a SELECT of DELIVERY_COLUMNS that has the enrollment to what that student has of their own."""
    mine = and_(Accommodation.enrollment_id == Enrollment.id, Enrollment.role == "student")
    return with_own_dates(statement).outerjoin(Accommodation, mine)


@cache
def _delivery() -> AnySelect:
    return deliveries_in_reach().where(QuizDelivery.id == bindparam("delivery_id"))


@cache
def _of_reading() -> AnySelect:
    of_assignment = QuizDelivery.assignment_id == bindparam("assignment_id")
    return deliveries_in_reach().where(of_assignment).order_by(QuizDelivery.id).limit(MOST)


@cache
def _size() -> AnySelect:
    points = func.coalesce(func.sum(Item.points), 0)
    return select(func.count(Item.id), points).where(Item.quiz_id == bindparam("quiz_id"))


def find_delivery_for(user_id: int, delivery_id: int) -> DeliveryRow | None:
    """Return the quiz as this person meets it in the class, or None where it is not there for them."""
    row = read_rows(_delivery(), {"user_id": user_id, "delivery_id": delivery_id}).first()
    return DeliveryRow(*row) if row else None


def get_delivery_for(user_id: int, delivery_id: int) -> DeliveryRow:
    """Return the quiz as this person meets it in the class, or answer 404."""
    return find_delivery_for(user_id, delivery_id) or not_found()


def list_deliveries_for(user_id: int, assignment_id: int) -> list[DeliveryRow]:
    """Return the quizzes of one reading as this person meets them, oldest first."""
    rows = read_rows(_of_reading(), {"user_id": user_id, "assignment_id": assignment_id})
    return [DeliveryRow(*row) for row in rows]


def size_of_quiz(quiz_id: int) -> QuizSize:
    """Return how many questions a quiz has now, and their points."""
    row = read_rows(_size(), {"quiz_id": quiz_id}).one()
    return QuizSize(row[0], int(row[1]))


def deliveries_in_reach() -> AnySelect:
    """The quizzes that exist for the person `user_id`, in the columns of DeliveryRow."""
    statement = from_delivery(select(*DELIVERY_COLUMNS).select_from(QuizDelivery))
    return with_own_limits(statement.join(Enrollment, Enrollment.section_id == Section.id)).where(
        Enrollment.user_id == bindparam("user_id"), Enrollment.state == "active", _is_visible()
    )


def _is_visible() -> ColumnElement[bool]:
    """Staff see drafts; others what is published, and what they already have an attempt in."""
    mine = aliased(Attempt)
    own = select(mine.id).where(mine.delivery_id == QuizDelivery.id, mine.enrollment_id == Enrollment.id)
    return or_(Enrollment.role.in_(STAFF), Quiz.published_at.is_not(None), own.exists())
