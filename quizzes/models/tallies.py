"""Counts that results pages read, kept in the transaction that changes what they count.

They count every closed attempt once, under its standing (quizzes/standings.py), whoever the student is now;
reading takes people who left the class out again (quizzes/queries/tallies.py).
"""

from __future__ import annotations

from sqlalchemy import BigInteger, ForeignKey, SmallInteger, String
from sqlalchemy.orm import Mapped, mapped_column

from core.database import Base

NO_EVIDENCE = -1
"""The level of evidence of an answer to a question that asks for none."""


class AnswerTally(Base):
    """How many gave one answer to one item in one class, how many of these are graded, and the points they have.

    The key "" stands for no answer. `evidence`: how the question's evidence part came out, 0 not, 1 partly,
    2 fully, NO_EVIDENCE without such a part. `full` and `partial` count full and part marks.
    """

    __tablename__ = "answer_tallies"

    delivery_id: Mapped[int] = mapped_column(ForeignKey("quiz_deliveries.id"), primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("items.id"), primary_key=True)
    standing: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False)
    answer_key: Mapped[str] = mapped_column(String(200), primary_key=True)
    evidence: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False)
    responses: Mapped[int]
    graded: Mapped[int]
    points: Mapped[int] = mapped_column(BigInteger)
    full: Mapped[int]
    partial: Mapped[int]


class ScoreTally(Base):
    """How many attempts have these points, before late credit and second tries; `waiting`: some are to be graded."""

    __tablename__ = "score_tallies"

    delivery_id: Mapped[int] = mapped_column(ForeignKey("quiz_deliveries.id"), primary_key=True)
    standing: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False)
    points: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    max_points: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    waiting: Mapped[bool] = mapped_column(primary_key=True)
    attempts: Mapped[int]
