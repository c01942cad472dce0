"""Saving an article and its versions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from articles.drafts import Draft
from articles.edits import Edit
from articles.models import Article, ArticleVersion, Assignment, Block, BlockImage, Sentence, VersionSentence
from articles.operations.images import keep_images
from articles.operations.placements import place_spans
from articles.queries.texts import stored_kind
from core import clock
from core.database import db


class EditedMeanwhile(Exception):
    """The article has a newer version than the one that was edited."""


class ArticleInUse(Exception):
    """The article is assigned to a class, or has a quiz or a prompt: it cannot be deleted."""


def create_article(owner_id: int, draft: Draft) -> Article:
    """Save a draft as a new article of this person's, with its first version. Raises ImageGone."""
    article = Article(
        owner_id=owner_id,
        title=draft.title,
        language=draft.language,
        direction=draft.direction,
        created_at=clock.now(),
    )
    db.session.add(article)
    db.session.flush()
    _add_version(NextVersion(article.id, owner_id, 1), draft, [None] * draft.sentence_count)
    return article


def save_version(article_id: int, author_id: int, edit: Edit) -> ArticleVersion:
    """Save an edit as the next version: unchanged sentences keep their ids, spans are placed in it.

    Raises EditedMeanwhile when the version that was edited is not the newest any more, and ImageGone. Assignments
    stay at their version (see `move_assignments`); whoever holds spans is told by `tell_holders`.
    """
    newest = db.session.scalar(
        select(ArticleVersion)
        .where(ArticleVersion.article_id == article_id)
        .order_by(ArticleVersion.number.desc(), ArticleVersion.id)
        .limit(1)
    )
    if newest is None or (newest.id, newest.number) != (edit.before_id, edit.edited_number):
        raise EditedMeanwhile
    draft, next_version = edit.draft, NextVersion(article_id, author_id, newest.number + 1)
    try:
        with db.session.begin_nested():
            version, sentence_ids = _add_version(next_version, draft, edit.ids)
    except IntegrityError as error:
        raise EditedMeanwhile from error
    place_spans(version, edit, sentence_ids)
    db.session.execute(
        update(Article)
        .where(Article.id == article_id)
        .values(title=draft.title, language=draft.language, direction=draft.direction)
    )
    return version


def move_assignments(article_id: int, assignment_ids: Sequence[int], version_id: int) -> None:
    """Give these of the article's assignments its new version; attempts keep the version they saw."""
    db.session.execute(
        update(Assignment)
        .where(Assignment.article_id == article_id, Assignment.id.in_(assignment_ids))
        .values(version_id=version_id)
    )


@dataclass(frozen=True)
class NextVersion:
    """Where a version belongs: its article, author and number."""

    article_id: int
    author_id: int
    number: int


def _add_version(place: NextVersion, draft: Draft, ids: Sequence[int | None]) -> tuple[ArticleVersion, list[int]]:
    """Write a version whose sentences have these ids (None: a new one); return it and all of the ids."""
    version = ArticleVersion(
        article_id=place.article_id,
        number=place.number,
        source_format=draft.source.format,
        source=draft.source.text,
        word_count=draft.word_count,
        created_by_id=place.author_id,
        created_at=clock.now(),
    )
    db.session.add(version)
    db.session.flush()
    block_ids = _add_blocks(version.id, draft)
    _add_images(place.author_id, draft, block_ids)
    fresh = iter(_fresh_sentences(version.article_id, list(ids).count(None)))
    every = [next(fresh) if known is None else known for known in ids]
    _add_sentences(version.id, draft, block_ids, every)
    return version, every


def _add_blocks(version_id: int, draft: Draft) -> list[int]:
    """Insert the blocks in one statement and return their ids in reading order."""
    rows = [
        {
            "version_id": version_id,
            "position": position,
            "kind": stored_kind(part),
            "level": part.block.level,
            "number": part.number,
        }
        for position, part in enumerate(draft.blocks, start=1)
    ]
    made = db.session.execute(insert(Block).returning(Block.position, Block.id), rows)
    return [row.id for row in sorted(made, key=lambda row: row.position)]


def _add_images(owner_id: int, draft: Draft, block_ids: Sequence[int]) -> None:
    image_ids = keep_images(owner_id, draft.image_digests, draft.source.images)
    if image_ids:
        rows = [
            {"block_id": block_id, "image_id": image_ids[part.block.image.digest], "alt": part.block.image.alt}
            for block_id, part in zip(block_ids, draft.blocks, strict=True)
            if part.block.image
        ]
        db.session.execute(insert(BlockImage), rows)


def _fresh_sentences(article_id: int, count: int) -> list[int]:
    """Make this many sentence ids of an article, in ascending order."""
    if not count:
        return []
    rows = [{"article_id": article_id}] * count
    return sorted(db.session.scalars(insert(Sentence).returning(Sentence.id), rows))


def _add_sentences(version_id: int, draft: Draft, block_ids: Sequence[int], ids: Sequence[int]) -> None:
    rows: list[dict[str, Any]] = []
    for block_id, part in zip(block_ids, draft.blocks, strict=True):
        for number, sentence in enumerate(part.sentences, start=1):
            rows.append(
                {
                    "version_id": version_id,
                    "sentence_id": ids[len(rows)],
                    "block_id": block_id,
                    "position": len(rows) + 1,
                    "number": number,
                    "text": sentence.text,
                    # A space at the end says that one stands before the next sentence.
                    "html": sentence.html + (" " if sentence.gap else ""),
                }
            )
    db.session.execute(insert(VersionSentence), rows)


def archive_article(article_id: int) -> None:
    """Put an article away: it is no longer offered for assigning. Its classes keep it."""
    db.session.execute(update(Article).where(Article.id == article_id).values(archived_at=clock.now()))


def restore_article(article_id: int) -> None:
    """Take an article that was put away back into the library."""
    db.session.execute(update(Article).where(Article.id == article_id).values(archived_at=None))


def delete_article(article_id: int) -> None:
    """Delete an article with all its versions. Raises ArticleInUse when anything refers to it."""
    try:
        with db.session.begin_nested():
            db.session.execute(delete(Article).where(Article.id == article_id))
    except IntegrityError as error:
        raise ArticleInUse from error
