"""The quizzes of readings as the viewer stands with them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cache

from sqlalchemy import ScalarSelect, and_, bindparam, case, func, or_, select

from articles.models import Assignment
from classroom.models import STAFF, Accommodation, Enrollment
from core.database import AnySelect, db
from core.points import Points
from quizzes.models import Attempt, Item, Quiz, QuizDelivery
from quizzes.queries.standing import is_handed_in, is_in_progress
from quizzes.timing import own_limit, second_of


@dataclass(frozen=True)
class QuizState:
    """One quiz and the viewer's attempts at it; `open_attempt_id` is the one in progress, if any."""

    delivery_id: int
    assignment_id: int
    title: str
    questions: int
    points: Points
    time_limit_seconds: int | None
    time_factor_percent: int
    attempts_allowed: int | None
    attempts: int
    handed_in: int
    open_attempt_id: int | None

    @property
    def state(self) -> str:
        """Say handed_in, started or not_started."""
        if self.handed_in:
            return "handed_in"
        return "started" if self.open_attempt_id else "not_started"

    @property
    def minutes(self) -> int | None:
        """The viewer's own time limit in minutes, rounded up; None without one."""
        seconds = own_limit(self.time_limit_seconds, self.time_factor_percent)
        return -(-seconds // 60) if seconds else None


def _of_items(what: object) -> ScalarSelect[int]:
    return (
        select(what)  # type: ignore[call-overload]
        .select_from(Item)
        .where(Item.quiz_id == Quiz.id)
        .correlate(Quiz)
        .scalar_subquery()
    )


@cache
def _states(of_one_reading: bool) -> AnySelect:
    mine = and_(
        Enrollment.section_id == Assignment.section_id,
        Enrollment.user_id == bindparam("user_id"),
        Enrollment.state == "active",
    )
    own = and_(Attempt.delivery_id == QuizDelivery.id, Attempt.enrollment_id == Enrollment.id)
    limits = and_(Accommodation.enrollment_id == Enrollment.id, Enrollment.role == "student")
    statement = (
        select(
            QuizDelivery.id,
            QuizDelivery.assignment_id,
            Quiz.title,
            _of_items(func.count()),
            _of_items(func.coalesce(func.sum(Item.points), 0)),
            QuizDelivery.time_limit_seconds,
            func.coalesce(Accommodation.time_factor_percent, 100),
            QuizDelivery.attempts_allowed + func.coalesce(Accommodation.extra_attempts, 0),
            func.count(Attempt.id),
            func.count(case((is_handed_in(), Attempt.id))),
            func.max(case((is_in_progress(), Attempt.id))),
        )
        .select_from(QuizDelivery)
        .join(Quiz, Quiz.id == QuizDelivery.quiz_id)
        .join(Assignment, Assignment.id == QuizDelivery.assignment_id)
        .join(Enrollment, mine)
        .outerjoin(Attempt, own)
        .outerjoin(Accommodation, limits)
        .where(or_(Quiz.published_at.is_not(None), Enrollment.role.in_(STAFF)))
        .group_by(QuizDelivery.id, Quiz.id, Accommodation.enrollment_id)
        .order_by(QuizDelivery.id)
        .limit(200)
    )
    if of_one_reading:
        return statement.where(QuizDelivery.assignment_id == bindparam("assignment_id"))
    return statement


def list_quiz_states(user_id: int, now: datetime, assignment_id: int | None = None) -> list[QuizState]:
    """Return the published quizzes of the person's readings (or of one), in one statement.

    Staff see quizzes that are not published as well; their attempts are none.
    """
    given = {"user_id": user_id, "second": second_of(now), "assignment_id": assignment_id}
    rows = db.session.execute(_states(assignment_id is not None), given)
    return [QuizState(*tuple(row)) for row in rows]
