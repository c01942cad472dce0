"""What people are told although nobody opens a page."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from classroom.mail_times import letters_for
from classroom.notifications import PATIENCE, Line, kinds, next_look, put_into_words
from classroom.operations.mail import plan_letter
from classroom.operations.notifications import KEPT_FOR, announce, forget_notification
from classroom.queries.mail import get_postbox
from classroom.queries.notifications import (
    get_reader,
    list_old_notifications,
    list_people_to_tell,
    list_told_among,
    list_waiting,
)
from core import clock, mail
from core.database import reading_only
from core.jobs import Task

DAY = timedelta(days=1).total_seconds()


def _find_people() -> list[int]:
    return list_people_to_tell(clock.now())


def _announce(user_id: int) -> bool:
    """Light the dot of a person for what may be said now; look again later at what may not."""
    now = clock.now()
    with reading_only():
        waiting = list_waiting(user_id, now)
        told = list_told_among(user_id, [row.id for row in waiting])
        lines = put_into_words(get_reader(user_id, now), told)
    if not waiting:
        return False
    known = kinds()
    said = {line.told.id for line in lines}
    later = {
        row.id: next_look(row.created_at, known[row.kind].patience if row.kind in known else PATIENCE, now)
        for row in waiting
        if row.id not in said
    }
    announce(user_id, sorted(said), later, now)
    _plan_letters([line for line in lines if line.is_new and line.told.mailed_at is None], user_id, now)
    return bool(said)


def _plan_letters(lines: Sequence[Line], user_id: int, now: datetime) -> None:
    """Plan the letters that a person wants about these, where there is mail at all."""
    box = get_postbox(user_id) if lines and mail.carries_links() else None
    if box is None or box.email is None:
        return
    news = [(line.kind.letter, line.words.until) for line in lines]
    for kind, due_at in letters_for(box.wanted, box.time_zone, now, news).items():
        plan_letter(user_id, kind, due_at)


announce_news = Task("worker: people who were told something: {n}", 5, _find_people, _announce)


def _find_old() -> list[int]:
    return list_old_notifications(clock.now() - KEPT_FOR)


def _forget(row_id: int) -> bool:
    forget_notification(row_id)
    return True


forget_old_news = Task("worker: old notifications taken away: {n}", DAY, _find_old, _forget)
