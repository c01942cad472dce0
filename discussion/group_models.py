"""Small groups: a thread that is split, and which student of the class is in which part."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from core.database import Base

MOST_GROUPS = 100


class ThreadGroup(Base):
    """A part of a split thread, by its number from 1. `seed`: what the students were shuffled by, if they were."""

    __tablename__ = "thread_groups"
    __table_args__ = (
        UniqueConstraint("delivery_id", "number"),
        UniqueConstraint("id", "delivery_id"),  # what a member's thread is held against
        CheckConstraint(f"number BETWEEN 1 AND {MOST_GROUPS}", name="number"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    delivery_id: Mapped[int] = mapped_column(ForeignKey("prompt_deliveries.id", ondelete="CASCADE"))
    number: Mapped[int]
    seed: Mapped[int | None]


class ThreadGroupMember(Base):
    """The one group of a split thread in which a student reads and writes."""

    __tablename__ = "thread_group_members"
    __table_args__ = (
        ForeignKeyConstraint(
            ["group_id", "delivery_id"], ["thread_groups.id", "thread_groups.delivery_id"], ondelete="CASCADE"
        ),
        Index("ix_thread_group_members_group_id", "group_id"),
        Index("ix_thread_group_members_enrollment_id", "enrollment_id"),
    )

    delivery_id: Mapped[int] = mapped_column(primary_key=True)
    enrollment_id: Mapped[int] = mapped_column(ForeignKey("enrollments.id", ondelete="CASCADE"), primary_key=True)
    group_id: Mapped[int]
