"""What students do: an attempt, the answers in it, and every change of a score."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    CheckConstraint,
    ForeignKey,
    Index,
    SmallInteger,
    String,
    Text,
    UniqueConstraint,
    false,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from classroom.models import one_of
from core.database import Base, UTCDateTime

REGRADE_POLICIES = ("nobody_loses", "new_key", "full_credit", "drop")
ENDINGS = ("student", "time_limit", "close", "dates")


_WAITS = text("ungraded > 0")


class Attempt(Base):
    """One student's go at a quiz in one class.

    `layout` is what it showed, in order: [{"item": id, "version": id, "points": maximum, "options": [keys]}].
    `points` is the sum of its responses' points, kept in the transaction that changes one, before late credit.
    `ungraded` counts the answers that wait for a person. `limit_ends_at` is the start plus the time limit;
    the close of the assignment may end it earlier, and an attempt past its end counts as handed in.
    `standing` says whether a closed attempt is its student's first, last and best (quizzes/standings.py).
    `ended_by` is one of ENDINGS once it is closed (quizzes/endings.py).
    """

    __tablename__ = "attempts"
    __table_args__ = (
        CheckConstraint(one_of("ended_by", ENDINGS), name="ended_by"),
        UniqueConstraint("delivery_id", "enrollment_id", "number"),
        Index(
            "uq_attempts_in_progress",
            "delivery_id",
            "enrollment_id",
            unique=True,
            sqlite_where=text("submitted_at IS NULL"),
            postgresql_where=text("submitted_at IS NULL"),
        ),
        Index("ix_attempts_enrollment_id", "enrollment_id"),
        Index("ix_attempts_delivery_id_submitted_at", "delivery_id", "submitted_at"),
        Index("ix_attempts_ungraded", "delivery_id", sqlite_where=_WAITS, postgresql_where=_WAITS),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    delivery_id: Mapped[int] = mapped_column(ForeignKey("quiz_deliveries.id"))
    enrollment_id: Mapped[int] = mapped_column(ForeignKey("enrollments.id"))
    number: Mapped[int]
    article_version_id: Mapped[int] = mapped_column(ForeignKey("article_versions.id"))
    layout: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    started_at: Mapped[datetime] = mapped_column(UTCDateTime)
    limit_ends_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    submitted_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    receipt_code: Mapped[str] = mapped_column(String(20), unique=True)
    points: Mapped[int] = mapped_column(BigInteger, default=0)
    max_points: Mapped[int] = mapped_column(BigInteger)
    ungraded: Mapped[int] = mapped_column(default=0)
    standing: Mapped[int] = mapped_column(SmallInteger, server_default="0")
    ended_by: Mapped[str | None] = mapped_column(String(10))


class Response(Base):
    """The attempt's answer to one item; a row for each item from the start, so that saving is an UPDATE.

    `answer` is empty while nothing is answered. `answer_key` is its short canonical form, for counting.
    `fraction` is in units of 1e-10 and, like `points` (hundred-thousandths), empty while a person must grade it;
    an item left out has 0. `revision` and `writer` keep two tabs from overwriting each other.
    Of a choice question with an evidence part, `evidence_key` and `evidence_fraction` are that part's; `answer_key`
    is the choice alone and `fraction` the whole. `certainty` is 1 to 3. A regrade that drops the item sets `dropped`:
    it then counts neither in the attempt's points nor in its maximum. `rubric` holds the levels a grader chose.
    `regrade_id` is the newest decision in force about how this answer is scored: saves are graded by it.
    """

    __tablename__ = "responses"
    __table_args__ = (
        UniqueConstraint("attempt_id", "item_id"),
        Index("ix_responses_delivery_id_item_id", "delivery_id", "item_id", "attempt_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    attempt_id: Mapped[int] = mapped_column(ForeignKey("attempts.id", ondelete="CASCADE"))
    item_id: Mapped[int] = mapped_column(ForeignKey("items.id"))
    delivery_id: Mapped[int] = mapped_column(ForeignKey("quiz_deliveries.id"))
    question_version_id: Mapped[int] = mapped_column(ForeignKey("question_versions.id"))
    answer: Mapped[Any | None] = mapped_column(JSON(none_as_null=True))
    answer_key: Mapped[str | None] = mapped_column(String(200))
    fraction: Mapped[int | None] = mapped_column(BigInteger, default=0)
    points: Mapped[int | None] = mapped_column(BigInteger, default=0)
    flagged: Mapped[bool] = mapped_column(default=False)
    revision: Mapped[int] = mapped_column(default=0)
    writer: Mapped[str] = mapped_column(String(40), default="")
    saved_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    graded_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    graded_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    grader_comment: Mapped[str] = mapped_column(Text, default="")
    certainty: Mapped[int | None]
    evidence_key: Mapped[str | None] = mapped_column(String(200))
    evidence_fraction: Mapped[int | None] = mapped_column(BigInteger)
    dropped: Mapped[bool] = mapped_column(server_default=false())
    rubric: Mapped[Any | None] = mapped_column(JSON(none_as_null=True))
    regrade_id: Mapped[int | None] = mapped_column(ForeignKey("regrades.id"))


class SecondTry(Base):
    """The answer given after re-reading to a question answered wrong; its points have the reduced credit in them.

    The attempt counts the better of the two; figures about the class are about the first. `percent` is the credit
    that was promised when it was given. Decisions about scoring are about both tries.
    """

    __tablename__ = "second_tries"

    response_id: Mapped[int] = mapped_column(ForeignKey("responses.id", ondelete="CASCADE"), primary_key=True)
    answer: Mapped[Any] = mapped_column(JSON)
    answer_key: Mapped[str] = mapped_column(String(200))
    fraction: Mapped[int] = mapped_column(BigInteger)
    points: Mapped[int] = mapped_column(BigInteger)
    percent: Mapped[int]
    at: Mapped[datetime] = mapped_column(UTCDateTime)


class GradeDraft(Base):
    """A grade by hand that the student does not see yet. `revision` keeps two graders from overwriting each other.

    `why` is the reason for changing a grade that was released before; it goes into the record of the change.
    """

    __tablename__ = "grade_drafts"

    response_id: Mapped[int] = mapped_column(ForeignKey("responses.id", ondelete="CASCADE"), primary_key=True)
    points: Mapped[int] = mapped_column(BigInteger)
    comment: Mapped[str] = mapped_column(Text, default="")
    why: Mapped[str] = mapped_column(Text, default="", server_default="")
    rubric: Mapped[Any | None] = mapped_column(JSON(none_as_null=True))
    revision: Mapped[int] = mapped_column(default=1)
    by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    at: Mapped[datetime] = mapped_column(UTCDateTime)


class Regrade(Base):
    """One decision about one item in one class, and whether it was taken back. `why` is told to the students.

    Those that are not undone hold in their order, also for what attempts still in progress save. One reaches
    the answers to `question_version_id` and older versions; for nobody_loses and new_key that version is the key.
    """

    __tablename__ = "regrades"
    __table_args__ = (
        CheckConstraint(one_of("policy", REGRADE_POLICIES), name="policy"),
        Index("ix_regrades_delivery_id_item_id", "delivery_id", "item_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    delivery_id: Mapped[int] = mapped_column(ForeignKey("quiz_deliveries.id"))
    item_id: Mapped[int] = mapped_column(ForeignKey("items.id"))
    policy: Mapped[str] = mapped_column(String(20))
    question_version_id: Mapped[int] = mapped_column(ForeignKey("question_versions.id"))
    why: Mapped[str] = mapped_column(Text)
    by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    at: Mapped[datetime] = mapped_column(UTCDateTime)
    undone_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    undone_at: Mapped[datetime | None] = mapped_column(UTCDateTime)


class ScoreChange(Base):
    """One change of one score, kept for ever: who, when, before, after, why (points and fraction units).

    `before` and `after` are of the first try; of a second try, where there is one, `second_before` and
    `second_after`. What the question counts is the better of the two.
    """

    __tablename__ = "score_changes"

    id: Mapped[int] = mapped_column(primary_key=True)
    response_id: Mapped[int] = mapped_column(ForeignKey("responses.id", ondelete="CASCADE"), index=True)
    by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    at: Mapped[datetime] = mapped_column(UTCDateTime)
    before: Mapped[int | None] = mapped_column(BigInteger)
    after: Mapped[int | None] = mapped_column(BigInteger)
    before_fraction: Mapped[int | None] = mapped_column(BigInteger)
    after_fraction: Mapped[int | None] = mapped_column(BigInteger)
    second_before: Mapped[int | None] = mapped_column(BigInteger)
    second_after: Mapped[int | None] = mapped_column(BigInteger)
    second_before_fraction: Mapped[int | None] = mapped_column(BigInteger)
    second_after_fraction: Mapped[int | None] = mapped_column(BigInteger)
    why: Mapped[str] = mapped_column(Text, default="")
    regrade_id: Mapped[int | None] = mapped_column(ForeignKey("regrades.id"), index=True)
