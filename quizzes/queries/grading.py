"""Answers that a person grades: how many wait, and one with all that is needed to grade it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import case, func, select
from sqlalchemy.orm import aliased

from articles.models import Assignment
from classroom.models import STAFF, Enrollment, Section, User
from core import clock
from core.database import AnySelect, db
from core.web import not_found
from quizzes.models import Attempt, Item, QuestionVersion, Response
from quizzes.points import Points
from quizzes.queries.standing import handed_in_at, is_handed_in, joined
from quizzes.question_types import TYPES
from quizzes.timing import GRACE

BY_HAND = tuple(name for name, kind in TYPES.items() if kind.needs_person)
_waiting = func.sum(case((Response.points.is_(None), 1), else_=0))


@dataclass(frozen=True)
class ItemCounts:
    """How many answers to an item are handed in, and how many of them wait."""

    answers: int
    waiting: int


@dataclass(frozen=True)
class AnswerLine:
    """One answer in the row of those to grade."""

    id: int
    waits: bool


@dataclass(frozen=True)
class GradedAnswer:
    """One answer as it stands now."""

    id: int
    attempt_id: int
    student: str
    attempt_number: int
    submitted_at: datetime | None
    answer: dict[str, Any]
    points: Points | None
    comment: str
    revision: int
    graded_at: datetime | None
    grader: str | None
    stem_html: str
    type: str
    content: dict[str, Any]
    most: Points


def _answers(statement: AnySelect, delivery_id: int) -> AnySelect:
    """Over Response: what students of the class have handed in and a person grades."""
    return (
        joined(statement.join(Attempt, Attempt.id == Response.attempt_id))
        .join(QuestionVersion, QuestionVersion.id == Response.question_version_id)
        .join(Enrollment, Enrollment.id == Attempt.enrollment_id)
        .where(
            Response.delivery_id == delivery_id,
            Response.answer.is_not(None),
            QuestionVersion.type.in_(BY_HAND),
            Enrollment.state == "active",
            is_handed_in(settled_moment()),
        )
    )


def count_answers(delivery_id: int) -> dict[int, ItemCounts]:
    """Return the counts of each item of a delivery that has answers to be graded by hand: one statement."""
    rows = db.session.execute(
        _answers(select(Response.item_id, func.count(), _waiting).select_from(Response), delivery_id)
        .group_by(Response.item_id)
        .order_by(Response.item_id)
    )
    return {item_id: ItemCounts(answers, int(waiting)) for item_id, answers, waiting in rows}


def list_answers(delivery_id: int, item_id: int) -> list[AnswerLine]:
    """Return every answer to an item that is handed in, in a stable order."""
    rows = db.session.execute(
        _answers(select(Response.id, Response.points.is_(None)).select_from(Response), delivery_id)
        .where(Response.item_id == item_id)
        .order_by(Response.id)
        .limit(5_000)
    )
    return [AnswerLine(*row) for row in rows]


def get_answer(delivery_id: int, item_id: int, response_id: int) -> GradedAnswer:
    """Return one answer of a delivery to which access has been checked, or answer 404."""
    grader, student = aliased(User), aliased(User)
    row = db.session.execute(
        _answers(
            select(
                Response.id,
                Response.attempt_id,
                student.name.label("student"),
                Attempt.number.label("attempt_number"),
                Attempt.submitted_at,
                Response.answer,
                Response.points,
                Response.grader_comment.label("comment"),
                Response.revision,
                Response.graded_at,
                grader.name.label("grader"),
                QuestionVersion.stem_html,
                QuestionVersion.type,
                QuestionVersion.content,
                Item.points.label("most"),
            ).select_from(Response),
            delivery_id,
        )
        .join(Item, Item.id == Response.item_id)
        .join(student, student.id == Enrollment.user_id)
        .outerjoin(grader, grader.id == Response.graded_by_id)
        .where(Response.id == response_id, Response.item_id == item_id)
    ).first()
    return GradedAnswer(**row._mapping) if row else not_found()


def count_waiting_for(user_id: int) -> list[tuple[int, int]]:
    """Return (delivery id, answers waiting) over the running classes where this person is staff; one statement."""
    me = aliased(Enrollment)
    statement = joined(
        select(Response.delivery_id, func.count())
        .select_from(Response)
        .join(Attempt, Attempt.id == Response.attempt_id)
    )
    rows = db.session.execute(
        statement.join(Section, Section.id == Assignment.section_id)
        .join(me, me.section_id == Section.id)
        .join(Enrollment, Enrollment.id == Attempt.enrollment_id)
        .where(
            me.user_id == user_id,
            me.state == "active",
            me.role.in_(STAFF),
            Section.archived_at.is_(None),
            Enrollment.state == "active",
            Response.points.is_(None),
            is_handed_in(settled_moment()),
        )
        .group_by(Response.delivery_id)
        .order_by(Response.delivery_id)
        .limit(500)
    )
    return [(delivery_id, count) for delivery_id, count in rows]


def find_unclosed_attempt(response_id: int) -> tuple[int, datetime] | None:
    """Return (attempt, its end) of an answer if the attempt is past its end and nobody has closed it yet."""
    statement = joined(
        select(Attempt.id, handed_in_at()).select_from(Response).join(Attempt, Attempt.id == Response.attempt_id)
    ).where(Response.id == response_id, Attempt.submitted_at.is_(None), is_handed_in(settled_moment()))
    row = db.session.execute(statement).first()
    return (row[0], row[1]) if row else None


def settled_moment() -> datetime:
    """The moment whose ends are over for good: saves are taken for a few seconds after an end."""
    return clock.now() - GRACE
