"""Decisions about scoring: which hold, which were taken back, and the answers that one would reach."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, case, func, select, true

from articles.models import Assignment
from classroom.models import Enrollment, Section, User
from core.database import AnySelect, db
from core.web import not_found
from quizzes.models import Attempt, Item, QuestionVersion, QuizDelivery, Regrade, Response, ScoreChange, SecondTry
from quizzes.queries.grading import settled_moment
from quizzes.queries.standing import is_handed_in, joined
from quizzes.queries.versions import Version, read_versions
from quizzes.regrading import Applied, Given, Scored
from quizzes.tries import SecondAnswer

MOST_ANSWERS = 100_000


@dataclass(frozen=True)
class TaughtDelivery:
    """The same quiz in a class that this person teaches, with how many have started there."""

    delivery_id: int
    assignment_id: int
    section_name: str
    archived: bool
    attempts: int


@dataclass(frozen=True)
class RegradeRow:
    """One decision about an item in a class, with who took it and who took it back."""

    id: int
    policy: str
    why: str
    at: datetime
    by: str
    undone_at: datetime | None
    undone_by: str | None
    version_id: int

    @property
    def holds(self) -> bool:
        """Whether it was not taken back."""
        return self.undone_at is None


@dataclass(frozen=True)
class AnsweredBy:
    """Whose answer it is, in which class; `counts` is False for people who do not study there any more."""

    scored: Scored
    delivery_id: int
    name: str
    attempt_number: int
    counts: bool


def list_regrades(delivery_id: int, item_id: int, question_id: int | None = None) -> list[RegradeRow]:
    """Return every decision about an item in a class, or about one question that it drew; newest first."""
    by, undone_by = User.__table__.alias("by"), User.__table__.alias("undone_by")
    rows = db.session.execute(
        select(
            Regrade.id,
            Regrade.policy,
            Regrade.why,
            Regrade.at,
            by.c.name,
            Regrade.undone_at,
            undone_by.c.name,
            Regrade.question_version_id,
        )
        .join(by, by.c.id == Regrade.by_id)
        .join(QuestionVersion, QuestionVersion.id == Regrade.question_version_id)
        .outerjoin(undone_by, undone_by.c.id == Regrade.undone_by_id)
        .where(Regrade.delivery_id == delivery_id, Regrade.item_id == item_id)
        .where(true() if question_id is None else QuestionVersion.question_id == question_id)
        .order_by(Regrade.id.desc())
        .limit(200)
    )
    return [RegradeRow(*row) for row in rows]


def get_regrade(delivery_id: int, item_id: int, regrade_id: int) -> RegradeRow:
    """Return one decision about an item in a class to which access has been checked, or answer 404."""
    return next((row for row in list_regrades(delivery_id, item_id) if row.id == regrade_id), None) or not_found()


def list_taught_deliveries(user_id: int, quiz_id: int) -> list[TaughtDelivery]:
    """Return the classes that this person teaches and that have the quiz, by name."""
    attempts = select(func.count()).where(Attempt.delivery_id == QuizDelivery.id).correlate(QuizDelivery)
    rows = db.session.execute(
        select(
            QuizDelivery.id,
            Assignment.id,
            Section.name,
            Section.archived_at.is_not(None),
            attempts.scalar_subquery(),
        )
        .join(Assignment, Assignment.id == QuizDelivery.assignment_id)
        .join(Section, Section.id == Assignment.section_id)
        .join(Enrollment, Enrollment.section_id == Section.id)
        .where(
            QuizDelivery.quiz_id == quiz_id,
            Enrollment.user_id == user_id,
            Enrollment.state == "active",
            Enrollment.role == "instructor",
        )
        .order_by(Section.name, QuizDelivery.id)
        .limit(500)
    )
    return [TaughtDelivery(*row) for row in rows]


def _answers(delivery_ids: Sequence[int], item_ids: Sequence[int]) -> AnySelect:
    counts = and_(Enrollment.state == "active", Enrollment.role == "student")
    return (
        joined(
            select(
                Response.id,
                Response.attempt_id,
                Response.question_version_id,
                Response.answer,
                Item.points,
                Response.answer_key,
                Response.fraction,
                Response.points,
                Response.dropped,
                Response.regrade_id,
                Response.graded_by_id,
                case((is_handed_in(settled_moment()), True), else_=False),
                Response.evidence_key,
                Response.evidence_fraction,
                SecondTry.answer,
                SecondTry.fraction,
                SecondTry.points,
                SecondTry.percent,
                Response.delivery_id,
                User.name,
                Attempt.number,
                case((counts, True), else_=False),
            )
            .select_from(Response)
            .join(Attempt, Attempt.id == Response.attempt_id)
        )
        .join(Item, Item.id == Response.item_id)
        .join(Enrollment, Enrollment.id == Attempt.enrollment_id)
        .join(User, User.id == Enrollment.user_id)
        .outerjoin(SecondTry, SecondTry.response_id == Response.id)
        .where(Response.delivery_id.in_(delivery_ids), Response.item_id.in_(item_ids))
        .order_by(Response.id)
        .limit(MOST_ANSWERS)
    )


def list_answers_to(
    delivery_ids: Sequence[int],
    item_ids: Sequence[int],
    known: Mapping[int, Version] | None = None,
    question_id: int | None = None,
) -> list[AnsweredBy]:
    """Return every answer to these items in these classes, or to one question that they drew.

    One statement, and one for versions that are not `known`.
    """
    wanted = _answers(delivery_ids, item_ids)
    if question_id is not None:
        own = select(QuestionVersion.id).where(QuestionVersion.question_id == question_id)
        wanted = wanted.where(Response.question_version_id.in_(own))
    rows = db.session.execute(wanted).all()
    versions = dict(known or {})
    if unknown := {row[2] for row in rows} - set(versions):
        versions |= read_versions(unknown)
    found = []
    for response_id, attempt_id, version_id, answer, worth, *more in rows:
        kind, content = versions[version_id]
        second = None if more[12] is None else SecondAnswer(*more[9:13])
        values = [Given(kind, content, version_id, answer, worth), *more[:9], second]
        found.append(AnsweredBy(Scored(response_id, attempt_id, *values), *more[13:]))
    return found


def attempts_with(delivery_id: int, item_id: int) -> AnySelect:
    """Return a SELECT of the ids of the attempts of a class that hold an item."""
    return select(Response.attempt_id).where(Response.delivery_id == delivery_id, Response.item_id == item_id)


def list_applied(regrade_id: int) -> dict[int, Applied]:
    """Return what the record says a decision changed, by response."""
    later = ScoreChange.__table__.alias("later")
    by_hand = select(later.c.id).where(
        later.c.response_id == ScoreChange.response_id, later.c.id > ScoreChange.id, later.c.regrade_id.is_(None)
    )
    rows = db.session.execute(
        select(
            ScoreChange.response_id,
            ScoreChange.before,
            ScoreChange.before_fraction,
            by_hand.exists(),
            ScoreChange.second_before,
            ScoreChange.second_before_fraction,
        )
        .where(ScoreChange.regrade_id == regrade_id)
        .order_by(ScoreChange.id)
        .limit(MOST_ANSWERS)
    )
    return {
        response_id: Applied(before, fraction, bool(older), *second)
        for response_id, before, fraction, older, *second in rows
    }
