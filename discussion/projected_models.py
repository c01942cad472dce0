"""What staff of a class have chosen for the projector of a reading."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from core.database import Base, UTCDateTime

MOST_PROJECTED = 2
"""So many posts stand on the projector side by side."""


class ProjectedComment(Base):
    """A post in one of the places of the projector of its reading; what the whole class may not read is not shown."""

    __tablename__ = "projected_comments"
    __table_args__ = (
        UniqueConstraint("comment_id"),
        CheckConstraint(f"slot BETWEEN 1 AND {MOST_PROJECTED}", name="slot"),
    )

    assignment_id: Mapped[int] = mapped_column(ForeignKey("assignments.id", ondelete="CASCADE"), primary_key=True)
    slot: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    comment_id: Mapped[int] = mapped_column(ForeignKey("comments.id", ondelete="CASCADE"))
    chosen_at: Mapped[datetime] = mapped_column(UTCDateTime)
