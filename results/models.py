"""What the gradebook keeps of its own: how columns are weighed, what staff decided, and whether totals are shown."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from classroom.models import one_of
from core.database import Base, UTCDateTime
from core.points import MOST_POINTS
from results.grade_cells import DECISIONS
from results.gradebook import ALL

MOST_DROPPED = 20
ONE_DELIVERY = "(quiz_delivery_id IS NULL) <> (prompt_delivery_id IS NULL)"


class Gradebook(Base):
    """The gradebook of a class. `revision` keeps two teachers from overwriting how it is weighed.

    `totals_released_at`: since when students see their own totals; none while it is empty.
    """

    __tablename__ = "gradebooks"

    section_id: Mapped[int] = mapped_column(ForeignKey("sections.id", ondelete="CASCADE"), primary_key=True)
    revision: Mapped[int] = mapped_column(default=1)
    totals_released_at: Mapped[datetime | None] = mapped_column(UTCDateTime)


class GradeCategory(Base):
    """Columns that count together: `weight` in hundred-thousandths of a per cent, and how many of the lowest not."""

    __tablename__ = "grade_categories"
    __table_args__ = (
        CheckConstraint(f"weight BETWEEN 0 AND {ALL}", name="weight"),
        CheckConstraint(f"drop_lowest BETWEEN 0 AND {MOST_DROPPED}", name="drop_lowest"),
        Index("ix_grade_categories_section_id", "section_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    section_id: Mapped[int] = mapped_column(ForeignKey("gradebooks.section_id", ondelete="CASCADE"))
    position: Mapped[int]
    name: Mapped[str] = mapped_column(String(60))
    weight: Mapped[int] = mapped_column(BigInteger)
    drop_lowest: Mapped[int] = mapped_column(default=0)


class GradeColumn(Base):
    """The category of a quiz or a discussion of a class. Without a row it counts in the rest."""

    __tablename__ = "grade_columns"
    __table_args__ = (
        CheckConstraint(ONE_DELIVERY, name="one_delivery"),
        Index("ix_grade_columns_category_id", "category_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    category_id: Mapped[int] = mapped_column(ForeignKey("grade_categories.id", ondelete="CASCADE"))
    quiz_delivery_id: Mapped[int | None] = mapped_column(
        ForeignKey("quiz_deliveries.id", ondelete="CASCADE"), unique=True
    )
    prompt_delivery_id: Mapped[int | None] = mapped_column(
        ForeignKey("prompt_deliveries.id", ondelete="CASCADE"), unique=True
    )


class GradeDecision(Base):
    """One decision of staff about one cell, kept for ever: who, when, before, after, why (points; empty: none).

    The one with the highest `number` holds. Two who decide at the same moment take the same number, and one is refused.
    """

    __tablename__ = "grade_decisions"
    __table_args__ = (
        CheckConstraint(ONE_DELIVERY, name="one_delivery"),
        CheckConstraint(one_of("kind", DECISIONS), name="kind"),
        CheckConstraint(f"after IS NULL OR after BETWEEN 0 AND {2 * MOST_POINTS}", name="after"),
        CheckConstraint("kind <> 'override' OR after IS NOT NULL", name="override_has_points"),
        CheckConstraint("why <> ''", name="says_why"),
        UniqueConstraint("enrollment_id", "quiz_delivery_id", "number"),
        UniqueConstraint("enrollment_id", "prompt_delivery_id", "number"),
        Index("ix_grade_decisions_quiz_delivery_id", "quiz_delivery_id"),
        Index("ix_grade_decisions_prompt_delivery_id", "prompt_delivery_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    enrollment_id: Mapped[int] = mapped_column(ForeignKey("enrollments.id"))
    quiz_delivery_id: Mapped[int | None] = mapped_column(ForeignKey("quiz_deliveries.id", ondelete="CASCADE"))
    prompt_delivery_id: Mapped[int | None] = mapped_column(ForeignKey("prompt_deliveries.id", ondelete="CASCADE"))
    number: Mapped[int]
    kind: Mapped[str] = mapped_column(String(10))
    before: Mapped[int | None] = mapped_column(BigInteger)
    after: Mapped[int | None] = mapped_column(BigInteger)
    why: Mapped[str] = mapped_column(Text)
    by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    at: Mapped[datetime] = mapped_column(UTCDateTime)
