"""What mail people want, letters planned, and letters taken to be sent: each by one worker, once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import case, delete, exists, select, update
from sqlalchemy.dialects import postgresql, sqlite

from classroom.mail_times import Preferences, next_digest, next_try
from classroom.models import DIGEST, LETTERS, OFF, Letter, MailPreference, Notification, User
from classroom.queries.mail import DueLetter
from core import clock
from core.audit import Act, record
from core.database import connection, db


def _insert(model: type[Letter] | type[MailPreference]) -> Any:
    maker = postgresql if connection().dialect.name == "postgresql" else sqlite
    return maker.insert(model.__table__)


def plan_letter(user_id: int, kind: str, due_at: datetime, tries: int = 0) -> None:
    """Plan a letter; if one of its kind is planned already, the earlier moment holds."""
    insert = _insert(Letter).values(user_id=user_id, kind=kind, due_at=due_at, tries=tries)
    earlier = case((insert.excluded.due_at < Letter.due_at, insert.excluded.due_at), else_=Letter.due_at)
    db.session.execute(insert.on_conflict_do_update(index_elements=("user_id", "kind"), set_={"due_at": earlier}))


def take_letter(letter: DueLetter) -> bool:
    """Take a due letter off the plan; False if somebody else took it, or it was planned anew, since it was read."""
    this = (Letter.user_id == letter.to.user_id, Letter.kind == letter.kind, Letter.due_at == letter.due_at)
    return bool(db.session.scalars(delete(Letter).where(*this).returning(Letter.user_id)).all())


def take_notifications(row_ids: Sequence[int], now: datetime) -> set[int]:
    """Note that these come with a letter now; those that came with another one meanwhile are left out."""
    free = update(Notification).where(Notification.id.in_(row_ids), Notification.mailed_at.is_(None))
    return set(db.session.scalars(free.values(mailed_at=now).returning(Notification.id)))


def put_back(letter: DueLetter, row_ids: Sequence[int]) -> None:
    """Plan a letter again that could not be handed over, later each time; in the end it is given up."""
    again = next_try(letter.tries, clock.now())
    if again is None:
        note_letter("mail.give-up", letter, len(row_ids))
        return
    db.session.execute(update(Notification).where(Notification.id.in_(row_ids)).values(mailed_at=None))
    plan_letter(letter.to.user_id, letter.kind, again, letter.tries + 1)


def note_letter(action: str, letter: DueLetter, rows: int) -> None:
    """Write into the audit log what became of a letter: its kind and how much it told, no words and no address."""
    detail = {"letter": letter.kind, "notifications": rows, "tries": letter.tries + 1}
    record(None, Act(action, "user", letter.to.user_id, None, detail))


def set_preferences(user_id: int, wanted: Preferences) -> None:
    """Keep what mail a person wants, and plan by it from now on."""
    values = asdict(wanted)
    insert = _insert(MailPreference).values(user_id=user_id, **values)
    db.session.execute(insert.on_conflict_do_update(index_elements=("user_id",), set_=values))
    unwanted = [kind for kind in LETTERS if not wanted.wants(kind)]
    mine = Letter.user_id == user_id
    db.session.execute(delete(Letter).where(mine, Letter.kind.in_([*unwanted, DIGEST])))
    waiting = exists().where(
        Notification.user_id == user_id,
        Notification.announced_at.is_not(None),
        Notification.read_at.is_(None),
        Notification.mailed_at.is_(None),
    )
    zone = db.session.scalars(select(User.time_zone).where(User.id == user_id, waiting)).one_or_none()
    digest = next_digest(wanted.digest, zone, clock.now()) if zone else None
    if digest is not None:
        plan_letter(user_id, DIGEST, digest)


def stop_letters(user_id: int, kind: str, wanted: Preferences) -> None:
    """Send no more letters of a kind to a person, who wanted what is given."""
    stopped = {"digest": OFF} if kind == DIGEST else {kind: False}
    set_preferences(user_id, Preferences(**{**asdict(wanted), **stopped}))
    record(user_id, Act("mail.unsubscribe", "user", user_id, None, {"letter": kind}))
