"""Attempts and the answers in them, always found through the person whose attempt it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from sqlalchemy import and_, bindparam, select

from articles.models import Assignment
from classroom.models import Enrollment, Section, User
from core.database import AnySelect, db, read_rows
from core.web import not_found
from quizzes.attempts import AnswerRow, AttemptRow, DeliveryRow, OwnAttempt
from quizzes.layout import LayoutRow
from quizzes.models import Attempt, QuizDelivery, Response
from quizzes.queries.deliveries import DELIVERY_COLUMNS, from_delivery, with_own_limits
from quizzes.queries.versions import Question, questions_of

MOST_ATTEMPTS = 500


ATTEMPT_COLUMNS: tuple[Any, ...] = (
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
    Attempt.ended_by,
)
ANSWER_COLUMNS: tuple[Any, ...] = (
    Response.id.label("response_id"),
    Response.item_id,
    Response.question_version_id,
    Response.answer,
    Response.fraction,
    Response.points.label("response_points"),
    Response.flagged,
    Response.revision,
    Response.writer,
    Response.saved_at,
    Response.grader_comment,
    Response.dropped,
    Response.regrade_id,
    Response.certainty,
    Response.rubric,
)


def _attempts(*more: Any) -> AnySelect:
    statement = from_delivery(
        select(*DELIVERY_COLUMNS, *ATTEMPT_COLUMNS, *more)
        .select_from(Attempt)
        .join(QuizDelivery, QuizDelivery.id == Attempt.delivery_id)
    ).join(Enrollment, (Enrollment.id == Attempt.enrollment_id) & (Enrollment.section_id == Section.id))
    return with_own_limits(statement).where(
        Attempt.id == bindparam("attempt_id"),
        Enrollment.user_id == bindparam("user_id"),
        Enrollment.state == "active",
    )


@cache
def _own_attempt() -> AnySelect:
    return _attempts()


@cache
def _locked_attempt() -> AnySelect:
    return _attempts().with_for_update(of=Attempt)


@cache
def _locked_answers(*, one: bool) -> AnySelect:
    answers = _attempts(*ANSWER_COLUMNS).join(Response, Response.attempt_id == Attempt.id)
    if one:
        answers = answers.where(Response.item_id == bindparam("item_id"))
    return answers.with_for_update(of=(Attempt, Response))  # PostgreSQL reads anew only the rows it locks


@cache
def _all_answers() -> AnySelect:
    return select(*ANSWER_COLUMNS).where(Response.attempt_id == bindparam("attempt_id"))


_OWN_COLUMNS: tuple[Any, ...] = (
    Attempt.id,
    Attempt.number,
    Attempt.started_at,
    Attempt.limit_ends_at,
    Attempt.submitted_at,
    Attempt.points,
    Attempt.max_points,
    Attempt.ungraded,
)


@cache
def _list_of_own() -> AnySelect:
    return (
        select(*_OWN_COLUMNS)
        .where(
            Attempt.delivery_id == bindparam("delivery_id"),
            Attempt.enrollment_id == bindparam("enrollment_id"),
        )
        .order_by(Attempt.number, Attempt.id)
        .limit(MOST_ATTEMPTS)
    )


def get_attempt_for(user_id: int, attempt_id: int, *, lock: bool = False) -> AttemptRow:
    """Return this person's own attempt, or answer 404. `lock` keeps others from changing it until the commit."""
    statement = _locked_attempt() if lock else _own_attempt()
    row = read_rows(statement, {"user_id": user_id, "attempt_id": attempt_id}).first()
    return attempt_of(row) if row else not_found()


def lock_answers_for(user_id: int, attempt_id: int, item_ids: Sequence[int]) -> tuple[AttemptRow, list[AnswerRow]]:
    """Return this person's attempt, locked until the commit, and its answers to these items; else 404."""
    wanted = {"user_id": user_id, "attempt_id": attempt_id}
    if len(item_ids) == 1:
        wanted["item_id"] = item_ids[0]
    ends = len(DELIVERY_COLUMNS) + len(ATTEMPT_COLUMNS)
    rows = read_rows(_locked_answers(one=len(item_ids) == 1), wanted, alike=ends)
    asked = set(item_ids)
    answers = [row[ends:] for row in rows if row[ends + 1] in asked]
    if not answers or len(answers) != len(asked):
        not_found()
    attempt = attempt_of(rows[0][:ends])
    return attempt, answers_of(attempt, answers)


def list_answers(attempt: AttemptRow) -> list[AnswerRow]:
    """Return every answer of an attempt, in the attempt's own order, in one statement."""
    return answers_of(attempt, read_rows(_all_answers(), {"attempt_id": attempt.id}))


def list_unanswered(layout: Sequence[LayoutRow]) -> list[AnswerRow]:
    """Return the questions of a layout in its order, with nothing answered."""
    questions = questions_of(row["version"] for row in layout)
    answers = []
    for number, row in enumerate(layout, start=1):
        place = (row["item"], number, row["points"], tuple(row["options"]))
        values = [0, *place, *questions[row["version"]], None, None, None, False, 0, "", None, ""]
        answers.append(AnswerRow(*values))
    return answers


def list_own_attempts(delivery_id: int, enrollment_id: int) -> list[OwnAttempt]:
    """Return one person's attempts at one quiz, first to last."""
    rows = read_rows(_list_of_own(), {"delivery_id": delivery_id, "enrollment_id": enrollment_id})
    return [OwnAttempt(*row) for row in rows]


@cache
def _own_before_a_start() -> AnySelect:
    mine = and_(Attempt.delivery_id == QuizDelivery.id, Attempt.enrollment_id == Enrollment.id)
    return (
        select(*_OWN_COLUMNS)
        .select_from(Enrollment)
        .join(QuizDelivery, QuizDelivery.id == bindparam("delivery_id"))
        .join(Assignment, Assignment.id == QuizDelivery.assignment_id)
        .outerjoin(Attempt, mine)
        .where(Enrollment.user_id == bindparam("user_id"), Enrollment.section_id == Assignment.section_id)
        .order_by(Attempt.number, Attempt.id)
        .limit(MOST_ATTEMPTS)
        .with_for_update(read=True, of=(Enrollment, QuizDelivery, Assignment))
    )


def lock_own_attempts(user_id: int, delivery_id: int) -> list[OwnAttempt]:
    """Return one person's attempts at one quiz, first to last, before another is started; nothing to strangers.

    Until the commit nobody changes the quiz's rules in the class, how it is scored there, the dates or the person's
    limits: what is read after this (and nothing that was read before) is what the new attempt gets. On PostgreSQL
    the rows are shared, so that a class starts at once and only such a change waits; SQLite has one writer anyway.
    """
    rows = read_rows(_own_before_a_start(), {"user_id": user_id, "delivery_id": delivery_id})
    return [OwnAttempt(*row) for row in rows if row[0] is not None]


def find_instructor_name(section_id: int) -> str | None:
    """Return the name of a class's first instructor: the one who reads open answers."""
    return db.session.execute(
        select(User.name)
        .join(Enrollment, Enrollment.user_id == User.id)
        .where(Enrollment.section_id == section_id, Enrollment.role == "instructor", Enrollment.state == "active")
        .order_by(Enrollment.id)
        .limit(1)
    ).scalar_one_or_none()


def attempt_of(row: Sequence[Any]) -> AttemptRow:
    """The columns stand in the order of the fields: first the delivery's, then the attempt's."""
    ends = len(DELIVERY_COLUMNS)
    values = [*row[ends:], DeliveryRow(*row[:ends])]
    return AttemptRow(*values)


def answers_of(
    attempt: AttemptRow, rows: Sequence[Sequence[Any]], known: Mapping[int, Question] | None = None
) -> list[AnswerRow]:
    """The answers in the order of the layout. The fields are the columns, with what the layout says after the item.

    `known`: the questions by version, where they have been read already.
    """
    by_item = {row[1]: row for row in rows}
    questions = known or questions_of({placed["version"] for placed in attempt.layout} | {row[2] for row in rows})
    answers = []
    for number, placed in enumerate(attempt.layout, start=1):
        if row := by_item.get(placed["item"]):
            response_id, item_id, version_id, *given = row
            place = (number, placed["points"], tuple(placed["options"]))
            answers.append(AnswerRow(response_id, item_id, *place, *questions[version_id], *given))
    return answers
