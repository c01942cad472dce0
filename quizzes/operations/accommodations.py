"""A student's allowance is changed, with what follows: attempts that are over stay so, those in progress follow."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select, update

from articles.operations.own_dates import hold_dates_of_student, keep_dates_of_student
from classroom.allowances import Allowance
from classroom.operations.accommodations import set_allowance
from classroom.queries import find_allowance
from core.database import db
from quizzes.models import Attempt
from quizzes.operations.closing import close_attempt
from quizzes.queries.standing import handed_in_at, is_past_end, joined
from quizzes.timing import GRACE, limit_end, own_limit, second_of, usual_limit


def change_allowance(by_id: int, enrollment_id: int, allowance: Allowance, now: datetime) -> None:
    """Allow a student this from now on, in attempts in progress as well; what is over stays over. Flushed."""
    close_what_is_over(enrollment_id, now)
    stretch_attempts(enrollment_id, allowance.time_factor_percent, now)
    set_allowance(by_id, enrollment_id, allowance)
    keep_dates_of_student(enrollment_id)


def close_what_is_over(enrollment_id: int, now: datetime) -> None:
    """Close the student's attempts that nothing can change any more: a later end does not open them again.

    Until the commit the student starts nothing, and nobody changes dates of the class.
    """
    hold_dates_of_student(enrollment_id)
    mine = (Attempt.enrollment_id == enrollment_id, Attempt.submitted_at.is_(None), is_past_end(now - GRACE))
    over = joined(select(Attempt.id, handed_in_at()).select_from(Attempt)).where(*mine).order_by(Attempt.id)
    for attempt_id, end in db.session.execute(over).all():
        close_attempt(attempt_id, end)


def stretch_attempts(enrollment_id: int, factor_percent: int, now: datetime) -> None:
    """Give the student's attempts in progress the end that this time factor means; never one that has passed.

    Each keeps the class's limit with which it began. To be called before the factor is set: it reads the old one.
    """
    mine = (Attempt.enrollment_id == enrollment_id, Attempt.submitted_at.is_(None), Attempt.limit_ends_at.is_not(None))
    rows = db.session.execute(
        select(Attempt.id, Attempt.started_at, Attempt.limit_ends_at).where(*mine).order_by(Attempt.id)
    ).all()
    before = find_allowance(enrollment_id).time_factor_percent
    for attempt_id, started_at, ends_at in rows:
        own = (ends_at - started_at).total_seconds() if ends_at else 0
        end = limit_end(started_at, own_limit(usual_limit(int(own), before), factor_percent))
        if end is not None:
            later = max(end, second_of(now))
            db.session.execute(update(Attempt).where(Attempt.id == attempt_id).values(limit_ends_at=later))
