"""A quiz in the classes of one person: its rules there, and who has started."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, distinct, func, select

from articles.models import Assignment
from classroom.models import STAFF, Enrollment, Section
from classroom.viewer import Viewer
from core.database import AnySelect, db
from quizzes.deliveries import DeliveryRules
from quizzes.models import Attempt, QuizDelivery
from quizzes.queries.authoring import QuizRow, list_passages
from quizzes.queries.items import list_items

RULES = tuple(DeliveryRules.__dataclass_fields__)


@dataclass(frozen=True)
class ClassSettings:
    """An assignment of the quiz's article in a class where the person is staff.

    `delivery_id` and `rules` are None while the class does not have the quiz.
    """

    assignment_id: int
    section_id: int
    section_name: str
    zone: str
    archived: bool
    role: str
    version_id: int
    opens_at: datetime | None
    due_at: datetime | None
    closes_at: datetime | None
    delivery_id: int | None
    released_at: datetime | None
    started: int
    rules: DeliveryRules | None

    @property
    def may_change(self) -> bool:
        """Whether the person may give the quiz to this class or change its rules there."""
        return self.role == "instructor" and not self.archived

    def same_as(self, other: ClassSettings) -> bool:
        """Whether the quiz is given under the same rules and dates in both classes."""
        return self._terms() == other._terms()

    def _terms(self) -> tuple[object, ...]:
        return (self.rules, self.zone, self.opens_at, self.due_at, self.closes_at, self.released_at is None)


_started = (
    select(func.count(distinct(Attempt.enrollment_id)))
    .where(Attempt.delivery_id == QuizDelivery.id)
    .correlate(QuizDelivery)
    .scalar_subquery()
)


def list_class_settings(user: Viewer, quiz: QuizRow) -> list[ClassSettings]:
    """Return the classes where this person may see the quiz's settings, running classes first.

    The author sees every class of theirs that reads the article, other staff those that have the quiz.
    """
    rows = db.session.execute(
        _places(user, quiz.id)
        .where(Assignment.article_id == quiz.article_id, Enrollment.role.in_(STAFF))
        .order_by(Section.archived_at.is_not(None), Section.name, Assignment.id)
        .limit(500)
    ).all()
    return [
        ClassSettings(
            **{name: value for name, value in row._mapping.items() if name not in RULES},
            rules=DeliveryRules.of(row) if row.delivery_id else None,
        )
        for row in rows
        if row.delivery_id or (quiz.is_author and row.role == "instructor")
    ]


def _places(user: Viewer, quiz_id: int) -> AnySelect:
    """Every assignment in a class of this person's, with the quiz's delivery there if there is one."""
    return (
        select(
            Assignment.id.label("assignment_id"),
            Section.id.label("section_id"),
            Section.name.label("section_name"),
            Section.time_zone.label("zone"),
            Section.archived_at.is_not(None).label("archived"),
            Enrollment.role,
            Assignment.version_id,
            Assignment.opens_at,
            Assignment.due_at,
            Assignment.closes_at,
            QuizDelivery.id.label("delivery_id"),
            QuizDelivery.released_at,
            _started.label("started"),
            *(getattr(QuizDelivery, name) for name in RULES),
        )
        .select_from(Assignment)
        .outerjoin(QuizDelivery, and_(QuizDelivery.assignment_id == Assignment.id, QuizDelivery.quiz_id == quiz_id))
        .join(Section, Section.id == Assignment.section_id)
        .join(Enrollment, Enrollment.section_id == Section.id)
        .where(Enrollment.user_id == user.id, Enrollment.state == "active")
    )


def list_lost_questions(quiz_id: int, version_id: int) -> list[int]:
    """Return the numbers of the questions that point at sentences which a version of the article does not have."""
    items = list_items(quiz_id)
    passages = list_passages([item.version_id for item in items], version_id)
    return [item.number for item in items if any(one.ends is None for one in passages.get(item.version_id, ()))]
