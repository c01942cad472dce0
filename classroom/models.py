"""People, the classes they are in, what students are allowed beyond others, how they sign in, what they are told."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text, true
from sqlalchemy.orm import Mapped, mapped_column

from core.database import Base, UTCDateTime

ACCOUNT_ROLES = ("student", "instructor", "administrator")
CLASS_ROLES = ("student", "assistant", "instructor", "observer")
STAFF = ("instructor", "assistant")
ENROLLMENT_STATES = ("active", "invited", "removed")
DIGESTS = (DAILY, WEEKLY, OFF) = ("daily", "weekly", "off")
LETTERS = (DIGEST, REPLIES, REMINDERS) = ("digest", "replies", "reminders")


def one_of(column: str, values: tuple[str, ...]) -> str:
    """Return the SQL condition that `column` holds one of `values`."""
    return f"{column} IN ({', '.join(repr(value) for value in values)})"


class User(Base):
    """An account. Keys are the names folded for comparing: two accounts never differ by case alone.

    `news_at`: when something was last announced to this person that is still unread; it lights the dot in the bar.
    """

    __tablename__ = "users"
    __table_args__ = (
        CheckConstraint(one_of("role", ACCOUNT_ROLES), name="role"),
        CheckConstraint("username_key IS NOT NULL OR email_key IS NOT NULL", name="can_be_named"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(120))
    username: Mapped[str | None] = mapped_column(String(80))
    username_key: Mapped[str | None] = mapped_column(String(80), unique=True)
    email: Mapped[str | None] = mapped_column(String(254))
    email_key: Mapped[str | None] = mapped_column(String(254), unique=True)
    email_confirmed_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    password_hash: Mapped[str] = mapped_column(String(255))
    must_change_password: Mapped[bool] = mapped_column(default=False)
    password_reset_notice_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    role: Mapped[str] = mapped_column(String(20), default="student")
    time_zone: Mapped[str] = mapped_column(String(60), default="UTC")
    locale: Mapped[str] = mapped_column(String(12), default="en")
    theme: Mapped[str] = mapped_column(String(8), default="system")
    single_keys: Mapped[bool] = mapped_column(default=True, server_default=true())
    news_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)


class SignIn(Base):
    """One device on which a person is signed in. The cookie holds the token, the table its hash."""

    __tablename__ = "sign_ins"

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    device: Mapped[str] = mapped_column(String(120), default="")
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)


class PasswordReset(Base):
    """A link that was mailed to set a new password once, for an hour."""

    __tablename__ = "password_resets"

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    expires_at: Mapped[datetime] = mapped_column(UTCDateTime)
    used_at: Mapped[datetime | None] = mapped_column(UTCDateTime)


class Section(Base):
    """A class as taught: one group of students for one term. Archived: read-only."""

    __tablename__ = "sections"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(120))
    term: Mapped[str] = mapped_column(String(60), default="")
    time_zone: Mapped[str] = mapped_column(String(60))
    join_code: Mapped[str] = mapped_column(String(16), unique=True)
    join_open: Mapped[bool] = mapped_column(default=True)
    archived_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)


class Enrollment(Base):
    """A person's place in a class. Removing changes the state and keeps the row, and so the work."""

    __tablename__ = "enrollments"
    __table_args__ = (
        UniqueConstraint("user_id", "section_id"),
        CheckConstraint(one_of("role", CLASS_ROLES), name="role"),
        CheckConstraint(one_of("state", ENROLLMENT_STATES), name="state"),
        Index("ix_enrollments_section_id_state_role", "section_id", "state", "role"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    section_id: Mapped[int] = mapped_column(ForeignKey("sections.id"))
    role: Mapped[str] = mapped_column(String(20))
    state: Mapped[str] = mapped_column(String(20), default="active")
    joined_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    removed_at: Mapped[datetime | None] = mapped_column(UTCDateTime)


class Accommodation(Base):
    """What one student is allowed in every quiz of one class; without a row: what everybody is.

    `time_factor_percent` stretches time limits (150: half as much again), `extra_days` are calendar days in
    the class's zone that move the due date and the close.
    """

    __tablename__ = "accommodations"
    __table_args__ = (
        CheckConstraint("time_factor_percent BETWEEN 100 AND 1000", name="time_factor"),
        CheckConstraint("extra_days BETWEEN 0 AND 365", name="extra_days"),
        CheckConstraint("extra_attempts BETWEEN 0 AND 100", name="extra_attempts"),
    )

    enrollment_id: Mapped[int] = mapped_column(ForeignKey("enrollments.id", ondelete="CASCADE"), primary_key=True)
    time_factor_percent: Mapped[int] = mapped_column(default=100)
    extra_days: Mapped[int] = mapped_column(default=0)
    extra_attempts: Mapped[int] = mapped_column(default=0)
    hides_timer: Mapped[bool] = mapped_column(default=False)
    updated_by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    updated_at: Mapped[datetime] = mapped_column(UTCDateTime)


class Mute(Base):
    """A student of a class who may read but not write for others there, until staff take this row away, and why."""

    __tablename__ = "mutes"

    enrollment_id: Mapped[int] = mapped_column(ForeignKey("enrollments.id", ondelete="CASCADE"), primary_key=True)
    reason: Mapped[str] = mapped_column(String(500))
    muted_by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    muted_at: Mapped[datetime] = mapped_column(UTCDateTime)


class Label(Base):
    """A tag on students of one class, to filter by; `name_key` is the name folded for comparing."""

    __tablename__ = "labels"
    __table_args__ = (UniqueConstraint("section_id", "name_key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    section_id: Mapped[int] = mapped_column(ForeignKey("sections.id"))
    name: Mapped[str] = mapped_column(String(60))
    name_key: Mapped[str] = mapped_column(String(60))


class LabelledEnrollment(Base):
    """One student who has one label."""

    __tablename__ = "labelled_enrollments"
    __table_args__ = (Index("ix_labelled_enrollments_enrollment_id", "enrollment_id"),)

    label_id: Mapped[int] = mapped_column(ForeignKey("labels.id", ondelete="CASCADE"), primary_key=True)
    enrollment_id: Mapped[int] = mapped_column(ForeignKey("enrollments.id", ondelete="CASCADE"), primary_key=True)


class Notification(Base):
    """Something one person is told, as plain ids: whoever knows the `kind` has the words, if they may be said.

    It is *announced* once its words may be said to the person; until then the worker looks again at `look_at`.
    """

    __tablename__ = "notifications"
    __table_args__ = (
        UniqueConstraint("user_id", "kind", "object_id"),
        Index("ix_notifications_user_id_created_at", "user_id", "created_at"),
        Index(
            "ix_notifications_look_at",
            "look_at",
            sqlite_where=text("look_at IS NOT NULL"),
            postgresql_where=text("look_at IS NOT NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    section_id: Mapped[int] = mapped_column(ForeignKey("sections.id", ondelete="CASCADE"))
    kind: Mapped[str] = mapped_column(String(20))
    object_id: Mapped[int]
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    look_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    announced_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    read_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    mailed_at: Mapped[datetime | None] = mapped_column(UTCDateTime)


class MailPreference(Base):
    """What mail a person wants; without a row: the defaults. `digest` is one of DIGESTS."""

    __tablename__ = "mail_preferences"
    __table_args__ = (CheckConstraint(one_of("digest", DIGESTS), name="digest"),)

    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), primary_key=True)
    digest: Mapped[str] = mapped_column(String(10), default=DAILY)
    replies: Mapped[bool] = mapped_column(default=False)
    reminders: Mapped[bool] = mapped_column(default=True)


class Letter(Base):
    """A mail that is planned because there is news for it: one of a kind for each person.

    Whoever takes the row away sends it; what cannot be sent is planned again, `tries` times at most.
    """

    __tablename__ = "letters"
    __table_args__ = (CheckConstraint(one_of("kind", LETTERS), name="kind"), Index("ix_letters_due_at", "due_at"))

    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), primary_key=True)
    kind: Mapped[str] = mapped_column(String(10), primary_key=True)
    due_at: Mapped[datetime] = mapped_column(UTCDateTime)
    tries: Mapped[int] = mapped_column(default=0)
