"""What instructors write: questions in versions, quizzes of items, and a quiz's delivery to a class."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    CheckConstraint,
    ForeignKey,
    Index,
    String,
    Text,
    UniqueConstraint,
    false,
)
from sqlalchemy.orm import Mapped, mapped_column

from classroom.models import one_of
from core.database import Base, UTCDateTime

RELEASE_MOMENTS = ("at_once", "after_due", "after_close", "by_instructor", "never")
WHICH_COUNTS = ("highest", "average", "first", "last")
LAYOUTS = ("all", "one")
CERTAINTY_USES = ("off", "reported", "counted")


class Quiz(Base):
    """An ordered list of items on an article. Not published: only its staff can open it."""

    __tablename__ = "quizzes"

    id: Mapped[int] = mapped_column(primary_key=True)
    article_id: Mapped[int] = mapped_column(ForeignKey("articles.id"), index=True)
    owner_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    title: Mapped[str] = mapped_column(String(200))
    published_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)


class Question(Base):
    """A question through all its versions; the newest is the one with the highest number."""

    __tablename__ = "questions"

    id: Mapped[int] = mapped_column(primary_key=True)
    owner_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)


class QuestionVersion(Base):
    """The content as it stood after one edit. `content` is what its type's module reads and writes."""

    __tablename__ = "question_versions"
    __table_args__ = (UniqueConstraint("question_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    question_id: Mapped[int] = mapped_column(ForeignKey("questions.id", ondelete="CASCADE"))
    number: Mapped[int]
    type: Mapped[str] = mapped_column(String(30))
    stem: Mapped[str] = mapped_column(Text)
    stem_html: Mapped[str] = mapped_column(Text)
    content: Mapped[dict[str, Any]] = mapped_column(JSON)
    general_feedback: Mapped[str] = mapped_column(Text, default="")
    general_feedback_html: Mapped[str] = mapped_column(Text, default="")
    hint: Mapped[str] = mapped_column(Text, default="")
    created_by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)


class QuestionSpan(Base):
    """A place in the article that a question points at: what it tests (anchor) or what it accepts (evidence)."""

    __tablename__ = "question_spans"
    __table_args__ = (
        CheckConstraint(one_of("role", ("anchor", "evidence")), name="role"),
        Index("ix_question_spans_question_version_id", "question_version_id"),
        Index("ix_question_spans_span_id", "span_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    question_version_id: Mapped[int] = mapped_column(ForeignKey("question_versions.id", ondelete="CASCADE"))
    span_id: Mapped[int] = mapped_column(ForeignKey("spans.id"))
    role: Mapped[str] = mapped_column(String(10))
    position: Mapped[int] = mapped_column(default=0)


class Item(Base):
    """A question placed in a quiz, worth `points` (hundred-thousandths of a point)."""

    __tablename__ = "items"
    __table_args__ = (
        UniqueConstraint("quiz_id", "question_id"),
        CheckConstraint("points >= 0", name="points_not_negative"),
        Index("ix_items_quiz_id_position", "quiz_id", "position"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    quiz_id: Mapped[int] = mapped_column(ForeignKey("quizzes.id", ondelete="CASCADE"))
    question_id: Mapped[int] = mapped_column(ForeignKey("questions.id"), index=True)
    position: Mapped[int]
    points: Mapped[int] = mapped_column(BigInteger)


class QuizDelivery(Base):
    """A quiz given to a class with its rules. Empty limit or attempts: unlimited.

    `delay_seconds` must pass between two attempts. `second_try_percent` is the credit of a second try after
    re-reading; empty: there is none. `hides_names` is about grading by hand.
    """

    __tablename__ = "quiz_deliveries"
    __table_args__ = (
        UniqueConstraint("assignment_id", "quiz_id"),
        CheckConstraint("time_limit_seconds IS NULL OR time_limit_seconds > 0", name="limit_positive"),
        CheckConstraint("attempts_allowed IS NULL OR attempts_allowed > 0", name="attempts_positive"),
        CheckConstraint("late_credit_percent BETWEEN 0 AND 100", name="late_credit"),
        CheckConstraint(one_of("which_counts", WHICH_COUNTS), name="which_counts"),
        CheckConstraint(one_of("layout", LAYOUTS), name="layout"),
        CheckConstraint(one_of("certainty", CERTAINTY_USES), name="certainty"),
        CheckConstraint("delay_seconds >= 0", name="delay_not_negative"),
        CheckConstraint("second_try_percent BETWEEN 1 AND 100", name="second_try"),
        *(
            CheckConstraint(one_of(f"release_{what}", RELEASE_MOMENTS), name=f"release_{what}")
            for what in ("score", "correctness", "feedback", "key")
        ),
        Index("ix_quiz_deliveries_quiz_id", "quiz_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    assignment_id: Mapped[int] = mapped_column(ForeignKey("assignments.id"))
    quiz_id: Mapped[int] = mapped_column(ForeignKey("quizzes.id"))
    time_limit_seconds: Mapped[int | None]
    # No default: one would take the place of an explicit None, "any number".
    attempts_allowed: Mapped[int | None]
    which_counts: Mapped[str] = mapped_column(String(10), default="highest")
    shuffle_questions: Mapped[bool] = mapped_column(default=False)
    shuffle_options: Mapped[bool] = mapped_column(default=True)
    layout: Mapped[str] = mapped_column(String(10), default="one")
    late_credit_percent: Mapped[int] = mapped_column(default=100)
    release_score: Mapped[str] = mapped_column(String(20), default="at_once")
    release_correctness: Mapped[str] = mapped_column(String(20), default="at_once")
    release_feedback: Mapped[str] = mapped_column(String(20), default="at_once")
    release_key: Mapped[str] = mapped_column(String(20), default="after_close")
    released_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    access_code: Mapped[str] = mapped_column(String(60), default="")
    delay_seconds: Mapped[int] = mapped_column(default=0, server_default="0")
    certainty: Mapped[str] = mapped_column(String(10), default="off", server_default="off")
    second_try_percent: Mapped[int | None]
    hides_names: Mapped[bool] = mapped_column(default=False, server_default=false())
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
