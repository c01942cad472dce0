"""The tags on questions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from sqlalchemy import select

from core.database import db
from quizzes.models import QuestionTag


def list_tags(question_ids: Sequence[int]) -> dict[int, tuple[str, ...]]:
    """Return the tags of questions, each list in the order of the alphabet: one statement."""
    rows = db.session.execute(
        select(QuestionTag.question_id, QuestionTag.tag)
        .where(QuestionTag.question_id.in_(question_ids))
        .order_by(QuestionTag.tag_key, QuestionTag.question_id)
        .limit(20_000)
    )
    tags: dict[int, list[str]] = defaultdict(list)
    for question_id, tag in rows:
        tags[question_id].append(tag)
    return {question_id: tuple(words) for question_id, words in tags.items()}
