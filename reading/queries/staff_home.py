"""What instructors and assistants see first: their classes, and how far each is with its newest quiz."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, func, select

from articles.models import Article, Assignment
from classroom.models import Enrollment, Section
from core.database import db
from quizzes.figures import Completion
from quizzes.models import Attempt, Item, ItemTally, QuestionVersion, Quiz, QuizDelivery
from quizzes.queries.completion import count_first_attempts, count_late, count_students
from quizzes.queries.standing import is_past_end

STAFF = ("instructor", "assistant")


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
        .where(
            Enrollment.user_id == user_id,
            Enrollment.state == "active",
            Enrollment.role.in_(STAFF),
            Section.archived_at.is_(None),
        )
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
            count_first_attempts(and_(Attempt.submitted_at.is_(None), ~is_past_end(now))),
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
class HardItem:
    """The question of a delivery on which most points were lost: its words, share lost 0 to 1, answers graded."""

    delivery_id: int
    stem: str
    share_lost: float
    graded: int


def list_hard_items(delivery_ids: Sequence[int]) -> list[HardItem]:
    """Return the questions on which half of the points or more were lost, from five answers on, worst first."""
    share = 1 - ItemTally.points * 1.0 / (ItemTally.graded * Item.points)
    newest = (
        select(func.max(QuestionVersion.number))
        .where(QuestionVersion.question_id == Item.question_id)
        .correlate(Item)
        .scalar_subquery()
    )
    rows = db.session.execute(
        select(ItemTally.delivery_id, QuestionVersion.stem, share, ItemTally.graded)
        .join(Item, Item.id == ItemTally.item_id)
        .join(
            QuestionVersion,
            and_(QuestionVersion.question_id == Item.question_id, QuestionVersion.number == newest),
        )
        .where(ItemTally.delivery_id.in_(delivery_ids), ItemTally.graded >= 5, Item.points > 0)
        .where(ItemTally.points * 2 <= ItemTally.graded * Item.points)
        .order_by(share.desc(), ItemTally.delivery_id, ItemTally.item_id)
        .limit(40)
    )
    return [HardItem(row[0], row[1], float(row[2]), row[3]) for row in rows]
