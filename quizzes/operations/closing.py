"""The one place where an attempt is recorded as handed in."""

from __future__ import annotations

from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import UpdateBase, bindparam, case, func

from core.database import write
from core.live import publish
from quizzes.endings import CLOSE, TIME_LIMIT
from quizzes.models import Attempt
from quizzes.operations.tallies import count_next_attempt, count_only_attempt
from quizzes.standings import ALONE
from quizzes.topics import HANDED_IN, delivery_topic


def close_attempt(attempt_id: int, moment: datetime, ended_by: str | None = None) -> bool:
    """Record an attempt as handed in at `moment`, once: the one place where that happens. Open results hear of it.

    Without `ended_by` it ended by itself, at its time limit or at the close.
    """
    values = {"of_attempt": attempt_id, "moment": moment, "ended_by": ended_by}
    closed = write(_closing(), values).first()
    if closed is None:
        return False
    number, delivery_id = closed
    if number == 1:
        count_only_attempt(attempt_id)
    else:
        count_next_attempt(attempt_id)
    publish(delivery_topic(delivery_id), HANDED_IN, attempt_id)
    return True


@cache
def _closing() -> UpdateBase:
    """Answers with the attempt's number and its quiz, or with nothing when somebody else has closed it."""
    table: Any = Attempt.__table__
    moment = bindparam("moment", type_=table.c.submitted_at.type)
    by_itself = case((table.c.limit_ends_at == moment, TIME_LIMIT), else_=CLOSE)
    ended_by = func.coalesce(bindparam("ended_by", type_=table.c.ended_by.type), by_itself)
    standing = case((table.c.number == 1, ALONE), else_=0)
    return (
        table.update()
        .where(table.c.id == bindparam("of_attempt"), table.c.submitted_at.is_(None))
        .values(submitted_at=moment, ended_by=ended_by, standing=standing)
        .returning(table.c.number, table.c.delivery_id)
    )
