"""Prompts, their delivery to a class, and the comments on them."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from core.database import Base, UTCDateTime


class Prompt(Base):
    """A question to talk about, on an article."""

    __tablename__ = "prompts"

    id: Mapped[int] = mapped_column(primary_key=True)
    article_id: Mapped[int] = mapped_column(ForeignKey("articles.id"), index=True)
    owner_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    title: Mapped[str] = mapped_column(String(200))
    body: Mapped[str] = mapped_column(Text, default="")
    body_html: Mapped[str] = mapped_column(Text, default="")
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)


class PromptSpan(Base):
    """A passage that a prompt is about."""

    __tablename__ = "prompt_spans"
    __table_args__ = (
        Index("ix_prompt_spans_prompt_id", "prompt_id"),
        Index("ix_prompt_spans_span_id", "span_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    prompt_id: Mapped[int] = mapped_column(ForeignKey("prompts.id", ondelete="CASCADE"))
    span_id: Mapped[int] = mapped_column(ForeignKey("spans.id"))
    position: Mapped[int] = mapped_column(default=0)


class PromptDelivery(Base):
    """A prompt given to a class with its rules. The class's thread belongs to this row.

    Others' comments do not exist for a student until that student has `posts_before_seeing` own ones,
    or `gate_opens_at` is past, or staff have opened the gate.
    """

    __tablename__ = "prompt_deliveries"
    __table_args__ = (
        UniqueConstraint("assignment_id", "prompt_id"),
        CheckConstraint("posts_before_seeing >= 0", name="gate_not_negative"),
        Index("ix_prompt_deliveries_prompt_id", "prompt_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    assignment_id: Mapped[int] = mapped_column(ForeignKey("assignments.id"))
    prompt_id: Mapped[int] = mapped_column(ForeignKey("prompts.id"))
    position: Mapped[int] = mapped_column(default=0)
    posts_before_seeing: Mapped[int] = mapped_column(default=0)
    gate_opens_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    gate_opened_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    closes_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    locked_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)


class Comment(Base):
    """A comment on a prompt, or a reply to one. `body` as typed, `body_html` as rendered when saved."""

    __tablename__ = "comments"
    __table_args__ = (
        Index("ix_comments_delivery_id_id", "delivery_id", "id"),
        Index("ix_comments_enrollment_id_created_at", "enrollment_id", "created_at"),
        Index("ix_comments_parent_id", "parent_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    delivery_id: Mapped[int] = mapped_column(ForeignKey("prompt_deliveries.id"))
    enrollment_id: Mapped[int] = mapped_column(ForeignKey("enrollments.id"))
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("comments.id"))
    body: Mapped[str] = mapped_column(Text)
    body_html: Mapped[str] = mapped_column(Text)
    renderer: Mapped[int]
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    edited_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    deleted_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    hidden_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    hidden_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    hidden_reason: Mapped[str] = mapped_column(Text, default="")
    endorsed_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    endorsed_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    endorsement_reason: Mapped[str] = mapped_column(Text, default="")


class CommentSpan(Base):
    """A passage that a comment quotes."""

    __tablename__ = "comment_spans"
    __table_args__ = (
        Index("ix_comment_spans_comment_id", "comment_id"),
        Index("ix_comment_spans_span_id", "span_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    comment_id: Mapped[int] = mapped_column(ForeignKey("comments.id", ondelete="CASCADE"))
    span_id: Mapped[int] = mapped_column(ForeignKey("spans.id"))
    position: Mapped[int] = mapped_column(default=0)


class CommentRevision(Base):
    """What a comment said before an edit; for staff."""

    __tablename__ = "comment_revisions"

    id: Mapped[int] = mapped_column(primary_key=True)
    comment_id: Mapped[int] = mapped_column(ForeignKey("comments.id", ondelete="CASCADE"), index=True)
    body: Mapped[str] = mapped_column(Text)
    replaced_at: Mapped[datetime] = mapped_column(UTCDateTime)


class CommentRead(Base):
    """This person has read this comment. Kept for that person alone."""

    __tablename__ = "comment_reads"

    enrollment_id: Mapped[int] = mapped_column(ForeignKey("enrollments.id", ondelete="CASCADE"), primary_key=True)
    comment_id: Mapped[int] = mapped_column(ForeignKey("comments.id", ondelete="CASCADE"), primary_key=True)
