"""What a prompt asks of each student of a class, and what staff have decided about single boxes."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from classroom.models import one_of
from core.database import Base, UTCDateTime
from core.points import MOST_POINTS

REQUIREMENT_KINDS = (POST, CITED, REPLY) = ("post", "cited", "reply")
"""A post of one's own, one that cites a sentence, a reply to a classmate who has had none yet."""
MOST_BOXES = 20


class ParticipationRequirement(Base):
    """`count` posts of one kind that a delivery asks for until `due_at`; `points` for all of them."""

    __tablename__ = "participation_requirements"
    __table_args__ = (
        CheckConstraint(one_of("kind", REQUIREMENT_KINDS), name="kind"),
        CheckConstraint(f"count BETWEEN 1 AND {MOST_BOXES}", name="count"),
        CheckConstraint(f"points BETWEEN 0 AND {MOST_POINTS}", name="points"),
        UniqueConstraint("id", "delivery_id"),  # what a decision is held against
        Index("ix_participation_requirements_delivery_id", "delivery_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    delivery_id: Mapped[int] = mapped_column(ForeignKey("prompt_deliveries.id", ondelete="CASCADE"))
    position: Mapped[int] = mapped_column(default=0)
    kind: Mapped[str] = mapped_column(String(10))
    count: Mapped[int]
    due_at: Mapped[datetime] = mapped_column(UTCDateTime)
    points: Mapped[int] = mapped_column(default=0)


class ParticipationRuling(Base):
    """What staff decided about a student: one box is granted (`box`, from 1), or a post ticks none (`comment_id`).

    The requirement and the post are of the same thread, and the post is the student's.
    """

    __tablename__ = "participation_rulings"
    __table_args__ = (
        ForeignKeyConstraint(
            ["requirement_id", "delivery_id"],
            ["participation_requirements.id", "participation_requirements.delivery_id"],
            ondelete="CASCADE",
        ),
        ForeignKeyConstraint(
            ["comment_id", "delivery_id", "enrollment_id"],
            ["comments.id", "comments.delivery_id", "comments.enrollment_id"],
            ondelete="CASCADE",
        ),
        UniqueConstraint("requirement_id", "enrollment_id", "box"),
        UniqueConstraint("requirement_id", "comment_id"),
        CheckConstraint("(box IS NULL) <> (comment_id IS NULL)", name="grants_or_voids"),
        CheckConstraint(f"box BETWEEN 1 AND {MOST_BOXES}", name="box"),
        CheckConstraint("note <> ''", name="says_why"),
        Index("ix_participation_rulings_enrollment_id", "enrollment_id"),
        Index("ix_participation_rulings_comment_id", "comment_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    requirement_id: Mapped[int]
    delivery_id: Mapped[int]
    enrollment_id: Mapped[int] = mapped_column(ForeignKey("enrollments.id"))
    box: Mapped[int | None]
    comment_id: Mapped[int | None]
    note: Mapped[str] = mapped_column(Text)
    ruled_by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    ruled_at: Mapped[datetime] = mapped_column(UTCDateTime)
