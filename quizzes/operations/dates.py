"""What a change of dates does to attempts: those that are over stay so, those in progress follow.

An attempt is closed here so that it never matters whether a worker had come by: what the old dates had ended, a
later close does not open again; what the new dates end, a still later close does not open either.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, select

from articles.models import Assignment
from articles.operations.own_dates import hold_dates
from core import clock
from core.database import db
from quizzes.endings import DATES
from quizzes.models import Attempt
from quizzes.operations.closing import close_attempt
from quizzes.queries.standing import handed_in_at, is_in_progress, is_past_end, joined
from quizzes.timing import GRACE, second_of


@contextmanager
def attempts_follow_dates(assignment_id: int) -> Iterator[None]:
    """Keep attempts true while the dates of an assignment, which the caller holds, are changed."""
    with _kept(Assignment.id == assignment_id):
        yield


@contextmanager
def attempts_follow_zone(section_id: int) -> Iterator[None]:
    """Keep attempts true while a class's time zone is changed, and with it the dates of those who have extra days."""
    hold_dates(section_id)
    with _kept(Assignment.section_id == section_id):
        yield


@contextmanager
def _kept(which: ColumnElement[bool]) -> Iterator[None]:
    now = clock.now()
    for row in _unclosed(which, is_past_end(now - GRACE)):
        close_attempt(row.id, row.end)
    in_progress = {row.id for row in _unclosed(which, is_in_progress(now))}
    yield
    for row in _unclosed(which, is_past_end(now)) if in_progress else ():
        if row.id in in_progress:
            close_attempt(row.id, _cut_off(row.end, row.started_at), DATES)


def _cut_off(end: datetime, started_at: datetime) -> datetime:
    """At its end like any attempt, but never before it began."""
    return max(end, second_of(started_at))


def _unclosed(which: ColumnElement[bool], state: ColumnElement[bool]) -> list[Any]:
    attempts = joined(select(Attempt.id, Attempt.started_at, handed_in_at().label("end")).select_from(Attempt))
    wanted = attempts.where(which, state, Attempt.submitted_at.is_(None)).order_by(Attempt.id.desc())
    return list(db.session.execute(wanted))
