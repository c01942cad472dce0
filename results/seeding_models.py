"""What the discussions that were made of a class's results came from."""

from __future__ import annotations

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from core.database import Base


class SeededThread(Base):
    """A thread that takes up one item of a quiz as a class answered it; a class takes up an item once."""

    __tablename__ = "seeded_threads"
    __table_args__ = (
        UniqueConstraint("quiz_delivery_id", "item_id"),
        Index("ix_seeded_threads_item_id", "item_id"),
    )

    prompt_delivery_id: Mapped[int] = mapped_column(
        ForeignKey("prompt_deliveries.id", ondelete="CASCADE"), primary_key=True
    )
    quiz_delivery_id: Mapped[int] = mapped_column(ForeignKey("quiz_deliveries.id", ondelete="CASCADE"))
    item_id: Mapped[int] = mapped_column(ForeignKey("items.id", ondelete="CASCADE"))
