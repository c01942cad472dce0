"""What is new for a student: prompts without an own post, answers that were read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import and_, bindparam, func, select

from articles.models import Assignment
from classroom.models import Enrollment, User
from core.database import AnySelect, db
from discussion.models import Comment, PromptDelivery
from quizzes.feedback import ReleaseMoment, is_released
from quizzes.models import Attempt, Quiz, QuizDelivery, Response


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
            QuizDelivery.release_feedback,
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


def _is_shown(row: Any, now: datetime) -> bool:
    moment = ReleaseMoment(now, row.latest_due_at, row.latest_closes_at, row.released_at, attempts_left=False)
    return is_released(row.release_feedback, moment)
