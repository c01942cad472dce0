"""What is new for a student about quizzes: answers that were read, results that came out, scores that were changed.

Release rules apply to all of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, and_, bindparam, func, or_, select

from articles.models import Assignment
from articles.queries.opened import NOW, SINCE, to_students, whom
from classroom.models import Enrollment, User
from core.database import AnySelect, UTCDateTime, db
from quizzes.feedback import (
    AFTER_CLOSE,
    AFTER_DUE,
    BY_INSTRUCTOR,
    NEVER,
    ReleaseMoment,
    ReleaseRules,
    Shown,
    what_may_be_shown,
)
from quizzes.models import Attempt, Quiz, QuizDelivery, Regrade, Response, ScoreChange
from quizzes.queries.standing import is_handed_in, joined
from quizzes.timing import GRACE, second_of

NEW_FOR = timedelta(days=14)
"""How long a score that was changed is news."""
MOST = 500
_RELEASE = (
    QuizDelivery.release_score,
    QuizDelivery.release_feedback,
    QuizDelivery.released_at,
    Assignment.latest_due_at,
    Assignment.latest_closes_at,
)


@dataclass(frozen=True)
class ReadAnswer:
    """An answer that somebody read: where its result is, who read it, and what was said."""

    attempt_id: int
    quiz_title: str
    grader: str
    comment: str


@cache
def _read_answers() -> AnySelect:
    return (
        select(
            Response.attempt_id,
            Quiz.title,
            User.name,
            Response.grader_comment,
            Response.dropped,
            *_RELEASE,
        )
        .join(Attempt, Attempt.id == Response.attempt_id)
        .join(Enrollment, Enrollment.id == Attempt.enrollment_id)
        .join(QuizDelivery, QuizDelivery.id == Attempt.delivery_id)
        .join(Quiz, Quiz.id == QuizDelivery.quiz_id)
        .join(Assignment, Assignment.id == QuizDelivery.assignment_id)
        .join(User, User.id == Response.graded_by_id)
        .where(
            Enrollment.user_id == bindparam("user_id"),
            Enrollment.state == "active",
            Response.graded_at.is_not(None),
        )
        .order_by(Response.graded_at.desc(), Response.id.desc())
        .limit(10)
    )


def list_read_answers(user_id: int, now: datetime, limit: int = 3) -> list[ReadAnswer]:
    """Return the newest of the person's answers that were read, as far as feedback is released."""
    rows = db.session.execute(_read_answers(), {"user_id": user_id})
    return [ReadAnswer(*tuple(row)[:4]) for row in rows if _shown(row, now, is_dropped=row.dropped).feedback][:limit]


@dataclass(frozen=True)
class Rescored:
    """A score of the person's that changed by a decision: its newest reason ("": taken back), and where it is."""

    attempt_id: int
    quiz_title: str
    why: str
    regrade_id: int


@cache
def _rescored() -> AnySelect:
    return (
        select(
            Response.attempt_id,
            Quiz.title,
            ScoreChange.why,
            ScoreChange.regrade_id,
            *_RELEASE,
        )
        .select_from(Enrollment)
        .join(Attempt, Attempt.enrollment_id == Enrollment.id)
        .join(Response, Response.attempt_id == Attempt.id)
        .join(ScoreChange, ScoreChange.response_id == Response.id)
        .join(QuizDelivery, QuizDelivery.id == Attempt.delivery_id)
        .join(Quiz, Quiz.id == QuizDelivery.quiz_id)
        .join(Assignment, Assignment.id == QuizDelivery.assignment_id)
        .where(
            Enrollment.user_id == bindparam("user_id"),
            Enrollment.state == "active",
            ScoreChange.regrade_id.is_not(None),
        )
        .order_by(ScoreChange.id.desc())
    )


@cache
def _rescored_lately() -> AnySelect:
    return _rescored().where(ScoreChange.at > bindparam("since", type_=UTCDateTime)).limit(20)


def list_rescored(user_id: int, now: datetime, limit: int = 3) -> list[Rescored]:
    """Return the quizzes on which the person's score changed for a reason in the last days, newest first."""
    rows = db.session.execute(_rescored_lately(), {"user_id": user_id, "since": now - NEW_FOR})
    found = {row.attempt_id: Rescored(*tuple(row)[:4]) for row in reversed(rows.all()) if _shown(row, now).score}
    return list(reversed(found.values()))[:limit]


def list_rescored_by(user_id: int, now: datetime, regrade_ids: Sequence[int]) -> dict[int, Rescored]:
    """Return what these decisions last did to the person's scores, by decision, as far as scores are released."""
    if not regrade_ids:
        return {}
    wanted = _rescored().where(ScoreChange.regrade_id.in_(regrade_ids)).limit(MOST)
    rows = db.session.execute(wanted, {"user_id": user_id}).all()
    return {row.regrade_id: Rescored(*tuple(row)[:4]) for row in reversed(rows) if _shown(row, now).score}


@dataclass(frozen=True)
class ResultRow:
    """A quiz whose score or feedback the person may see: of the newest attempt that was handed in."""

    delivery_id: int
    attempt_id: int
    quiz_title: str


def list_results(user_id: int, now: datetime, delivery_ids: Sequence[int]) -> dict[int, ResultRow]:
    """Return what may be told of the person's own attempts at these quizzes, by delivery. One statement."""
    if not delivery_ids:
        return {}
    settled = is_handed_in(second_of(now) - GRACE)
    own = (
        joined(
            select(
                QuizDelivery.id,
                Attempt.id.label("attempt_id"),
                Quiz.title,
                *_RELEASE,
            ).select_from(Attempt)
        )
        .join(Quiz, Quiz.id == QuizDelivery.quiz_id)
        .join(Enrollment, Enrollment.id == Attempt.enrollment_id)
        .where(Enrollment.user_id == user_id, Enrollment.state == "active", QuizDelivery.id.in_(delivery_ids), settled)
        .order_by(Attempt.number.desc(), Attempt.id)
        .limit(MOST)
    )
    rows = db.session.execute(own).all()
    return {row.id: ResultRow(*tuple(row)[:3]) for row in reversed(rows) if _tells(row, now)}


def _tells(row: Any, now: datetime) -> bool:
    shown = _shown(row, now)
    return shown.score or shown.feedback


def _shown(row: Any, now: datetime, *, is_dropped: bool = False) -> Shown:
    """What may be told of an attempt that was handed in, or of a question of it; never right and wrong or the key."""
    rules = ReleaseRules(row.release_score, NEVER, row.release_feedback, NEVER)
    return what_may_be_shown(rules, replace(ReleaseMoment.of(row, now), is_dropped=is_dropped))


def of_results_released() -> AnySelect:
    """Those whose score or feedback waited for a moment that came since `since` (classroom.fan_outs)."""
    deliveries = whom(QuizDelivery.id).join(QuizDelivery, QuizDelivery.assignment_id == Assignment.id)
    own = and_(Attempt.delivery_id == QuizDelivery.id, Attempt.enrollment_id == Enrollment.id)
    came = or_(_came(QuizDelivery.release_score), _came(QuizDelivery.release_feedback))
    return to_students(deliveries).join(Attempt, own).where(came).distinct()


def of_scores_changed() -> AnySelect:
    """Those whose score a decision changed since `since`, by decision, and when it last did: once more when undone."""
    changed = (
        select(
            Enrollment.user_id,
            Assignment.section_id,
            Regrade.id.label("object_id"),
            func.max(ScoreChange.at).label("at"),
        )
        .select_from(Regrade)
        .join(ScoreChange, ScoreChange.regrade_id == Regrade.id)
        .join(Response, Response.id == ScoreChange.response_id)
        .join(Attempt, Attempt.id == Response.attempt_id)
        .join(Enrollment, Enrollment.id == Attempt.enrollment_id)
        .join(QuizDelivery, QuizDelivery.id == Attempt.delivery_id)
        .join(Assignment, Assignment.id == QuizDelivery.assignment_id)
        .where(or_(Regrade.at > SINCE, Regrade.undone_at > SINCE))
    )
    return changed.group_by(Enrollment.user_id, Assignment.section_id, Regrade.id)


def _came(rule: Any) -> ColumnElement[bool]:
    """Whether the moment of a rule may have come lately; what_may_be_shown() decides when it is told."""
    moments = (
        (QuizDelivery.released_at, (BY_INSTRUCTOR, AFTER_DUE, AFTER_CLOSE)),
        (Assignment.latest_due_at, (AFTER_DUE,)),
        (Assignment.latest_closes_at, (AFTER_DUE, AFTER_CLOSE)),
    )
    return or_(*(and_(rule.in_(rules), moment > SINCE, moment < NOW) for moment, rules in moments))
