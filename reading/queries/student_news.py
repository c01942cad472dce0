"""What is new for a student: prompts without an own post, answers that were read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import and_, bindparam, func, select

from articles.models import Assignment
from classroom.models import Enrollment, User
from core.database import AnySelect, UTCDateTime, db
from discussion.models import Comment, PromptDelivery
from quizzes.feedback import ReleaseMoment, is_released
from quizzes.models import Attempt, Quiz, QuizDelivery, Response, ScoreChange

NEW_FOR = timedelta(days=14)
"""How long a score that was changed is news."""


@dataclass(frozen=True)
class Talk:
    """The prompts of a reading, and on how many of them the student has posted."""

    prompts: int
    answered: int


@cache
def _talk() -> AnySelect:
    mine = and_(
        Enrollment.section_id == Assignment.section_id,
        Enrollment.user_id == bindparam("user_id"),
        Enrollment.state == "active",
        Enrollment.role == "student",
    )
    own = and_(
        Comment.delivery_id == PromptDelivery.id,
        Comment.enrollment_id == Enrollment.id,
        Comment.deleted_at.is_(None),
    )
    return (
        select(
            PromptDelivery.assignment_id,
            func.count(PromptDelivery.id.distinct()),
            func.count(Comment.delivery_id.distinct()),
        )
        .join(Assignment, Assignment.id == PromptDelivery.assignment_id)
        .join(Enrollment, mine)
        .outerjoin(Comment, own)
        .group_by(PromptDelivery.assignment_id)
        .order_by(PromptDelivery.assignment_id)
        .limit(200)
    )


def find_talk(user_id: int) -> dict[int, Talk]:
    """Return for each reading (assignment id) of the person how much of its discussion is done."""
    rows = db.session.execute(_talk(), {"user_id": user_id})
    return {assignment_id: Talk(prompts, answered) for assignment_id, prompts, answered in rows}


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
            QuizDelivery.release_feedback.label("rule"),
            QuizDelivery.released_at,
            Assignment.latest_due_at,
            Assignment.latest_closes_at,
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
    return [ReadAnswer(*tuple(row)[:4]) for row in rows if _is_shown(row, now)][:limit]


@dataclass(frozen=True)
class Rescored:
    """A quiz on which a score of the person's changed for a reason: its newest reason, and where the result is."""

    attempt_id: int
    quiz_title: str
    why: str


@cache
def _rescored() -> AnySelect:
    return (
        select(
            Response.attempt_id,
            Quiz.title,
            ScoreChange.why,
            QuizDelivery.release_score.label("rule"),
            QuizDelivery.released_at,
            Assignment.latest_due_at,
            Assignment.latest_closes_at,
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
            ScoreChange.at > bindparam("since", type_=UTCDateTime),
        )
        .order_by(ScoreChange.id.desc())
        .limit(20)
    )


def list_rescored(user_id: int, now: datetime, limit: int = 3) -> list[Rescored]:
    """Return the quizzes on which the person's score changed for a reason in the last days, newest first."""
    rows = db.session.execute(_rescored(), {"user_id": user_id, "since": now - NEW_FOR})
    found = {row.attempt_id: Rescored(*tuple(row)[:3]) for row in reversed(rows.all()) if _is_shown(row, now)}
    return list(reversed(found.values()))[:limit]


def _is_shown(row: Any, now: datetime) -> bool:
    moment = ReleaseMoment(now, row.latest_due_at, row.latest_closes_at, row.released_at, attempts_left=False)
    return is_released(row.rule, moment)
