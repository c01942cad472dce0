"""The passages that the questions of a reading test and accept, for taking them along."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import select

from articles.models import Span
from articles.queries import offsets_of, place_of, with_places
from core.database import db
from quizzes.models import Item, QuestionSpan, QuestionVersion, QuizDelivery
from quizzes.queries.bank import newest_of_question

MOST = 5_000


class TestedRow(NamedTuple):
    """A passage that a question tests ("anchor") or accepts ("evidence"): its words and its place in a version."""

    item_id: int
    role: str
    stem: str
    created_at: datetime
    quote: str
    prefix: str
    suffix: str
    first_id: int | None
    last_id: int | None
    start: int | None
    end: int | None


def list_tested_passages(assignment_id: int, article_id: int, version_id: int) -> list[TestedRow]:
    """Return the passages of a class's questions, in the order of quizzes and questions. For staff: it tells the key.

    One statement.
    """
    statement = (
        select(
            Item.id,
            QuestionSpan.role,
            QuestionVersion.stem,
            QuestionVersion.created_at,
            Span.quote,
            Span.prefix,
            Span.suffix,
            *place_of(),
            *offsets_of(),
        )
        .join(QuizDelivery, QuizDelivery.quiz_id == Item.quiz_id)
        .join(QuestionVersion, QuestionVersion.question_id == Item.question_id)
        .join(QuestionSpan, QuestionSpan.question_version_id == QuestionVersion.id)
        .join(Span, Span.id == QuestionSpan.span_id)
        .where(QuizDelivery.assignment_id == assignment_id, Span.article_id == article_id, newest_of_question())
        .order_by(QuizDelivery.id, Item.position, Item.id, QuestionSpan.role, QuestionSpan.position, QuestionSpan.id)
        .limit(MOST)
    )
    return [TestedRow(*row) for row in db.session.execute(with_places(statement, version_id))]
