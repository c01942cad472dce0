"""Attempts whose time is over though nobody handed them in, for the worker. Nobody's own: no page reads these."""

from __future__ import annotations

from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import bindparam, select

from core.database import AnySelect, read_connection, read_rows
from quizzes.models import Attempt
from quizzes.queries.standing import handed_in_at, is_past_end, joined
from quizzes.timing import GRACE, second_of

MOST = 500
"""How many are read at a time; the worker comes again."""


def list_expired(now: datetime) -> list[int]:
    """Return ids of attempts that nothing can change any more but that are not closed, oldest first.

    Outside any request, without taking SQLite's write lock.
    """
    with read_connection() as connection:
        return list(connection.execute(_expired(), _last_end(now)).scalars())


def lock_expired(attempt_id: int, now: datetime) -> datetime | None:
    """Return the end of such an attempt and hold it until the commit; None when it is none (any more)."""
    end: datetime | None = read_rows(_expired_one(), {"attempt_id": attempt_id, **_last_end(now)}).scalar()
    return end


def _last_end(now: datetime) -> dict[str, Any]:
    """Saves are taken for a few seconds after the end: past is what ended before those."""
    return {"second": second_of(now) - GRACE}


@cache
def _expired() -> AnySelect:
    unclosed = joined(select(Attempt.id)).where(Attempt.submitted_at.is_(None), is_past_end())
    return unclosed.order_by(Attempt.id).limit(MOST)


@cache
def _expired_one() -> AnySelect:
    one = joined(select(handed_in_at()).select_from(Attempt)).where(Attempt.id == bindparam("attempt_id"))
    return one.where(Attempt.submitted_at.is_(None), is_past_end()).with_for_update(of=Attempt)
