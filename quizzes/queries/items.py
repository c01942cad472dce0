"""The items of a quiz with the newest version of each question."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import bindparam, func, select

from articles.models import Span
from articles.queries import only_placed, place_of
from core.database import AnySelect, db, read_rows
from core.points import Points
from quizzes.models import Item, QuestionSpan, QuestionVersion, Regrade
from quizzes.queries.versions import questions_of


@dataclass(frozen=True)
class ItemRow:
    """One item: its place from 1, its points, and the question as it stands now."""

    item_id: int
    number: int
    points: Points
    question_id: int
    version_id: int
    type: str
    stem: str
    stem_html: str
    content: dict[str, Any]
    hint: str
    general_feedback_html: str
    regrade_id: int | None = None


def newest_versions() -> AnySelect:
    """A SELECT of (question_id, number) of each question's newest version."""
    newest = func.max(QuestionVersion.number).label("number")
    return select(QuestionVersion.question_id, newest).group_by(QuestionVersion.question_id)


def _newest_regrade() -> Any:
    """The newest decision about an item that holds in the class of `delivery_id`."""
    return (
        select(func.max(Regrade.id))
        .where(
            Regrade.delivery_id == bindparam("delivery_id"),
            Regrade.item_id == Item.id,
            Regrade.undone_at.is_(None),
        )
        .correlate(Item)
        .scalar_subquery()
    )


def _items_with(*columns: Any) -> AnySelect:
    quiz_id: Any = bindparam("quiz_id")
    of_quiz = select(Item.question_id).where(Item.quiz_id == quiz_id)
    newest = newest_versions().where(QuestionVersion.question_id.in_(of_quiz)).subquery()
    return (
        select(Item.id, Item.points, Item.question_id, QuestionVersion.id, *columns)
        .join(newest, newest.c.question_id == Item.question_id)
        .join(
            QuestionVersion,
            (QuestionVersion.question_id == newest.c.question_id) & (QuestionVersion.number == newest.c.number),
        )
        .where(Item.quiz_id == quiz_id)
        .order_by(Item.position, Item.id)
        .limit(500)
    )


@cache
def _items() -> AnySelect:
    return _items_with(
        QuestionVersion.type,
        QuestionVersion.stem,
        QuestionVersion.stem_html,
        QuestionVersion.content,
        QuestionVersion.hint,
        QuestionVersion.general_feedback_html,
    )


@cache
def _items_in_class() -> AnySelect:
    return _items_with(_newest_regrade())


def list_items(quiz_id: int) -> list[ItemRow]:
    """Return the items of a quiz in order, in one statement."""
    rows = read_rows(_items(), {"quiz_id": quiz_id})
    return [ItemRow(row[0], at, *row[1:]) for at, row in enumerate(rows, start=1)]


def list_items_in_class(quiz_id: int, delivery_id: int) -> list[ItemRow]:
    """Return the items in order, each with the newest decision about its scoring that holds in a class.

    One statement, and one more where this process has not met these versions of the questions.
    """
    rows = read_rows(_items_in_class(), {"quiz_id": quiz_id, "delivery_id": delivery_id})
    questions = questions_of(row[3] for row in rows)
    items = []
    for at, (item_id, points, question_id, version_id, regrade_id) in enumerate(rows, start=1):
        values = [item_id, at, points, question_id, *questions[version_id], regrade_id]
        items.append(ItemRow(*values))
    return items


def count_items(quiz_id: int) -> int:
    """Return how many items a quiz has."""
    return db.session.scalar(select(func.count(Item.id)).where(Item.quiz_id == quiz_id)) or 0


@cache
def _anchors() -> AnySelect:
    return (
        only_placed(
            select(QuestionSpan.question_version_id, *place_of()).join(Span, Span.id == QuestionSpan.span_id),
            bindparam("text_id"),
        )
        .where(
            QuestionSpan.question_version_id.in_(bindparam("version_ids", expanding=True)),
            QuestionSpan.role == "anchor",
        )
        .order_by(QuestionSpan.question_version_id, QuestionSpan.position, QuestionSpan.id)
        .limit(2_000)
    )


def list_anchors(version_ids: Iterable[int], text_id: int) -> dict[int, list[tuple[int, int]]]:
    """Return the passages that question versions test, as (first, last) sentence ids of a version of the article.

    A passage that this version does not have is left out. One statement.
    """
    anchors: dict[int, list[tuple[int, int]]] = defaultdict(list)
    rows = read_rows(_anchors(), {"version_ids": list(version_ids), "text_id": text_id})
    for version_id, first, last in rows:
        anchors[version_id].append((first, last))
    return dict(anchors)
