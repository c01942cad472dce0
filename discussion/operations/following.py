"""Marks of confusion when a text is edited: each goes with its sentence to where that stands now."""

from __future__ import annotations

from collections import defaultdict

from sqlalchemy import and_, delete, exists, select, update
from sqlalchemy.orm import aliased

from articles.holders import Moved
from articles.models import ArticleVersion, Assignment, VersionSentence
from articles.queries import list_sentences
from articles.spans import Joined, follow_sentences
from core.database import AnySelect, db
from discussion.models import ConfusionMark

MOST = 2_000  # sentences


def follow_marks(moved: Moved) -> None:
    """Move the marks of classes that read the new version, where their sentences are not in it any more.

    A mark on words that are gone keeps its sentence, so that staff can be told of it. Two statements for each
    version that such sentences were last in, and two for each sentence that has another place.
    """
    last_in: dict[int, int] = {}
    for sentence_id, version_id in db.session.execute(_lost_sentences(moved)):
        last_in.setdefault(sentence_id, version_id)
    by_version: dict[int, list[int]] = defaultdict(list)
    for sentence_id, version_id in last_in.items():
        by_version[version_id].append(sentence_id)
    for version_id, sentence_ids in by_version.items():
        before, after = (Joined(list_sentences(each)) for each in (version_id, moved.version_id))
        for old, new in follow_sentences(before, after, sentence_ids).items():
            if new is not None:
                _move(moved, old, new)


def _reading_it(moved: Moved) -> AnySelect:
    """The readings of classes that have the new version."""
    here = (Assignment.article_id == moved.article_id, Assignment.version_id == moved.version_id)
    return select(Assignment.id).where(*here)


def _lost_sentences(moved: Moved) -> AnySelect:
    """Sentences with marks that are not in the new version, with each version that they are in, the newest first."""
    there = exists().where(
        VersionSentence.version_id == moved.version_id, VersionSentence.sentence_id == ConfusionMark.sentence_id
    )
    marked = select(ConfusionMark.sentence_id).where(ConfusionMark.assignment_id.in_(_reading_it(moved)), ~there)
    return (
        select(VersionSentence.sentence_id, VersionSentence.version_id)
        .join(ArticleVersion, ArticleVersion.id == VersionSentence.version_id)
        .where(VersionSentence.sentence_id.in_(marked))
        .order_by(ArticleVersion.number.desc(), VersionSentence.sentence_id)
        .limit(MOST)
    )


def _move(moved: Moved, old: int, new: int) -> None:
    """Whoever has marked the other sentence as well keeps one mark."""
    other = aliased(ConfusionMark)
    twin = exists().where(
        and_(
            other.enrollment_id == ConfusionMark.enrollment_id,
            other.assignment_id == ConfusionMark.assignment_id,
            other.sentence_id == new,
        )
    )
    here = (ConfusionMark.sentence_id == old, ConfusionMark.assignment_id.in_(_reading_it(moved)))
    db.session.execute(delete(ConfusionMark).where(*here, twin))
    db.session.execute(update(ConfusionMark).where(*here).values(sentence_id=new))
