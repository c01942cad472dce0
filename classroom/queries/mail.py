"""Who gets what mail, and which letters are due."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import func, select, true

from classroom.mail_times import Preferences
from classroom.models import Letter, MailPreference, Notification, User
from classroom.notifications import Told
from classroom.queries.notifications import list_told_where
from core.database import AnySelect, db, read_connection
from core.web import not_found

FRESH_FOR = timedelta(days=8)
"""How long what was announced may come with a letter: a week, and a day for those that were late."""


@dataclass(frozen=True)
class Postbox:
    """Where a person gets mail: `email` only if it is known to be theirs, and what they want there."""

    user_id: int
    name: str
    email: str | None
    time_zone: str
    locale: str
    wanted: Preferences


@dataclass(frozen=True)
class DueLetter:
    """A planned letter whose moment has come, and whom it is for."""

    kind: str
    due_at: datetime
    tries: int
    to: Postbox


_DEFAULTS = Preferences()


@cache
def _postboxes() -> AnySelect:
    """In the order of Postbox's fields, preferences last."""
    wanted = (MailPreference.digest, MailPreference.replies, MailPreference.reminders)
    return select(
        User.id,
        User.name,
        User.email,
        User.email_confirmed_at.is_not(None),
        User.time_zone,
        User.locale,
        *(func.coalesce(column, getattr(_DEFAULTS, column.key)) for column in wanted),
    ).outerjoin(MailPreference, MailPreference.user_id == User.id)


def _postbox(row: Any) -> Postbox:
    user_id, name, email, is_confirmed, time_zone, locale, *wanted = row
    return Postbox(user_id, name, email if is_confirmed else None, time_zone, locale, Preferences(*wanted))


def find_postbox(user_id: int) -> Postbox | None:
    """Return where a person gets mail and what they want; None if there is no such account."""
    row = db.session.execute(_postboxes().where(User.id == user_id)).one_or_none()
    return _postbox(row) if row else None


def get_postbox(user_id: int) -> Postbox:
    """Return where the person who asks gets mail and what they want."""
    return find_postbox(user_id) or not_found()


def list_due_letters(now: datetime, most: int) -> list[DueLetter]:
    """Return letters whose moment has come, the longest due first."""
    due = (
        _postboxes()
        .add_columns(Letter.kind, Letter.due_at, Letter.tries)
        .join(Letter, Letter.user_id == User.id)
        .where(Letter.due_at <= now)
        .order_by(Letter.due_at, Letter.user_id, Letter.kind)
        .limit(most)
    )
    rows = [tuple(row) for row in db.session.execute(due)]
    return [DueLetter(kind, due_at, tries, _postbox(box)) for *box, kind, due_at, tries in rows]


def is_letter_due(now: datetime) -> bool:
    """Tell whether any letter's moment has come. Takes no write lock."""
    with read_connection() as apart:
        return apart.execute(select(true()).where(Letter.due_at <= now).limit(1)).first() is not None


def list_unmailed(user_id: int, now: datetime) -> list[Told]:
    """Return what was announced to a person lately, is unread and came with no letter yet, oldest first."""
    return list_told_where(
        user_id,
        Notification.announced_at > now - FRESH_FOR,
        Notification.read_at.is_(None),
        Notification.mailed_at.is_(None),
    )
