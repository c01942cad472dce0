"""Answers that a person grades: how many wait, and one with all that is needed to grade it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, and_, bindparam, case, exists, func, literal_column, or_, select, true
from sqlalchemy.orm import aliased

from articles.models import Assignment
from classroom.models import STAFF, Enrollment, Section, User
from core import clock
from core.database import AnySelect, db, read_rows
from core.points import Points
from core.web import not_found
from quizzes.models import Attempt, GradeDraft, Item, QuestionVersion, Quiz, QuizDelivery, Response
from quizzes.piles import AnswerLine, mark_of, shuffled
from quizzes.queries.standing import handed_in_at, is_handed_in, joined
from quizzes.question_types import TYPES
from quizzes.timing import GRACE, second_of

BY_HAND = tuple(name for name, kind in TYPES.items() if kind.needs_person)
_waiting = func.sum(case((Response.points.is_(None), 1), else_=0))
_ungraded = func.sum(case((and_(Response.points.is_(None), GradeDraft.response_id.is_(None)), 1), else_=0))


@dataclass(frozen=True)
class ItemCounts:
    """How many answers to an item are handed in, how many wait for a released grade, how many have a draft."""

    answers: int
    waiting: int
    drafts: int = 0
    ungraded: int = 0


@dataclass(frozen=True)
class DraftOf:
    """A grade that is not released: who saved it, when, and how often it was saved."""

    points: Points
    comment: str
    why: str
    rubric: dict[str, str] | None
    revision: int
    by_id: int
    by: str
    at: datetime


@dataclass(frozen=True)
class GradedAnswer:
    """One answer as it stands now, with the grade that is released and the draft of another, if there are any."""

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
    rubric: dict[str, str] | None
    article_version_id: int
    draft: DraftOf | None = None

    @property
    def seen(self) -> str:
        """What a grader saw: the revision of the answer and of the draft on it."""
        return seen_of(self.revision, self.draft.revision if self.draft else 0)


def seen_of(revision: int, draft_revision: int) -> str:
    """Both revisions in one text."""
    return f"{revision}.{draft_revision}"


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
        _answers(
            select(Response.item_id, func.count(), _waiting, func.count(GradeDraft.response_id), _ungraded)
            .select_from(Response)
            .outerjoin(GradeDraft, GradeDraft.response_id == Response.id),
            delivery_id,
        )
        .group_by(Response.item_id)
        .order_by(Response.item_id)
    )
    return {row[0]: ItemCounts(*(int(count) for count in row[1:])) for row in rows}


def list_answers(delivery_id: int, item_id: int) -> list[AnswerLine]:
    """Return every answer to an item that is handed in, in an order of the item's own."""
    rows = db.session.execute(
        _answers(
            select(Response.id, Response.points.is_(None), GradeDraft.by_id)
            .select_from(Response)
            .outerjoin(GradeDraft, GradeDraft.response_id == Response.id),
            delivery_id,
        )
        .where(Response.item_id == item_id)
        .order_by(Response.id)
        .limit(5_000)
    )
    return shuffled(item_id, [AnswerLine(*row) for row in rows])


def list_ungraded(delivery_id: int) -> list[tuple[int, int]]:
    """Return (item, answer) of what counts and nobody has graded: question after question, each as its pile lies."""
    listed = _answers(
        select(Item.position, Item.id, Response.id)
        .select_from(Response)
        .join(Item, Item.id == Response.item_id)
        .outerjoin(GradeDraft, GradeDraft.response_id == Response.id),
        delivery_id,
    ).where(Response.points.is_(None), GradeDraft.response_id.is_(None), Response.dropped.is_(False))
    rows = db.session.execute(listed.order_by(Item.position, Item.id, Response.id).limit(5_000)).all()
    ordered = sorted(rows, key=lambda row: (row[0], row[1], mark_of(row[1], row[2])))
    return [(item_id, response_id) for _position, item_id, response_id in ordered]


def get_answer(delivery_id: int, item_id: int, response_id: int) -> GradedAnswer:
    """Return one answer of a delivery to which access has been checked, or answer 404."""
    grader, student, drafter = aliased(User), aliased(User), aliased(User)
    drafted = _answers(
        select(*_released(student, grader), *_drafted(drafter))
        .select_from(Response)
        .outerjoin(GradeDraft, GradeDraft.response_id == Response.id)
        .outerjoin(drafter, drafter.id == GradeDraft.by_id),
        delivery_id,
    )
    row = db.session.execute(
        drafted.join(Item, Item.id == Response.item_id)
        .join(student, student.id == Enrollment.user_id)
        .outerjoin(grader, grader.id == Response.graded_by_id)
        .where(Response.id == response_id, Response.item_id == item_id)
    ).first()
    if row is None:
        not_found()
    *released, points, comment, why, rubric, revision, by_id, by, at = row
    draft = DraftOf(points, comment, why, rubric, revision, by_id, by, at) if revision else None
    values = [*released, draft]
    return GradedAnswer(*values)


def _released(student: Any, grader: Any) -> tuple[Any, ...]:
    """In the order of GradedAnswer's fields."""
    return (
        Response.id,
        Response.attempt_id,
        student.name,
        Attempt.number,
        Attempt.submitted_at,
        Response.answer,
        Response.points,
        Response.grader_comment,
        Response.revision,
        Response.graded_at,
        grader.name,
        QuestionVersion.stem_html,
        QuestionVersion.type,
        QuestionVersion.content,
        Item.points,
        Response.rubric,
        Attempt.article_version_id,
    )


def _drafted(drafter: Any) -> tuple[Any, ...]:
    """In the order of DraftOf's fields."""
    words = (GradeDraft.comment, GradeDraft.why, GradeDraft.rubric)
    return (GradeDraft.points, *words, GradeDraft.revision, GradeDraft.by_id, drafter.name, GradeDraft.at)


def count_waiting_for(user_id: int) -> list[tuple[int, int]]:
    """Return (delivery id, answers that nobody has graded, not in a draft either) over the running classes where this
    person is staff; one statement."""
    return [(delivery_id, count) for delivery_id, count in read_rows(_waiting_by_delivery(), _asked_by(user_id))]


def count_drafts_for(user_id: int) -> list[tuple[int, int]]:
    """Return (delivery id, grades that wait for release) over the same classes; one statement."""
    return [(delivery_id, count) for delivery_id, count in read_rows(_drafts_by_delivery(), _asked_by(user_id))]


@dataclass(frozen=True)
class PileRow:
    """Answers of one quiz in one class that wait to be read, `oldest_at` when the first of them was handed in."""

    delivery_id: int
    section_id: int
    title: str
    count: int
    oldest_at: datetime | None


def list_piles_for(user_id: int) -> list[PileRow]:
    """Return answers without a released grade in those classes, by quiz and class, and since when. One statement."""
    return [PileRow(*row) for row in read_rows(_piles(), _asked_by(user_id))]


def _asked_by(user_id: int) -> dict[str, Any]:
    return {"me": user_id, "second": second_of(settled_moment())}


@cache
def _waiting_by_delivery() -> AnySelect:
    counted = select(Response.delivery_id, func.count()).select_from(Response)
    counted = counted.outerjoin(GradeDraft, GradeDraft.response_id == Response.id)
    return _of_staff(counted.where(GradeDraft.response_id.is_(None)), is_draft=False)


@cache
def _drafts_by_delivery() -> AnySelect:
    counted = select(Response.delivery_id, func.count()).select_from(GradeDraft)
    return _of_staff(counted.join(Response, Response.id == GradeDraft.response_id), is_draft=True)


@cache
def _piles() -> AnySelect:
    counted = (
        select(Response.delivery_id, Assignment.section_id, Quiz.title, func.count(), func.min(handed_in_at()))
        .select_from(Response)
        .group_by(Assignment.section_id, Quiz.title)
    )
    return _of_staff(counted, is_draft=False).join(Quiz, Quiz.id == QuizDelivery.quiz_id)


def _of_staff(counted: AnySelect, *, is_draft: bool) -> AnySelect:
    me = aliased(Enrollment)
    statement = joined(counted.join(Attempt, Attempt.id == Response.attempt_id))
    return (
        statement.join(Section, Section.id == Assignment.section_id)
        .join(me, me.section_id == Section.id)
        .join(Enrollment, Enrollment.id == Attempt.enrollment_id)
        .where(
            me.user_id == bindparam("me"),
            me.state == "active",
            me.role.in_(STAFF),
            Section.archived_at.is_(None),
            Enrollment.state == "active",
            true() if is_draft else and_(_may_wait(), Response.points.is_(None), Response.dropped.is_(False)),
            is_handed_in(),
        )
        .group_by(Response.delivery_id)
        .order_by(Response.delivery_id)
        .limit(500)
    )


def _may_wait() -> ColumnElement[bool]:
    """Whether a delivery can have answers that wait for a person: one look at two indexes, not at all its answers."""
    attempt = aliased(Attempt)
    of_delivery = attempt.delivery_id == QuizDelivery.id
    waits = exists().where(of_delivery, attempt.ungraded > literal_column("0"))
    return or_(waits, exists().where(of_delivery, attempt.submitted_at.is_(None)))


def list_unclosed_attempts(attempt_ids: Sequence[int]) -> list[tuple[int, datetime]]:
    """Return (attempt, its end) of those that are past their end and that nobody has closed yet."""
    statement = joined(select(Attempt.id, handed_in_at()).select_from(Attempt)).where(
        Attempt.id.in_(attempt_ids), Attempt.submitted_at.is_(None), is_handed_in(settled_moment())
    )
    rows = db.session.execute(statement.order_by(Attempt.id).limit(50_000))
    return [(attempt_id, end) for attempt_id, end in rows]


def settled_moment() -> datetime:
    """The moment whose ends are over for good: saves are taken for a few seconds after an end."""
    return clock.now() - GRACE
