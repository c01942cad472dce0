"""Versions of questions. What an attempt shows is never deleted, nor is a version ever written anew."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from functools import cache
from typing import Any, TypeAlias

from sqlalchemy import bindparam, select

from core.database import AnySelect, db, read_rows
from core.memory import recall
from quizzes.models import QuestionVersion
from quizzes.question_types.base import Kept

Version: TypeAlias = tuple[str, dict[str, Any]]
"""The type and the content of a question version."""
Question: TypeAlias = tuple[Any, ...]
"""Version id, type, stem, stem as HTML, content, hint and general feedback as HTML."""

_COLUMNS: tuple[Any, ...] = (
    QuestionVersion.id,
    QuestionVersion.type,
    QuestionVersion.stem,
    QuestionVersion.stem_html,
    QuestionVersion.content,
    QuestionVersion.hint,
    QuestionVersion.general_feedback_html,
)
_CONTENT = 4


@cache
def _questions() -> AnySelect:
    return select(*_COLUMNS).where(QuestionVersion.id.in_(bindparam("version_ids", expanding=True)))


def questions_of(version_ids: Iterable[int]) -> dict[int, Question]:
    """Return the questions by version; a statement only where this process has not met these versions together."""
    wanted = tuple(sorted(set(version_ids)))

    def read() -> dict[int, Question]:
        return {row[0]: _kept(row) for row in read_rows(_questions(), {"version_ids": wanted})}

    return recall(("questions", wanted), read)


def _kept(row: Question) -> Question:
    return (*row[:_CONTENT], Kept(row[_CONTENT]), *row[_CONTENT + 1 :])


def list_version_ids(question_ids: set[int]) -> dict[int, frozenset[int]]:
    """Return the ids of all versions of questions."""
    rows = db.session.execute(
        select(QuestionVersion.question_id, QuestionVersion.id)
        .where(QuestionVersion.question_id.in_(question_ids))
        .order_by(QuestionVersion.id)
        .limit(10_000)
    )
    found: dict[int, set[int]] = defaultdict(set)
    for question_id, version_id in rows:
        found[question_id].add(version_id)
    return {question_id: frozenset(ids) for question_id, ids in found.items()}


def read_versions(version_ids: set[int]) -> dict[int, Version]:
    """Return the type and the content of question versions."""
    rows = db.session.execute(
        select(QuestionVersion.id, QuestionVersion.type, QuestionVersion.content)
        .where(QuestionVersion.id.in_(version_ids))
        .order_by(QuestionVersion.id)
        .limit(10_000)
    )
    return {version_id: (kind, content) for version_id, kind, content in rows}
