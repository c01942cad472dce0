"""Where a question was asked: by an item of its own, or by a draw that found it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import exists, or_, select
from sqlalchemy.orm import aliased

from articles.models import Assignment
from classroom.models import Enrollment, Section
from core.database import db
from quizzes.models import Item, QuestionVersion, Quiz, QuizDelivery, Response
from quizzes.question_types.draw import DRAW

MOST = 500


@dataclass(frozen=True)
class AskedAt:
    """An item of a quiz in a class that this person teaches, which asked somebody the question; by a draw or not."""

    delivery_id: int
    item_id: int
    by_draw: bool
    quiz_id: int
    quiz_title: str
    section_name: str
    archived: bool


def _is_draw() -> Any:
    each = aliased(QuestionVersion)
    return exists().where(each.question_id == Item.question_id, each.type == DRAW)


def _versions(question_id: int) -> Any:
    each = aliased(QuestionVersion)
    return select(each.id).where(each.question_id == question_id)


def _asked(question_id: int) -> Any:
    """Whether the item around it asked anybody in the class around it."""
    return exists().where(
        Response.delivery_id == QuizDelivery.id,
        Response.item_id == Item.id,
        Response.question_version_id.in_(_versions(question_id)),
    )


def list_asked(user_id: int, question_id: int) -> list[AskedAt]:
    """Return every place where a question was asked in classes that this person teaches, by class. One statement."""
    rows = db.session.execute(
        select(
            QuizDelivery.id,
            Item.id,
            Item.question_id != question_id,
            Quiz.id,
            Quiz.title,
            Section.name,
            Section.archived_at.is_not(None),
        )
        .join(Item, Item.quiz_id == QuizDelivery.quiz_id)
        .join(Quiz, Quiz.id == QuizDelivery.quiz_id)
        .join(Assignment, Assignment.id == QuizDelivery.assignment_id)
        .join(Section, Section.id == Assignment.section_id)
        .join(Enrollment, Enrollment.section_id == Section.id)
        .where(
            Enrollment.user_id == user_id,
            Enrollment.state == "active",
            Enrollment.role == "instructor",
            or_(Item.question_id == question_id, _is_draw()),
            _asked(question_id),
        )
        .order_by(Section.name, QuizDelivery.id, Item.position, Item.id)
        .limit(MOST)
    )
    return [AskedAt(*row) for row in rows]


def find_drawn(delivery_id: int, question_id: int) -> dict[str, Any] | None:
    """Return the newest version of a question that a draw asked in this class, as an item takes it over; else None."""
    names = ("type", "stem", "stem_html", "content", "hint", "general_feedback_html")
    drawn = select(Item.id).where(Item.id == Response.item_id, _is_draw()).exists()
    own = Response.question_version_id.in_(_versions(question_id))
    asked = exists().where(Response.delivery_id == delivery_id, own, drawn)
    row = db.session.execute(
        select(QuestionVersion.id, QuestionVersion.question_id, *(getattr(QuestionVersion, name) for name in names))
        .where(QuestionVersion.question_id == question_id, asked)
        .order_by(QuestionVersion.number.desc(), QuestionVersion.id)
        .limit(1)
    ).one_or_none()
    return dict(zip(("version_id", "question_id", *names), row, strict=True)) if row else None
