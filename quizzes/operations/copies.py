"""Copying and deleting questions, many at once: a fixed number of statements however many there are."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import delete, exists, insert, select

from articles.models import Span
from core import clock
from core.database import db
from quizzes.models import Item, Question, QuestionSpan, QuestionTag, QuestionVersion
from quizzes.operations.tags import copy_tags
from quizzes.queries.draws import drawn_questions
from quizzes.queries.items import newest_versions

COPIED = ("type", "stem", "stem_html", "content", "general_feedback", "general_feedback_html", "hint")


def copy_questions(question_ids: Sequence[int], author_id: int, anchors_in: int | None = None) -> list[int]:
    """Make new questions of the newest versions of others, passages included; their ids in the same order.

    `anchors_in`: an article; passages of others are left out.
    """
    if not question_ids:
        return []
    sources = _newest(question_ids)
    made = {"owner_id": author_id, "created_at": clock.now()}
    new_ids = list(db.session.scalars(insert(Question).returning(Question.id), [made for _source in sources]))
    versions = db.session.execute(
        insert(QuestionVersion).returning(QuestionVersion.question_id, QuestionVersion.id),
        [
            {name: getattr(source, name) for name in COPIED}
            | {"question_id": new_id, "number": 1, "created_by_id": author_id, "created_at": clock.now()}
            for source, new_id in zip(sources, new_ids, strict=True)
        ],
    )
    version_of = {row.question_id: row.id for row in versions}
    _copy_spans({source.id: version_of[new_id] for source, new_id in zip(sources, new_ids, strict=True)}, anchors_in)
    copy_tags({source.question_id: new_id for source, new_id in zip(sources, new_ids, strict=True)})
    return new_ids


def delete_questions(question_ids: Sequence[int]) -> None:
    """Delete those of these questions that no quiz holds and no attempt has drawn, with all their versions."""
    held = exists().where(Item.question_id == Question.id)
    unheld = select(Question.id).where(Question.id.in_(question_ids), ~held).order_by(Question.id)
    loose = list(db.session.scalars(unheld))
    asked = drawn_questions(loose)
    loose = [question_id for question_id in loose if question_id not in asked]
    versions = select(QuestionVersion.id).where(QuestionVersion.question_id.in_(loose))
    db.session.execute(delete(QuestionSpan).where(QuestionSpan.question_version_id.in_(versions)))
    db.session.execute(delete(QuestionVersion).where(QuestionVersion.question_id.in_(loose)))
    db.session.execute(delete(QuestionTag).where(QuestionTag.question_id.in_(loose)))
    db.session.execute(delete(Question).where(Question.id.in_(loose)))


def _newest(question_ids: Sequence[int]) -> list[Any]:
    """The newest version of each question, in the order given."""
    newest = newest_versions().where(QuestionVersion.question_id.in_(question_ids)).subquery()
    rows = db.session.execute(
        select(QuestionVersion.id, QuestionVersion.question_id, *(getattr(QuestionVersion, name) for name in COPIED))
        .join(
            newest,
            (QuestionVersion.question_id == newest.c.question_id) & (QuestionVersion.number == newest.c.number),
        )
        .order_by(QuestionVersion.id)
    ).all()
    by_question = {row.question_id: row for row in rows}
    return [by_question[question_id] for question_id in question_ids]


def _copy_spans(versions: dict[int, int], article_id: int | None) -> None:
    """Let the new versions point where the old ones do, within an article if one is given."""
    held = select(QuestionSpan.question_version_id, QuestionSpan.span_id, QuestionSpan.role, QuestionSpan.position)
    held = held.where(QuestionSpan.question_version_id.in_(versions)).order_by(QuestionSpan.id)
    if article_id is not None:
        held = held.join(Span, Span.id == QuestionSpan.span_id).where(Span.article_id == article_id)
    rows = db.session.execute(held).all()
    if rows:
        copies = [dict(row._mapping) | {"question_version_id": versions[row.question_version_id]} for row in rows]
        db.session.execute(insert(QuestionSpan), copies)
