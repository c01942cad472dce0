"""Counts that results pages read, kept in the transaction that changes what they count.

They count each student's first attempt once it is closed, whoever the student is now;
reading takes people who left the class out again (quizzes/queries/tallies.py).
"""

from __future__ import annotations

from sqlalchemy import BigInteger, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from core.database import Base


class ItemTally(Base):
    """One item in one class: how many answered, how many are graded, and the points they have."""

    __tablename__ = "item_tallies"

    delivery_id: Mapped[int] = mapped_column(ForeignKey("quiz_deliveries.id"), primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("items.id"), primary_key=True)
    responses: Mapped[int]
    graded: Mapped[int]
    points: Mapped[int] = mapped_column(BigInteger)
    full: Mapped[int]
    partial: Mapped[int]


class AnswerTally(Base):
    """How many gave one answer to one item; the key "" stands for no answer."""

    __tablename__ = "answer_tallies"

    delivery_id: Mapped[int] = mapped_column(ForeignKey("quiz_deliveries.id"), primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("items.id"), primary_key=True)
    answer_key: Mapped[str] = mapped_column(String(200), primary_key=True)
    responses: Mapped[int]


class ScoreTally(Base):
    """How many first attempts have these points before late credit; `waiting`: answers are still to be graded."""

    __tablename__ = "score_tallies"

    delivery_id: Mapped[int] = mapped_column(ForeignKey("quiz_deliveries.id"), primary_key=True)
    points: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    waiting: Mapped[bool] = mapped_column(primary_key=True)
    attempts: Mapped[int]
