"""How often staff may write to students: a word is meant for a person, and each lights somebody's dot."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import cache

from sqlalchemy import Integer, bindparam, func, select

from classroom.models import Enrollment
from core import clock
from core.database import AnySelect, UTCDateTime, read_rows
from core.throttle import Limit
from results.need_models import StaffMessage

PER_PERSON = Limit(hits=60, seconds=60 * 60)
"""How often one person may send; the same words to many in one go are once."""
TO_MANY = Limit(hits=6, seconds=60 * 60)
"""How often in one class the same words may go to many."""


def wait_for(user_id: int) -> int:
    """Return 0 if the person may write now, else the seconds to wait. One statement."""
    return _wait(_by_person(), {"user": user_id}, PER_PERSON)


def wait_for_many(user_id: int, section_id: int) -> int:
    """Return 0 if the person may write to many of a class now, else the seconds to wait. Two statements at most."""
    return _wait(_to_many(), {"section": section_id}, TO_MANY) or wait_for(user_id)


@cache
def _sendings() -> AnySelect:
    """The moments of what was sent since, the last first: what goes out together has one moment."""
    row = StaffMessage
    since, most = bindparam("since", type_=UTCDateTime), bindparam("most", type_=Integer)
    recent = select(row.sent_at).where(row.sent_at > since).group_by(row.sent_at)
    return recent.order_by(row.sent_at.desc()).limit(most)


@cache
def _by_person() -> AnySelect:
    return _sendings().where(StaffMessage.by_id == bindparam("user"))


@cache
def _to_many() -> AnySelect:
    of_class = _sendings().join(Enrollment, Enrollment.id == StaffMessage.enrollment_id)
    return of_class.where(Enrollment.section_id == bindparam("section")).having(func.count(StaffMessage.id) > 1)


def _wait(statement: AnySelect, whose: dict[str, int], limit: Limit) -> int:
    now = clock.now()
    since = now - timedelta(seconds=limit.seconds)
    moments: list[datetime] = [row[0] for row in read_rows(statement, {**whose, "since": since, "most": limit.hits})]
    return 0 if len(moments) < limit.hits else max(1, int((moments[-1] - since).total_seconds()) + 1)
