"""What one student did: every attempt on a reading, and the answer behind a cell."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import and_, select

from articles.models import Assignment
from articles.queries import AssignmentRow
from classroom.models import Enrollment, User
from core.database import AnySelect, db
from core.points import Points
from core.web import not_found
from quizzes.certainty import COUNTED, mixed_in
from quizzes.models import Attempt, Item, QuestionVersion, Quiz, QuizDelivery, Response, SecondTry
from quizzes.queries.standing import handed_in_at, is_handed_in, is_late
from quizzes.tries import better_of


@dataclass(frozen=True)
class AnswerLine:
    """One answer in an attempt, with the question as that attempt saw it."""

    response_id: int
    item_id: int
    number: int
    stem_html: str
    type: str
    answer: Any
    points: Points | None
    maximum: Points
    comment: str
    second_points: Points | None
    is_dropped: bool

    @property
    def counted(self) -> Points | None:
        """What the question counts: the better of two tries, nothing once it is dropped."""
        return 0 if self.is_dropped else better_of(self.points, self.second_points)


@dataclass(frozen=True)
class AttemptBlock:
    """One attempt: whether and when it was handed in, its points before late credit, its answers in order."""

    id: int
    quiz_title: str
    number: int
    is_handed_in: bool
    started_at: datetime
    handed_in_at: datetime | None
    is_late: bool
    points: Points
    maximum: Points
    ungraded: int
    mixes_certainty: bool
    answers: list[AnswerLine] = field(default_factory=list)

    @property
    def certainty_points(self) -> Points:
        """What certainty takes from the sum of the answers."""
        return mixed_in(self.points, (line.counted for line in self.answers))


@dataclass(frozen=True)
class StudentWork:
    """One student of a class with every attempt on one reading, oldest first."""

    enrollment_id: int
    name: str
    state: str
    attempts: list[AttemptBlock]


def get_student_for(reading: AssignmentRow, enrollment_id: int, now: datetime) -> StudentWork:
    """Return a student's work on a reading whose staff the viewer is, or 404; in three statements."""
    person = db.session.execute(
        select(User.name, Enrollment.state)
        .join(Enrollment, Enrollment.user_id == User.id)
        .where(Enrollment.id == enrollment_id, Enrollment.section_id == reading.section_id)
        .where(Enrollment.role == "student")
    ).one_or_none()
    if person is None:
        not_found()
    rows = db.session.execute(_attempts_of(enrollment_id, reading.id, now)).all()
    answers = _answers([row.id for row in rows])
    attempts = [_attempt(row, answers[row.id]) for row in rows]
    return StudentWork(enrollment_id, person.name, person.state, attempts)


def _attempts_of(enrollment_id: int, assignment_id: int, now: datetime) -> AnySelect:
    return (
        select(
            Attempt.id,
            Quiz.title,
            Attempt.number,
            is_handed_in(now).label("is_handed_in"),
            Attempt.started_at,
            handed_in_at().label("handed_in_at"),
            and_(is_handed_in(now), is_late()).label("is_late"),
            Attempt.points,
            Attempt.max_points,
            Attempt.ungraded,
            Attempt.layout,
            QuizDelivery.certainty,
        )
        .join(QuizDelivery, QuizDelivery.id == Attempt.delivery_id)
        .join(Quiz, Quiz.id == QuizDelivery.quiz_id)
        .join(Assignment, Assignment.id == QuizDelivery.assignment_id)
        .where(Attempt.enrollment_id == enrollment_id, Assignment.id == assignment_id)
        .order_by(Quiz.title, Attempt.number, Attempt.id)
        .limit(100)
    )


def _attempt(row: Any, answers: list[Any]) -> AttemptBlock:
    return AttemptBlock(
        id=row.id,
        quiz_title=row.title,
        number=row.number,
        is_handed_in=row.is_handed_in,
        started_at=row.started_at,
        handed_in_at=row.handed_in_at,
        is_late=bool(row.is_late),
        points=row.points,
        maximum=row.max_points,
        ungraded=row.ungraded,
        mixes_certainty=row.certainty == COUNTED,
        answers=_in_order(answers, row.layout),
    )


def _answer_columns() -> AnySelect:
    return (
        select(
            Response.id,
            Response.item_id,
            QuestionVersion.stem_html,
            QuestionVersion.type,
            Response.answer,
            Response.points,
            Item.points.label("maximum"),
            Response.grader_comment,
            SecondTry.points,
            Response.dropped,
            Response.attempt_id,
        )
        .outerjoin(SecondTry, SecondTry.response_id == Response.id)
        .join(QuestionVersion, QuestionVersion.id == Response.question_version_id)
        .join(Item, Item.id == Response.item_id)
    )


def _answers(attempt_ids: list[int]) -> dict[int, list[Any]]:
    rows = db.session.execute(
        _answer_columns()
        .where(Response.attempt_id.in_(attempt_ids))
        .order_by(Response.attempt_id, Response.id)
        .limit(10_000)
    )
    found: dict[int, list[Any]] = defaultdict(list)
    for row in rows:
        found[row.attempt_id].append(row)
    return found


def _in_order(rows: list[Any], layout: list[dict[str, Any]]) -> list[AnswerLine]:
    place = {entry["item"]: at for at, entry in enumerate(layout)}
    ordered = sorted(rows, key=lambda row: place.get(row.item_id, len(place)))
    return [AnswerLine(row[0], row[1], at, *row[2:10]) for at, row in enumerate(ordered, start=1)]


@dataclass(frozen=True)
class ResponseDetail:
    """One answer with who gave it, and the question and the text (`text_id`) as they were seen."""

    answer: AnswerLine
    name: str
    enrollment_id: int
    attempt_id: int
    attempt_number: int
    delivery_id: int
    version_id: int
    content: dict[str, Any]
    certainty: int | None
    mixes_certainty: bool
    text_id: int


def get_response_for(reading: AssignmentRow, response_id: int) -> ResponseDetail:
    """Return one answer on a reading whose staff the viewer is, or 404; in one statement."""
    row = db.session.execute(
        _answer_columns()
        .add_columns(
            User.name,
            Enrollment.id.label("enrollment_id"),
            Attempt.number,
            Attempt.layout,
            Attempt.delivery_id,
            Attempt.article_version_id,
            QuestionVersion.id.label("version_id"),
            QuestionVersion.content,
            Response.certainty,
            QuizDelivery.certainty.label("use"),
        )
        .join(Attempt, Attempt.id == Response.attempt_id)
        .join(QuizDelivery, QuizDelivery.id == Attempt.delivery_id)
        .join(Enrollment, Enrollment.id == Attempt.enrollment_id)
        .join(User, User.id == Enrollment.user_id)
        .where(Response.id == response_id, QuizDelivery.assignment_id == reading.id)
    ).one_or_none()
    if row is None:
        not_found()
    number = next((at for at, entry in enumerate(row.layout, start=1) if entry["item"] == row.item_id), 0)
    return ResponseDetail(
        answer=AnswerLine(row[0], row[1], number, *row[2:10]),
        name=row.name,
        enrollment_id=row.enrollment_id,
        attempt_id=row.attempt_id,
        attempt_number=row.number,
        delivery_id=row.delivery_id,
        version_id=row.version_id,
        content=row.content,
        certainty=row.certainty,
        mixes_certainty=row.use == COUNTED,
        text_id=row.article_version_id,
    )
