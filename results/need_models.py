"""What somebody has put aside of who needs them, and what staff wrote to single students."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from classroom.models import one_of
from core.database import Base, UTCDateTime
from results.needs import KINDS, LONGEST_FACTS


class DismissedNeed(Base):
    """A row of the queue that one person has put aside, as plain ids, until its facts are others than `facts`.

    `object_id` is what the kind is about (a delivery, an attempt, a post); `student_id` a place in the class, or 0.
    """

    __tablename__ = "dismissed_needs"
    __table_args__ = (
        CheckConstraint(one_of("kind", KINDS), name="kind"),
        UniqueConstraint("user_id", "kind", "object_id", "student_id"),
        Index("ix_dismissed_needs_section_id", "section_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    section_id: Mapped[int] = mapped_column(ForeignKey("sections.id", ondelete="CASCADE"))
    kind: Mapped[str] = mapped_column(String(12))
    object_id: Mapped[int]
    student_id: Mapped[int]
    facts: Mapped[str] = mapped_column(String(LONGEST_FACTS))
    dismissed_at: Mapped[datetime] = mapped_column(UTCDateTime)


class StaffMessage(Base):
    """A few words of staff to one student of their class, kept for ever; `assignment_id`: what they are about."""

    __tablename__ = "staff_messages"
    __table_args__ = (
        CheckConstraint("body <> ''", name="says_something"),
        Index("ix_staff_messages_enrollment_id", "enrollment_id"),
        Index("ix_staff_messages_assignment_id", "assignment_id"),
        Index("ix_staff_messages_by_id_sent_at", "by_id", "sent_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    enrollment_id: Mapped[int] = mapped_column(ForeignKey("enrollments.id", ondelete="CASCADE"))
    assignment_id: Mapped[int | None] = mapped_column(ForeignKey("assignments.id", ondelete="SET NULL"))
    by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    body: Mapped[str] = mapped_column(Text)
    sent_at: Mapped[datetime] = mapped_column(UTCDateTime)
