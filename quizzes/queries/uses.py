"""A question through its versions, and where it is used."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from articles.models import Article, Assignment, Span
from classroom.models import Section, User
from core.database import db
from quizzes.models import Attempt, Item, QuestionSpan, QuestionVersion, Quiz, QuizDelivery

MOST_VERSIONS = 100


@dataclass(frozen=True)
class VersionRow:
    """One version as it was saved; `passages` are (role, quoted words)."""

    id: int
    number: int
    type: str
    stem: str
    stem_html: str
    content: dict[str, Any]
    general_feedback: str
    hint: str
    author: str
    saved_at: datetime
    passages: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class UseInClass:
    """A class that has a quiz with the question, and how often the quiz was begun there."""

    section_name: str
    delivery_id: int
    attempts: int


@dataclass(frozen=True)
class UseRow:
    """A quiz that holds the question, with its classes."""

    item_id: int
    quiz_id: int
    quiz_title: str
    article_title: str
    published: bool
    classes: tuple[UseInClass, ...]


def list_versions(question_id: int) -> list[VersionRow]:
    """Return the versions of a question, newest first, with the words they point at: two statements."""
    rows = db.session.execute(
        select(
            QuestionVersion.id,
            QuestionVersion.number,
            QuestionVersion.type,
            QuestionVersion.stem,
            QuestionVersion.stem_html,
            QuestionVersion.content,
            QuestionVersion.general_feedback,
            QuestionVersion.hint,
            User.name,
            QuestionVersion.created_at,
        )
        .join(User, User.id == QuestionVersion.created_by_id)
        .where(QuestionVersion.question_id == question_id)
        .order_by(QuestionVersion.number.desc(), QuestionVersion.id)
        .limit(MOST_VERSIONS)
    ).all()
    passages = _passages([row[0] for row in rows])
    return [replace(VersionRow(*row), passages=tuple(passages.get(row[0], ()))) for row in rows]


def _passages(version_ids: list[int]) -> dict[int, list[tuple[str, str]]]:
    rows = db.session.execute(
        select(QuestionSpan.question_version_id, QuestionSpan.role, Span.quote)
        .join(Span, Span.id == QuestionSpan.span_id)
        .where(QuestionSpan.question_version_id.in_(version_ids))
        .order_by(QuestionSpan.role, QuestionSpan.position, QuestionSpan.id)
        .limit(5_000)
    )
    passages: dict[int, list[tuple[str, str]]] = defaultdict(list)
    for version_id, role, quote in rows:
        passages[version_id].append((role, quote))
    return passages


def list_uses(question_id: int) -> list[UseRow]:
    """Return the quizzes that hold a question and the classes that have them: two statements."""
    quizzes = db.session.execute(
        select(Item.id, Quiz.id, Quiz.title, Article.title, Quiz.published_at.is_not(None))
        .join(Quiz, Quiz.id == Item.quiz_id)
        .join(Article, Article.id == Quiz.article_id)
        .where(Item.question_id == question_id)
        .order_by(Item.id)
        .limit(200)
    ).all()
    classes = _classes([row[1] for row in quizzes])
    return [UseRow(*row, tuple(classes.get(row[1], ()))) for row in quizzes]


def _classes(quiz_ids: list[int]) -> dict[int, list[UseInClass]]:
    attempts = (
        select(func.count(Attempt.id)).where(Attempt.delivery_id == QuizDelivery.id).correlate(QuizDelivery)
    ).scalar_subquery()
    rows = db.session.execute(
        select(QuizDelivery.quiz_id, Section.name, QuizDelivery.id, attempts)
        .join(Assignment, Assignment.id == QuizDelivery.assignment_id)
        .join(Section, Section.id == Assignment.section_id)
        .where(QuizDelivery.quiz_id.in_(quiz_ids))
        .order_by(Section.name, QuizDelivery.id)
        .limit(1_000)
    )
    classes: dict[int, list[UseInClass]] = defaultdict(list)
    for quiz_id, name, delivery_id, count in rows:
        classes[quiz_id].append(UseInClass(name, delivery_id, count))
    return classes


def count_uses(question_id: int) -> int:
    """Return how many quizzes hold a question."""
    return db.session.scalar(select(func.count(Item.id)).where(Item.question_id == question_id)) or 0
