"""Telling people: rows written with what happened, then announced by the worker, then read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, UpdateBase, bindparam, case, delete, func, literal, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite

from classroom.models import Notification, User
from classroom.topics import TOLD, person_topic
from core.database import AnySelect, UTCDateTime, db
from core.live import publish

KEY = ("user_id", "kind", "object_id")
KEPT_FOR = timedelta(days=180)


def telling(dialect: str, kind: str, whom: AnySelect, *, again: bool = False) -> UpdateBase:
    """Return the statement that tells people something: one INSERT of all rows, in the transaction of what happened.

    `whom` selects (person, class, object) and ends in a WHERE. Run it with `now`, its only value besides those of
    `whom`. Whoever was told already is left in peace or, with `again`, told anew.
    """
    told = whom.add_columns(
        literal(kind).label("kind"),
        bindparam("now", type_=UTCDateTime).label("created_at"),
        bindparam("now", type_=UTCDateTime).label("look_at"),
    )
    table: Any = Notification.__table__
    maker = postgresql if dialect == "postgresql" else sqlite
    names = ["user_id", "section_id", "object_id", "kind", "created_at", "look_at"]
    insert = maker.insert(table).from_select(names, told)
    if not again:
        return insert.on_conflict_do_nothing(index_elements=KEY)
    anew: dict[str, Any] = {name: insert.excluded[name] for name in ("created_at", "look_at")}
    anew |= dict.fromkeys(("announced_at", "read_at", "mailed_at"))
    return insert.on_conflict_do_update(index_elements=KEY, set_=anew)


def announce(user_id: int, announced: Sequence[int], later: Mapping[int, datetime | None], now: datetime) -> None:
    """Light the person's dot for these rows, and note when to look again at those that may not be said yet."""
    mine = Notification.user_id == user_id
    if announced:
        first_look = Notification.look_at == Notification.created_at
        at: Any = case((first_look, Notification.created_at), else_=now)  # a worker that comes late makes nothing new
        once = func.coalesce(Notification.announced_at, at)
        news = update(Notification).where(mine, Notification.id.in_(announced))
        db.session.execute(news.values(announced_at=once, look_at=None))
        _set_dot(user_id)  # of what may not be said an open page hears nothing, not even that somebody looked
    for row_id, look_at in later.items():
        db.session.execute(update(Notification).where(mine, Notification.id == row_id).values(look_at=look_at))


def mark_read(user_id: int, row_ids: Sequence[int], now: datetime, until: datetime | None = None) -> None:
    """Note that a person has read these rows and, with `until`, whatever else was announced up to then."""
    which: ColumnElement[bool] = Notification.id.in_(row_ids)
    if until is not None:
        which = or_(which, Notification.announced_at <= until)
    unread = (Notification.user_id == user_id, Notification.read_at.is_(None))
    db.session.execute(update(Notification).where(*unread, which).values(read_at=now, look_at=None))
    _set_dot(user_id)


def _set_dot(user_id: int) -> None:
    unread = select(func.max(Notification.announced_at)).where(
        Notification.user_id == user_id, Notification.read_at.is_(None)
    )
    db.session.execute(update(User).where(User.id == user_id).values(news_at=unread.scalar_subquery()))
    publish(person_topic(user_id), TOLD, user_id)


def forget_notification(row_id: int) -> None:
    """Take a row away for good."""
    db.session.execute(delete(Notification).where(Notification.id == row_id))
