"""What people are told although nobody opens a page."""

from __future__ import annotations

from datetime import timedelta

from classroom.notifications import PATIENCE, kinds, next_look, put_into_words
from classroom.operations.notifications import KEPT_FOR, announce, forget_notification
from classroom.queries.notifications import (
    get_reader,
    list_old_notifications,
    list_people_to_tell,
    list_told_among,
    list_waiting,
)
from core import clock
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
    return bool(said)


announce_news = Task("worker: people who were told something: {n}", 5, _find_people, _announce)


def _find_old() -> list[int]:
    return list_old_notifications(clock.now() - KEPT_FOR)


def _forget(row_id: int) -> bool:
    forget_notification(row_id)
    return True


forget_old_news = Task("worker: old notifications taken away: {n}", DAY, _find_old, _forget)
