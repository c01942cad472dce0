"""An instructor's questions as a collection: tags on them, and with whom they are shared."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from core.database import Base, UTCDateTime


class QuestionTag(Base):
    """One tag of one question; `tag_key` is the tag folded for comparing."""

    __tablename__ = "question_tags"
    __table_args__ = (Index("ix_question_tags_tag_key", "tag_key"),)

    question_id: Mapped[int] = mapped_column(ForeignKey("questions.id", ondelete="CASCADE"), primary_key=True)
    tag_key: Mapped[str] = mapped_column(String(60), primary_key=True)
    tag: Mapped[str] = mapped_column(String(60))


class BankShare(Base):
    """A co-instructor who asked to use somebody's questions; granted or not yet."""

    __tablename__ = "bank_shares"
    __table_args__ = (Index("ix_bank_shares_user_id", "user_id"),)

    owner_id: Mapped[int] = mapped_column(ForeignKey("users.id"), primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), primary_key=True)
    requested_at: Mapped[datetime] = mapped_column(UTCDateTime)
    granted_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
