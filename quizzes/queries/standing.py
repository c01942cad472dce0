"""How an attempt stands, as SQL: the same rules as quizzes.timing, for lists and counts.

Every expression here is over Attempt joined to QuizDelivery and Assignment (`joined` does that), and takes the
dates of the student whose attempt it is. Own dates are never earlier than the class's, so the class's are asked
first, and own ones looked up, by their key, only where it matters.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any, TypeAlias

from sqlalchemy import ColumnElement, and_, bindparam, case, func, or_, select

from articles.models import Assignment, OwnDates
from core.database import AnySelect, UTCDateTime
from quizzes.models import Attempt, QuizDelivery
from quizzes.timing import second_of


def joined(statement: AnySelect) -> AnySelect:
    """Join a SELECT over Attempt to the delivery and the assignment that the expressions need."""
    return statement.join(QuizDelivery, QuizDelivery.id == Attempt.delivery_id).join(
        Assignment, Assignment.id == QuizDelivery.assignment_id
    )


Moment: TypeAlias = datetime | ColumnElement[datetime]
THIS_SECOND: ColumnElement[datetime] = bindparam("second", type_=UTCDateTime)
"""The moment in a statement that is built once: run it with `second=second_of(now)`."""


def _second(now: Moment) -> Moment:
    return second_of(now) if isinstance(now, datetime) else now


def _own(date: Any) -> Any:
    mine = and_(OwnDates.assignment_id == Assignment.id, OwnDates.enrollment_id == Attempt.enrollment_id)
    return select(date).where(mine).correlate(Assignment, Attempt).scalar_subquery()


def due_at() -> ColumnElement[datetime | None]:
    """When the attempt is due for the student whose it is."""
    return func.coalesce(_own(OwnDates.due_at), Assignment.due_at)


def closes_at() -> ColumnElement[datetime | None]:
    """When the assignment closes for the student whose attempt it is."""
    return func.coalesce(_own(OwnDates.closes_at), Assignment.closes_at)


def is_past_end(now: Moment = THIS_SECOND, limit_ends_at: Any = Attempt.limit_ends_at) -> ColumnElement[bool]:
    """Whether the time limit or the close has passed, whether or not anybody closed the attempt.

    `limit_ends_at`: that of another attempt of the same student at the same quiz, if it is about that one.
    """
    second = _second(now)
    return or_(limit_ends_at < second, and_(Assignment.closes_at < second, closes_at() < second))


def is_handed_in(now: Moment = THIS_SECOND) -> ColumnElement[bool]:
    """Whether the attempt counts as handed in: closed, or past its end."""
    return or_(Attempt.submitted_at.is_not(None), is_past_end(now))


def is_in_progress(now: Moment = THIS_SECOND) -> ColumnElement[bool]:
    """Whether the attempt can still be worked on."""
    second = _second(now)
    return and_(
        Attempt.submitted_at.is_(None),
        or_(Attempt.limit_ends_at.is_(None), Attempt.limit_ends_at >= second),
        or_(Assignment.closes_at.is_(None), Assignment.closes_at >= second, closes_at() >= second),
    )


def handed_in_at() -> ColumnElement[datetime | None]:
    """When an attempt that counts as handed in was: its closing, or else its end."""
    end: Any = case(
        (Assignment.closes_at.is_(None), Attempt.limit_ends_at),
        (Attempt.limit_ends_at.is_(None), closes_at()),
        (Attempt.limit_ends_at < closes_at(), Attempt.limit_ends_at),
        else_=closes_at(),
    )
    return func.coalesce(Attempt.submitted_at, end)


def is_late() -> ColumnElement[bool]:
    """Whether an attempt that counts as handed in was late."""
    return and_(handed_in_at() > Assignment.due_at, handed_in_at() > due_at())


def credited_points() -> ColumnElement[int]:
    """The points of an attempt that counts as handed in, late credit taken into account, rounded half up."""
    reduced = (Attempt.points * QuizDelivery.late_credit_percent + 50) // 100
    return case((is_late(), reduced), else_=Attempt.points)
