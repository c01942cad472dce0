"""Tags on questions: an author's own words for finding and drawing them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import delete, insert, select

from core.database import db
from quizzes.models import QuestionTag
from quizzes.tags import tag_key


def set_tags(question_id: int, tags: Sequence[str] | None) -> None:
    """Let a question have these tags and no others; None leaves them as they are."""
    if tags is None:
        return
    db.session.execute(delete(QuestionTag).where(QuestionTag.question_id == question_id))
    write_tags((question_id, tag) for tag in tags)


def add_tags(question_ids: Sequence[int], tags: Sequence[str]) -> None:
    """Put tags on questions that do not have them yet."""
    keys = [tag_key(tag) for tag in tags]
    held = select(QuestionTag.question_id, QuestionTag.tag_key).where(
        QuestionTag.question_id.in_(question_ids), QuestionTag.tag_key.in_(keys)
    )
    have = {(row[0], row[1]) for row in db.session.execute(held)}
    write_tags((at, tag) for at in question_ids for tag in tags if (at, tag_key(tag)) not in have)


def remove_tags(question_ids: Sequence[int], tags: Sequence[str]) -> None:
    """Take tags off questions."""
    keys = [tag_key(tag) for tag in tags]
    db.session.execute(
        delete(QuestionTag).where(QuestionTag.question_id.in_(question_ids), QuestionTag.tag_key.in_(keys))
    )


def copy_tags(copies: dict[int, int]) -> None:
    """Let new questions have the tags of those that they were copied from."""
    rows = db.session.execute(
        select(QuestionTag.question_id, QuestionTag.tag).where(QuestionTag.question_id.in_(copies))
    )
    write_tags((copies[question_id], tag) for question_id, tag in rows)


def write_tags(rows: Iterable[tuple[int, str]]) -> None:
    """Insert (question, tag) rows that are not there yet, in one statement."""
    values = [{"question_id": question_id, "tag": tag, "tag_key": tag_key(tag)} for question_id, tag in rows]
    if values:
        db.session.execute(insert(QuestionTag), values)
