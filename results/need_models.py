"""What somebody has put aside of who needs them."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
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
