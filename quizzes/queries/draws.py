"""Draws: the questions that a tag offers to a quiz, and one of them for each draw."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from random import Random
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, func, select, true
from sqlalchemy.orm import aliased

from articles.models import Article, Span
from core.database import db
from quizzes.draws import draw
from quizzes.models import Item, Question, QuestionSpan, QuestionTag, QuestionVersion, Quiz, QuizDelivery, Response
from quizzes.queries.bank import newest_of_question
from quizzes.queries.items import ItemRow
from quizzes.question_types import TYPES
from quizzes.question_types.draw import DRAW
from quizzes.tags import tag_key

MOST_IN_A_POOL = 5_000
# A person would have to read them one by one, question by question: such answers are asked of everybody.
DRAWN_TYPES = tuple(name for name, kind in TYPES.items() if not kind.needs_person)


@dataclass(frozen=True)
class PoolRow:
    """A tag of the author's, and how many questions it offers to a quiz."""

    tag: str
    questions: int


def _offered() -> tuple[ColumnElement[bool], ...]:
    """Whose newest version a quiz may draw: its author's, not in it, graded by itself, of no other article."""
    held = exists().where(Item.quiz_id == Quiz.id, Item.question_id == Question.id)
    elsewhere = exists().where(
        QuestionSpan.question_version_id == QuestionVersion.id,
        Span.id == QuestionSpan.span_id,
        Span.article_id != Quiz.article_id,
    )
    return (newest_of_question(), QuestionVersion.type.in_(DRAWN_TYPES), ~held, ~elsewhere)


def list_pools(quiz_id: int) -> list[PoolRow]:
    """Return the tags that offer questions to a quiz, in the order of the alphabet."""
    rows = db.session.execute(
        select(func.min(QuestionTag.tag), func.count(Question.id))
        .select_from(Quiz)
        .join(Question, Question.owner_id == Quiz.owner_id)
        .join(QuestionVersion, QuestionVersion.question_id == Question.id)
        .join(QuestionTag, QuestionTag.question_id == Question.id)
        .where(Quiz.id == quiz_id, *_offered())
        .group_by(QuestionTag.tag_key)
        .order_by(QuestionTag.tag_key)
        .limit(200)
    )
    return [PoolRow(*row) for row in rows]


@dataclass(frozen=True)
class DrawRow:
    """A quiz whose draws may ask a question: by which tag, and how many of them."""

    quiz_id: int
    quiz_title: str
    article_title: str
    published: bool
    tag: str
    draws: int


def list_draws_of(question_id: int) -> list[DrawRow]:
    """Return the quizzes whose draws may ask a question, in the order they were made; in two statements."""
    keys = set(db.session.scalars(select(QuestionTag.tag_key).where(QuestionTag.question_id == question_id)))
    if not keys:
        return []
    place, tagged = aliased(Item), aliased(QuestionVersion)
    newer = select(func.max(QuestionVersion.number)).where(QuestionVersion.question_id == place.question_id)
    rows = db.session.execute(
        select(Quiz.id, Quiz.title, Article.title, Quiz.published_at.is_not(None), tagged.content)
        .select_from(Question)
        .join(QuestionVersion, QuestionVersion.question_id == Question.id)
        .join(Quiz, Quiz.owner_id == Question.owner_id)
        .join(Article, Article.id == Quiz.article_id)
        .join(place, place.quiz_id == Quiz.id)
        .join(tagged, and_(tagged.question_id == place.question_id, tagged.type == DRAW))
        .where(Question.id == question_id, tagged.number == newer.correlate(place).scalar_subquery(), *_offered())
        .order_by(Quiz.id, place.position, place.id)
        .limit(MOST_IN_A_POOL)
    )
    found: dict[tuple[int, str], DrawRow] = {}
    for quiz_id, title, article, published, content in rows:
        key = tag_key(content["tag"])
        if key in keys:
            one = found.get((quiz_id, key), DrawRow(quiz_id, title, article, published, content["tag"], 0))
            found[quiz_id, key] = replace(one, draws=one.draws + 1)
    return list(found.values())


def draw_for(
    quiz_id: int, items: Sequence[ItemRow], random: Random, without: Collection[int | None] = ()
) -> list[ItemRow]:
    """Return the items with a question in the place of each draw; a draw that none is left for is left out.

    Questions (ids) in `without` are not drawn.

    No statement for a quiz without draws, else two.
    """
    if not any(item.type == DRAW for item in items):
        return list(items)
    chosen = draw(_pools(quiz_id, items, without), random)
    asked = _questions(list(chosen.values()))
    drawn = {item_id: asked[version_id] for item_id, version_id in chosen.items()}
    return [
        replace(item, **drawn[item.item_id]) if item.type == DRAW else item
        for item in items
        if item.type != DRAW or item.item_id in drawn
    ]


def empty_draws(quiz_id: int, items: Sequence[ItemRow]) -> set[int]:
    """Return the items whose draw finds no question while all others have one; no statement without draws."""
    draws = [item.item_id for item in items if item.type == DRAW]
    if not draws:
        return set()
    return set(draws) - set(draw(_pools(quiz_id, items), Random(0)))  # noqa: S311 - any choice will do


def drawn_questions(question_ids: Sequence[int]) -> set[int]:
    """Return those of these questions that attempts have drawn; they stay for as long as the attempts do."""
    draws = (
        select(Item.id, Item.quiz_id)
        .join(QuestionVersion, QuestionVersion.question_id == Item.question_id)
        .where(QuestionVersion.type == DRAW)
        .subquery()
    )
    asked = (
        select(QuestionVersion.question_id)
        .join(Response, Response.question_version_id == QuestionVersion.id)
        .join(QuizDelivery, QuizDelivery.id == Response.delivery_id)
        .join(draws, and_(draws.c.quiz_id == QuizDelivery.quiz_id, draws.c.id == Response.item_id))
        .where(QuestionVersion.question_id.in_(question_ids))
        .distinct()
    )
    return set(db.session.scalars(asked)) if question_ids else set()


def _pools(quiz_id: int, items: Sequence[ItemRow], without: Collection[int | None] = ()) -> dict[int, list[int]]:
    """The ids of the versions that each draw may ask."""
    keys = {item.item_id: tag_key(item.content["tag"]) for item in items if item.type == DRAW}
    rows = db.session.execute(
        select(QuestionTag.tag_key, QuestionVersion.id)
        .select_from(Quiz)
        .join(Question, Question.owner_id == Quiz.owner_id)
        .join(QuestionTag, and_(QuestionTag.question_id == Question.id, QuestionTag.tag_key.in_(set(keys.values()))))
        .join(QuestionVersion, QuestionVersion.question_id == Question.id)
        .where(Quiz.id == quiz_id, *_offered(), Question.id.not_in(without) if without else true())
        .order_by(QuestionVersion.id)
        .limit(MOST_IN_A_POOL)
    )
    offered: dict[str, list[int]] = defaultdict(list)
    for key, version_id in rows:
        offered[key].append(version_id)
    return {item_id: offered[key] for item_id, key in keys.items()}


def _questions(version_ids: Sequence[int]) -> dict[int, dict[str, Any]]:
    """What an item takes over from the question that was drawn, by version id."""
    names = ("type", "stem", "stem_html", "content", "hint", "general_feedback_html")
    rows = db.session.execute(
        select(
            QuestionVersion.id, QuestionVersion.question_id, *(getattr(QuestionVersion, name) for name in names)
        ).where(QuestionVersion.id.in_(version_ids))
    )
    return {row[0]: dict(zip(("version_id", "question_id", *names), row, strict=True)) for row in rows}
