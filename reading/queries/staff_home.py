"""What instructors and assistants see first: their classes, and how far each is with its newest quiz."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from sqlalchemy import and_, func, select

from articles.models import Article, Assignment, OwnDates
from classroom.models import Enrollment, Section
from classroom.queries import is_staffed_by
from core.database import db
from quizzes.figures import Completion
from quizzes.models import Attempt, Item, QuestionVersion, Quiz, QuizDelivery
from quizzes.queries.completion import IS_STUDENT, count_attempts, count_late, count_students
from quizzes.queries.standing import is_handed_in, is_in_progress
from quizzes.queries.tallies import ClassFigures


@dataclass(frozen=True)
class TaughtClass:
    """A class in which the person is staff."""

    id: int
    name: str
    term: str
    zone: str
    join_code: str
    join_open: bool
    role: str
    students: int


@dataclass(frozen=True)
class GivenQuiz:
    """A quiz given to one of these classes, with its reading and dates."""

    delivery_id: int
    assignment_id: int
    section_id: int
    title: str
    article_title: str
    due_at: datetime | None
    closes_at: datetime | None
    students: int
    started: int
    late: int
    max_points: int

    def completion(self, handed_in: int) -> Completion:
        """Return how far the class is; `handed_in` is known from the scores."""
        return Completion(handed_in, self.late, self.started, self.students)


def list_taught_classes(user_id: int) -> list[TaughtClass]:
    """Return the classes in which the person is staff, archived ones left out, by name."""
    rows = db.session.execute(
        select(
            Section.id,
            Section.name,
            Section.term,
            Section.time_zone,
            Section.join_code,
            Section.join_open,
            Enrollment.role,
            count_students(),
        )
        .join(Enrollment, Enrollment.section_id == Section.id)
        .where(is_staffed_by(user_id))
        .order_by(Section.name, Section.id)
        .limit(100)
    )
    return [TaughtClass(*row) for row in rows]


def list_given_quizzes(section_ids: Sequence[int], now: datetime) -> list[GivenQuiz]:
    """Return the newest published quizzes given to these classes, newest first."""
    maximum = (
        select(func.coalesce(func.sum(Item.points), 0)).where(Item.quiz_id == Quiz.id).correlate(Quiz).scalar_subquery()
    )
    rows = db.session.execute(
        select(
            QuizDelivery.id,
            Assignment.id,
            Section.id,
            Quiz.title,
            Article.title,
            Assignment.due_at,
            Assignment.closes_at,
            count_students(),
            count_attempts(is_in_progress(now)),
            count_late(now),
            maximum,
        )
        .join(Quiz, Quiz.id == QuizDelivery.quiz_id)
        .join(Assignment, Assignment.id == QuizDelivery.assignment_id)
        .join(Article, Article.id == Assignment.article_id)
        .join(Section, Section.id == Assignment.section_id)
        .where(Section.id.in_(section_ids), Quiz.published_at.is_not(None))
        .order_by(Assignment.created_at.desc(), QuizDelivery.id.desc())
        .limit(40)
    )
    return [GivenQuiz(*tuple(row)) for row in rows]


@dataclass(frozen=True)
class OwnMissing:
    """So many students of a delivery's class have not handed in and have these dates of their own."""

    delivery_id: int
    due_at: datetime | None
    closes_at: datetime | None
    students: int


def list_own_missing(delivery_ids: Sequence[int], now: datetime) -> list[OwnMissing]:
    """Return, by their dates, who of those with dates of their own has not handed in; in one statement."""
    done = (
        select(Attempt.id)
        .where(Attempt.delivery_id == QuizDelivery.id, Attempt.enrollment_id == Enrollment.id)
        .where(Attempt.number == 1, is_handed_in(now))
        .correlate(QuizDelivery, Assignment, Enrollment)
    )
    keys = (QuizDelivery.id, OwnDates.due_at, OwnDates.closes_at)
    rows = db.session.execute(
        select(*keys, func.count())
        .select_from(OwnDates)
        .join(Assignment, Assignment.id == OwnDates.assignment_id)
        .join(QuizDelivery, QuizDelivery.assignment_id == Assignment.id)
        .join(Enrollment, Enrollment.id == OwnDates.enrollment_id)
        .where(QuizDelivery.id.in_(delivery_ids), IS_STUDENT, ~done.exists())
        .group_by(*keys)
        .order_by(OwnDates.due_at, QuizDelivery.id)
        .limit(2_000)
    )
    return [OwnMissing(*row) for row in rows]


@dataclass(frozen=True)
class HardItem:
    """The question of a delivery on which most points were lost: its words, share lost 0 to 1, answers graded."""

    delivery_id: int
    stem: str
    share_lost: Fraction
    graded: int


HARD_FROM = 5
"""From how many graded answers on a class may be called stuck."""


def list_hard_items(figures: ClassFigures) -> list[HardItem]:
    """Return the questions on which half of the points or more were lost, worst first; in one statement."""
    answered = {at: f for at, f in figures.items.items() if f.graded >= HARD_FROM}
    newest = (
        select(func.max(QuestionVersion.number))
        .where(QuestionVersion.question_id == Item.question_id)
        .correlate(Item)
        .scalar_subquery()
    )
    rows = db.session.execute(
        select(Item.id, Item.points, QuestionVersion.stem)
        .join(
            QuestionVersion,
            and_(QuestionVersion.question_id == Item.question_id, QuestionVersion.number == newest),
        )
        .where(Item.id.in_({item_id for _delivery, item_id in answered}), Item.points > 0)
        .order_by(Item.id)
        .limit(2_000)
    )
    items = {item_id: (points, stem) for item_id, points, stem in rows}
    found = []
    for (delivery_id, item_id), counts in answered.items():
        points, stem = items.get(item_id, (0, ""))
        facility = counts.facility(points)
        if facility is not None and facility * 2 <= 1:
            found.append(HardItem(delivery_id, stem, 1 - facility, counts.graded))
    return sorted(found, key=lambda item: (-item.share_lost, item.delivery_id))
