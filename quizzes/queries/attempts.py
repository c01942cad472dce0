"""Attempts and the answers in them, always found through the person whose attempt it is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select

from classroom.models import Enrollment, Section, User
from core.database import AnySelect, db
from core.web import not_found
from quizzes.attempts import AnswerRow, AttemptRow, DeliveryRow, OwnAttempt
from quizzes.models import Attempt, QuestionVersion, QuizDelivery, Response
from quizzes.queries.deliveries import DELIVERY_COLUMNS, from_delivery

MOST_ATTEMPTS = 500


_ATTEMPT_COLUMNS = (
    Attempt.id.label("attempt_id"),
    Attempt.number,
    Attempt.layout.label("attempt_layout"),
    Attempt.article_version_id,
    Attempt.started_at,
    Attempt.limit_ends_at,
    Attempt.submitted_at,
    Attempt.receipt_code,
    Attempt.points,
    Attempt.max_points,
    Attempt.ungraded,
)
_ANSWER_COLUMNS = (
    Response.id.label("response_id"),
    Response.item_id,
    Response.question_version_id.label("version_id"),
    QuestionVersion.type,
    QuestionVersion.stem,
    QuestionVersion.stem_html,
    QuestionVersion.content,
    QuestionVersion.hint,
    QuestionVersion.general_feedback_html,
    Response.answer,
    Response.fraction,
    Response.points.label("response_points"),
    Response.flagged,
    Response.revision,
    Response.writer,
    Response.saved_at,
    Response.grader_comment,
)


def get_attempt_for(user_id: int, attempt_id: int, *, lock: bool = False) -> AttemptRow:
    """Return this person's own attempt, or answer 404. `lock` keeps others from changing it until the commit."""
    statement = _attempts(user_id, attempt_id, _ATTEMPT_COLUMNS)
    row = db.session.execute(statement.with_for_update(of=Attempt) if lock else statement).first()
    return _attempt(row._mapping) if row else not_found()


def lock_answers_for(user_id: int, attempt_id: int, item_ids: Sequence[int]) -> tuple[AttemptRow, list[AnswerRow]]:
    """Return this person's attempt, locked until the commit, and its answers to these items; else 404."""
    statement = (
        _attempts(user_id, attempt_id, (*_ATTEMPT_COLUMNS, *_ANSWER_COLUMNS))
        .join(Response, Response.attempt_id == Attempt.id)
        .join(QuestionVersion, QuestionVersion.id == Response.question_version_id)
        .where(Response.item_id.in_(item_ids))
        .with_for_update(of=Attempt)
    )
    rows = db.session.execute(statement).all()
    if not rows or len(rows) != len(set(item_ids)):
        not_found()
    attempt = _attempt(rows[0]._mapping)
    return attempt, _answers(attempt, rows)


def list_answers(attempt: AttemptRow) -> list[AnswerRow]:
    """Return every answer of an attempt, in the attempt's own order, in one statement."""
    rows = db.session.execute(
        select(*_ANSWER_COLUMNS)
        .join(QuestionVersion, QuestionVersion.id == Response.question_version_id)
        .where(Response.attempt_id == attempt.id)
    ).all()
    return _answers(attempt, rows)


def list_own_attempts(delivery_id: int, enrollment_id: int) -> list[OwnAttempt]:
    """Return one person's attempts at one quiz, first to last."""
    rows = db.session.execute(
        select(
            Attempt.id,
            Attempt.number,
            Attempt.started_at,
            Attempt.limit_ends_at,
            Attempt.submitted_at,
            Attempt.points,
            Attempt.max_points,
            Attempt.ungraded,
        )
        .where(Attempt.delivery_id == delivery_id, Attempt.enrollment_id == enrollment_id)
        .order_by(Attempt.number, Attempt.id)
        .limit(MOST_ATTEMPTS)
    )
    return [OwnAttempt(**row._mapping) for row in rows]


def find_instructor_name(section_id: int) -> str | None:
    """Return the name of a class's first instructor: the one who reads open answers."""
    return db.session.execute(
        select(User.name)
        .join(Enrollment, Enrollment.user_id == User.id)
        .where(Enrollment.section_id == section_id, Enrollment.role == "instructor", Enrollment.state == "active")
        .order_by(Enrollment.id)
        .limit(1)
    ).scalar_one_or_none()


def _attempts(user_id: int, attempt_id: int, columns: Sequence[Any]) -> AnySelect:
    return (
        from_delivery(
            select(*DELIVERY_COLUMNS, *columns)
            .select_from(Attempt)
            .join(QuizDelivery, QuizDelivery.id == Attempt.delivery_id)
        )
        .join(Enrollment, (Enrollment.id == Attempt.enrollment_id) & (Enrollment.section_id == Section.id))
        .where(Attempt.id == attempt_id, Enrollment.user_id == user_id, Enrollment.state == "active")
    )


def _attempt(row: Any) -> AttemptRow:
    delivery = DeliveryRow(**{column.key: row[column.key] for column in DELIVERY_COLUMNS})
    own = {column.key: row[column.key] for column in _ATTEMPT_COLUMNS}
    return AttemptRow(id=own.pop("attempt_id"), layout=own.pop("attempt_layout"), delivery=delivery, **own)


def _answers(attempt: AttemptRow, rows: Sequence[Any]) -> list[AnswerRow]:
    """The answers in the order of the layout, with what the layout says of each item."""
    by_item = {row.item_id: {column.key: row._mapping[column.key] for column in _ANSWER_COLUMNS} for row in rows}
    answers = []
    for number, placed in enumerate(attempt.layout, start=1):
        if values := by_item.get(placed["item"]):
            points = values.pop("response_points")
            answers.append(
                AnswerRow(
                    number=number,
                    worth=placed["points"],
                    option_order=tuple(placed["options"]),
                    points=points,
                    **values,
                )
            )
    return answers
