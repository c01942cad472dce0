"""Prompts, their delivery to a class, and the comments on them."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    String,
    Text,
    UniqueConstraint,
    false,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from classroom.models import one_of
from core.database import Base, UTCDateTime

VISIBILITIES = (CLASS, STAFF_ONLY, SELF) = ("class", "staff", "self")
"""Who sees a note of the margin: the class, its staff and the author, or the author alone."""
KINDS = (COMMENT, QUESTION) = ("comment", "question")
REACTIONS = (AGREE, EVIDENCE, MORE) = ("agree", "evidence", "more")
ANONYMITIES = (FORBIDDEN, ALLOWED, FORCED) = ("forbidden", "allowed", "forced")
"""Whether students post anonymously to their classmates in a thread: never, as they choose, always."""
FLAG_KINDS = (RUDE, PRIVATE, OFF_TOPIC, OTHER) = ("rude", "private", "off_topic", "other")
_IS_NOTE = text("delivery_id IS NULL")
_IS_OPEN = text("settled_at IS NULL")
_WAITS = text("waits")
_WAITS_IN_SQLITE = text("waits = 1")  # as statements say it there; other words for it find no index
_IS_HIDDEN = text("hidden_at IS NOT NULL")
_IS_OF_GROUP = text("group_id IS NOT NULL")


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
    """A passage that a prompt is about, or one that its words lead to: then `mark` is the number of the mark there."""

    __tablename__ = "prompt_spans"
    __table_args__ = (
        Index("ix_prompt_spans_prompt_id_mark", "prompt_id", "mark", unique=True),
        Index("ix_prompt_spans_span_id", "span_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    prompt_id: Mapped[int] = mapped_column(ForeignKey("prompts.id", ondelete="CASCADE"))
    span_id: Mapped[int] = mapped_column(ForeignKey("spans.id"))
    position: Mapped[int] = mapped_column(default=0)
    mark: Mapped[int | None]


class PromptDelivery(Base):
    """A prompt given to a class with its rules. The class's thread belongs to this row.

    Others' comments do not exist for a student until that student has `posts_before_seeing` own ones,
    or `gate_opens_at` is past, or staff have opened the gate.
    """

    __tablename__ = "prompt_deliveries"
    __table_args__ = (
        UniqueConstraint("assignment_id", "prompt_id"),
        UniqueConstraint("id", "assignment_id"),  # what a comment's thread and reading are held against
        CheckConstraint("posts_before_seeing >= 0", name="gate_not_negative"),
        CheckConstraint(one_of("anonymity", ANONYMITIES), name="anonymity"),
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
    anonymity: Mapped[str] = mapped_column(String(9), default=FORBIDDEN, server_default=FORBIDDEN)
    approves_first: Mapped[bool] = mapped_column(default=False, server_default=false())
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)


class Comment(Base):
    """What somebody wrote in the class's discussion of a reading: `body` as typed, `body_html` as rendered when saved.

    It stands in one of three places: in a prompt's thread (`delivery_id`), in the margin beside a passage
    (`span_id`: a note), or below a note (`root_id`, with the note's visibility). The reading is named in each.
    `waits`: for staff to approve it; until then it exists for its author and for staff alone.
    `alias`: a post anonymous to classmates, and its author's number among those who posted so in this thread.
    `group_id`: the group of a split thread for which it was written; None: for everybody in the thread.
    """

    __tablename__ = "comments"
    __table_args__ = (
        ForeignKeyConstraint(
            ["delivery_id", "assignment_id"], ["prompt_deliveries.id", "prompt_deliveries.assignment_id"]
        ),
        ForeignKeyConstraint(
            ["root_id", "assignment_id", "visibility"],
            ["comments.id", "comments.assignment_id", "comments.visibility"],
            onupdate="CASCADE",
        ),
        ForeignKeyConstraint(["group_id", "delivery_id"], ["thread_groups.id", "thread_groups.delivery_id"]),
        UniqueConstraint("id", "assignment_id", "visibility"),
        UniqueConstraint("id", "delivery_id", "enrollment_id"),  # what a decision about its boxes is held against
        CheckConstraint(
            "(delivery_id IS NOT NULL AND span_id IS NULL AND root_id IS NULL)"
            " OR (delivery_id IS NULL AND (span_id IS NULL) <> (root_id IS NULL))",
            name="place",
        ),
        CheckConstraint(one_of("visibility", VISIBILITIES), name="visibility"),
        CheckConstraint(f"delivery_id IS NULL OR visibility = '{CLASS}'", name="threads_are_the_class_s"),
        CheckConstraint(one_of("kind", KINDS), name="kind"),
        CheckConstraint("alias IS NULL OR delivery_id IS NOT NULL", name="alias"),
        CheckConstraint("group_id IS NULL OR delivery_id IS NOT NULL", name="group"),
        Index("ix_comments_delivery_id_id", "delivery_id", "id"),
        Index("ix_comments_enrollment_id_created_at", "enrollment_id", "created_at"),
        Index("ix_comments_parent_id", "parent_id"),
        Index("ix_comments_waiting", "assignment_id", "id", sqlite_where=_WAITS_IN_SQLITE, postgresql_where=_WAITS),
        Index("ix_comments_hidden", "assignment_id", "id", sqlite_where=_IS_HIDDEN, postgresql_where=_IS_HIDDEN),
        Index("ix_comments_group_id", "group_id", sqlite_where=_IS_OF_GROUP, postgresql_where=_IS_OF_GROUP),
        Index("ix_comments_notes", "assignment_id", "id", sqlite_where=_IS_NOTE, postgresql_where=_IS_NOTE),
        Index("ix_comments_span_id", "span_id", sqlite_where=_IS_NOTE, postgresql_where=_IS_NOTE),
        Index("ix_comments_root_id", "root_id", sqlite_where=_IS_NOTE, postgresql_where=_IS_NOTE),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    assignment_id: Mapped[int] = mapped_column(ForeignKey("assignments.id"))
    delivery_id: Mapped[int | None]
    span_id: Mapped[int | None] = mapped_column(ForeignKey("spans.id"))
    root_id: Mapped[int | None]
    enrollment_id: Mapped[int] = mapped_column(ForeignKey("enrollments.id"))
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("comments.id"))
    visibility: Mapped[str] = mapped_column(String(5), default=CLASS)
    kind: Mapped[str] = mapped_column(String(10), default=COMMENT)
    alias: Mapped[int | None]
    waits: Mapped[bool] = mapped_column(default=False, server_default=false())
    group_id: Mapped[int | None]
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
    pinned_at: Mapped[datetime | None] = mapped_column(UTCDateTime)


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


class CommentMention(Base):
    """Somebody of the class whom a comment names."""

    __tablename__ = "comment_mentions"
    __table_args__ = (Index("ix_comment_mentions_enrollment_id", "enrollment_id"),)

    comment_id: Mapped[int] = mapped_column(ForeignKey("comments.id", ondelete="CASCADE"), primary_key=True)
    enrollment_id: Mapped[int] = mapped_column(ForeignKey("enrollments.id", ondelete="CASCADE"), primary_key=True)


class CommentRevision(Base):
    """What a comment said before an edit, for staff; `cites`: whether it pointed at a passage then."""

    __tablename__ = "comment_revisions"

    id: Mapped[int] = mapped_column(primary_key=True)
    comment_id: Mapped[int] = mapped_column(ForeignKey("comments.id", ondelete="CASCADE"), index=True)
    body: Mapped[str] = mapped_column(Text)
    cites: Mapped[bool] = mapped_column(default=False, server_default=false())
    replaced_at: Mapped[datetime] = mapped_column(UTCDateTime)


class CommentRead(Base):
    """This person has read this comment. Kept for that person alone."""

    __tablename__ = "comment_reads"

    enrollment_id: Mapped[int] = mapped_column(ForeignKey("enrollments.id", ondelete="CASCADE"), primary_key=True)
    comment_id: Mapped[int] = mapped_column(ForeignKey("comments.id", ondelete="CASCADE"), primary_key=True)


class CommentReaction(Base):
    """One person's reaction to one comment, once of each kind."""

    __tablename__ = "comment_reactions"
    __table_args__ = (
        CheckConstraint(one_of("kind", REACTIONS), name="kind"),
        Index("ix_comment_reactions_enrollment_id", "enrollment_id"),
    )

    comment_id: Mapped[int] = mapped_column(ForeignKey("comments.id", ondelete="CASCADE"), primary_key=True)
    kind: Mapped[str] = mapped_column(String(10), primary_key=True)
    enrollment_id: Mapped[int] = mapped_column(ForeignKey("enrollments.id", ondelete="CASCADE"), primary_key=True)
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)


class CommentFlag(Base):
    """One person's word to staff that a comment needs a look, for nobody else's eyes.

    `settled_at`: staff have looked at the comment and hidden it, or let it stand.
    """

    __tablename__ = "comment_flags"
    __table_args__ = (
        CheckConstraint(one_of("kind", FLAG_KINDS), name="kind"),
        Index("ix_comment_flags_enrollment_id", "enrollment_id"),
        Index("ix_comment_flags_open", "comment_id", sqlite_where=_IS_OPEN, postgresql_where=_IS_OPEN),
    )

    comment_id: Mapped[int] = mapped_column(ForeignKey("comments.id", ondelete="CASCADE"), primary_key=True)
    enrollment_id: Mapped[int] = mapped_column(ForeignKey("enrollments.id", ondelete="CASCADE"), primary_key=True)
    kind: Mapped[str] = mapped_column(String(10))
    words: Mapped[str] = mapped_column(String(300), default="")
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    settled_at: Mapped[datetime | None] = mapped_column(UTCDateTime)


class ConfusionMark(Base):
    """ "I am confused here": one person's mark on one sentence. Its author and staff see it, staff as a number."""

    __tablename__ = "confusion_marks"
    __table_args__ = (Index("ix_confusion_marks_assignment_id_sentence_id", "assignment_id", "sentence_id"),)

    enrollment_id: Mapped[int] = mapped_column(ForeignKey("enrollments.id", ondelete="CASCADE"), primary_key=True)
    assignment_id: Mapped[int] = mapped_column(ForeignKey("assignments.id"), primary_key=True)
    sentence_id: Mapped[int] = mapped_column(ForeignKey("sentences.id"), primary_key=True)
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
