"""The article: its versions, their blocks and sentences, spans of them, and its assignment to classes."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from articles.spans import ORPHAN, STATES
from classroom.models import one_of
from core.database import Base, UTCDateTime

NEVER_REUSED = {"sqlite_autoincrement": True}
"""Ids that other things remember: SQLite would give the highest one again after a deletion."""


class Article(Base):
    """A text in one instructor's library. Its newest version is the one with the highest number."""

    __tablename__ = "articles"
    __table_args__ = NEVER_REUSED

    id: Mapped[int] = mapped_column(primary_key=True)
    owner_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    title: Mapped[str] = mapped_column(String(300))
    language: Mapped[str] = mapped_column(String(12))
    direction: Mapped[str] = mapped_column(String(3), default="ltr")
    archived_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)


class ArticleVersion(Base):
    """The text as it stood after one edit; never changed afterwards."""

    __tablename__ = "article_versions"
    __table_args__ = (UniqueConstraint("article_id", "number"), NEVER_REUSED)

    id: Mapped[int] = mapped_column(primary_key=True)
    article_id: Mapped[int] = mapped_column(ForeignKey("articles.id", ondelete="CASCADE"))
    number: Mapped[int]
    source_format: Mapped[str] = mapped_column(String(20))
    source: Mapped[str] = mapped_column(Text)
    word_count: Mapped[int]
    created_by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)


class Block(Base):
    """A heading, paragraph, quote, list item or image. `number` is the ¶ number; headings and images have none."""

    __tablename__ = "blocks"
    __table_args__ = (UniqueConstraint("version_id", "position"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("article_versions.id", ondelete="CASCADE"))
    position: Mapped[int]
    kind: Mapped[str] = mapped_column(String(20))
    level: Mapped[int] = mapped_column(default=0)
    number: Mapped[int | None]


class Image(Base):
    """An image in its owner's texts, never changed; `digest` tells its content, `used_at` when a text last named it.

    Sides in pixels, `size` in bytes. Kept in the database, so that it is there for every worker and in every backup.
    """

    __tablename__ = "images"
    __table_args__ = (UniqueConstraint("owner_id", "digest"), Index("ix_images_digest", "digest"), NEVER_REUSED)

    id: Mapped[int] = mapped_column(primary_key=True)
    owner_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    digest: Mapped[str] = mapped_column(String(32))
    media_type: Mapped[str] = mapped_column(String(20))
    width: Mapped[int]
    height: Mapped[int]
    size: Mapped[int]
    content: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    used_at: Mapped[datetime] = mapped_column(UTCDateTime)


class BlockImage(Base):
    """The image that a block is. `alt` says in words what it shows; "": it only decorates, NULL: nobody has said."""

    __tablename__ = "block_images"
    __table_args__ = (Index("ix_block_images_image_id", "image_id"),)

    block_id: Mapped[int] = mapped_column(ForeignKey("blocks.id", ondelete="CASCADE"), primary_key=True)
    image_id: Mapped[int] = mapped_column(ForeignKey("images.id"))
    alt: Mapped[str | None] = mapped_column(Text)


class Sentence(Base):
    """An id that questions, evidence, comments and maps point at; unique in its article, never reused."""

    __tablename__ = "sentences"
    __table_args__ = NEVER_REUSED

    id: Mapped[int] = mapped_column(primary_key=True)
    article_id: Mapped[int] = mapped_column(ForeignKey("articles.id", ondelete="CASCADE"), index=True)


class VersionSentence(Base):
    """What a sentence says in one version, and where: `position` in the version, `number` in its block (from 1)."""

    __tablename__ = "version_sentences"
    __table_args__ = (
        UniqueConstraint("version_id", "position"),
        Index("ix_version_sentences_block_id", "block_id"),
    )

    version_id: Mapped[int] = mapped_column(ForeignKey("article_versions.id", ondelete="CASCADE"), primary_key=True)
    sentence_id: Mapped[int] = mapped_column(ForeignKey("sentences.id", ondelete="CASCADE"), primary_key=True)
    block_id: Mapped[int] = mapped_column(ForeignKey("blocks.id", ondelete="CASCADE"))
    position: Mapped[int]
    number: Mapped[int]
    text: Mapped[str] = mapped_column(Text)
    html: Mapped[str] = mapped_column(Text)


class Span(Base):
    """From a first to a last sentence of one version, with the words quoted and those around them.

    Offsets count code points in the first and the last sentence; empty: the whole sentences.
    """

    __tablename__ = "spans"

    id: Mapped[int] = mapped_column(primary_key=True)
    article_id: Mapped[int] = mapped_column(ForeignKey("articles.id"), index=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("article_versions.id"))
    first_sentence_id: Mapped[int] = mapped_column(ForeignKey("sentences.id"))
    last_sentence_id: Mapped[int] = mapped_column(ForeignKey("sentences.id"))
    start_offset: Mapped[int | None]
    end_offset: Mapped[int | None]
    quote: Mapped[str] = mapped_column(Text)
    prefix: Mapped[str] = mapped_column(Text, default="")
    suffix: Mapped[str] = mapped_column(Text, default="")


class SpanPlacement(Base):
    """Where a span stands in a later version, if not at its own sentences; without sentences it is an orphan there.

    `state` says how the place was found: by id, by quote, by likeness, or by hand.
    """

    __tablename__ = "span_placements"
    __table_args__ = (
        CheckConstraint(one_of("state", STATES), name="state"),
        CheckConstraint(f"(state = '{ORPHAN}') = (first_sentence_id IS NULL)", name="first"),
        CheckConstraint(f"(state = '{ORPHAN}') = (last_sentence_id IS NULL)", name="last"),
        Index("ix_span_placements_version_id", "version_id"),
    )

    span_id: Mapped[int] = mapped_column(ForeignKey("spans.id", ondelete="CASCADE"), primary_key=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("article_versions.id", ondelete="CASCADE"), primary_key=True)
    first_sentence_id: Mapped[int | None] = mapped_column(ForeignKey("sentences.id"))
    last_sentence_id: Mapped[int | None] = mapped_column(ForeignKey("sentences.id"))
    start_offset: Mapped[int | None]
    end_offset: Mapped[int | None]
    state: Mapped[str] = mapped_column(String(10))


class Assignment(Base):
    """An article given to one class, at one version, with that class's dates. No date: no bound.

    `latest_due_at` and `latest_closes_at` are the latest that anybody in the class has, own dates included.
    """

    __tablename__ = "assignments"
    __table_args__ = (
        UniqueConstraint("section_id", "article_id"),
        CheckConstraint("opens_at IS NULL OR due_at IS NULL OR opens_at <= due_at", name="opens_before_due"),
        CheckConstraint("due_at IS NULL OR closes_at IS NULL OR due_at <= closes_at", name="due_before_close"),
        CheckConstraint(
            "opens_at IS NULL OR closes_at IS NULL OR opens_at <= closes_at",
            name="opens_before_close",
        ),
        Index("ix_assignments_article_id", "article_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    section_id: Mapped[int] = mapped_column(ForeignKey("sections.id"))
    article_id: Mapped[int] = mapped_column(ForeignKey("articles.id"))
    version_id: Mapped[int] = mapped_column(ForeignKey("article_versions.id"))
    opens_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    due_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    closes_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    latest_due_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    latest_closes_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)


class OwnDates(Base):
    """The dates that one student has instead of the class's, for extra days; kept whenever either changes."""

    __tablename__ = "own_dates"
    __table_args__ = (Index("ix_own_dates_enrollment_id", "enrollment_id"),)

    assignment_id: Mapped[int] = mapped_column(ForeignKey("assignments.id", ondelete="CASCADE"), primary_key=True)
    enrollment_id: Mapped[int] = mapped_column(ForeignKey("enrollments.id", ondelete="CASCADE"), primary_key=True)
    due_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    closes_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
