"""Keeping what questions accept as evidence true to a text that was edited.

The sentences that an evidence question accepts are part of its content. When its passages have other sentences in
the newest text, the question gets a version for attempts that start afterwards; those under way keep what they saw.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.exc import IntegrityError

from articles.holders import HeldMeanwhile, Moved
from articles.models import ArticleVersion, Assignment, Span
from articles.queries import list_sentences, place_of, with_places
from articles.spans import UnknownSentence, covered
from core import clock
from core.database import db
from quizzes.models import QuestionSpan, QuestionVersion
from quizzes.queries.pointers import newest_with_evidence
from quizzes.question_types import TYPES
from quizzes.question_types.evidence import AcceptedPassage
from quizzes.question_types.evidence_part import passages_of, with_passages

MOST_SPANS = 20_000
Sentences = Mapping[int, tuple[int, ...]]
"""The sentence ids of each passage by span, none for one that has no place."""


def follow_text(moved: Moved) -> None:
    """Give each question whose accepted passages have other sentences now its next version.

    Raises HeldMeanwhile when somebody saves one of the questions at the same moment.
    """
    questions = db.session.scalars(newest_with_evidence(moved.article_id)).all()
    contents = {version.id: TYPES[version.type].read(version.content) for version in questions}
    spans = {row.span_id for content in contents.values() for row in _passages(content) if row.span_id}
    if not spans:
        return
    places = _sentences_by_version(moved, spans)
    newest = places.pop(moved.version_id)
    changed = {
        version: data
        for version in questions
        if (data := _accepting(version.type, contents[version.id], newest, list(places.values()))) != version.content
    }
    _add_versions(changed, moved.author_id)


def _passages(content: object) -> tuple[AcceptedPassage, ...]:
    asked = passages_of(content)
    return asked.passages if asked else ()


def _accepting(type_name: str, content: Any, newest: Sentences, older: Sequence[Sentences]) -> dict[str, Any]:
    """The content as it is stored, accepting the passages' sentences in the newest text and in older ones in use."""
    asked = passages_of(content)
    if asked is None:
        return TYPES[type_name].write(content)
    rows = tuple(
        row
        if row.span_id is None
        else replace(row, sentences=newest[row.span_id], elsewhere=_elsewhere(row, newest, older))
        for row in asked.passages
    )
    return TYPES[type_name].write(with_passages(content, replace(asked, passages=rows)))


def _elsewhere(row: AcceptedPassage, newest: Sentences, older: Sequence[Sentences]) -> tuple[int, ...]:
    span_id = row.span_id or 0
    ids = (at for places in older for at in places[span_id] if at not in newest[span_id])
    return tuple(dict.fromkeys(ids))


def _sentences_by_version(moved: Moved, spans: Collection[int]) -> dict[int, Sentences]:
    """The sentences of spans in the newest version and in every older one that a class reads."""
    read = select(Assignment.version_id).where(Assignment.article_id == moved.article_id)
    first_id, last_id = place_of()
    statement = (
        select(ArticleVersion.id, Span.id, first_id, last_id)
        .select_from(Span)
        .join(ArticleVersion, ArticleVersion.article_id == Span.article_id)
    )
    rows = db.session.execute(
        with_places(statement, ArticleVersion.id)
        .where(
            Span.article_id == moved.article_id,
            (ArticleVersion.id == moved.version_id) | ArticleVersion.id.in_(read),
        )
        .order_by(ArticleVersion.id, Span.id)
        .limit(MOST_SPANS)
    )
    found: dict[int, dict[int, tuple[int, ...]]] = {moved.version_id: {}}
    for version_id, span_id, first, last in rows:
        if span_id in spans:
            found.setdefault(version_id, {})[span_id] = _covered(version_id, first, last)
    return {version_id: {**dict.fromkeys(spans, ()), **places} for version_id, places in found.items()}


def _covered(version_id: int, first: int | None, last: int | None) -> tuple[int, ...]:
    if first is None or last is None:
        return ()
    try:
        return covered(list_sentences(version_id), first, last)
    except UnknownSentence:
        return ()


def _add_versions(changed: Mapping[QuestionVersion, dict[str, Any]], author_id: int) -> None:
    """Add the next version of each question, the same but for its content."""
    kept = {"id", "number", "content", "created_by_id", "created_at"}
    names = [column.key for column in QuestionVersion.__table__.columns if column.key not in kept]
    now = clock.now()
    made = {
        version.id: QuestionVersion(
            **{name: getattr(version, name) for name in names},
            number=version.number + 1,
            content=content,
            created_by_id=author_id,
            created_at=now,
        )
        for version, content in changed.items()
    }
    try:
        with db.session.begin_nested():
            db.session.add_all(made.values())
    except IntegrityError as error:
        raise HeldMeanwhile from error
    held = select(QuestionSpan.question_version_id, QuestionSpan.span_id, QuestionSpan.role, QuestionSpan.position)
    held = held.where(QuestionSpan.question_version_id.in_(made)).order_by(QuestionSpan.id)
    rows = [{**row._mapping, "question_version_id": made[row[0]].id} for row in db.session.execute(held)]
    if rows:
        db.session.execute(insert(QuestionSpan), rows)
