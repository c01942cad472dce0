"""Which attempts a page of results means, as SQL over their own rows: for what the tallies do not count."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, bindparam, or_

from quizzes.models import Attempt
from quizzes.queries.completion import is_student, is_under
from quizzes.queries.tallies import Exceptions, find_exceptions
from quizzes.standings import Meant, Which, is_meant


def is_among(which: Which, labelled: bool) -> ColumnElement[bool]:
    """Whether the Attempt of the Enrollment around it is meant; its values are those of `values_of`."""
    closed = and_(
        Attempt.submitted_at.is_not(None),
        is_under(Attempt.standing, which),
        Attempt.id.not_in(bindparam("wrong", expanding=True)),
    )
    return and_(is_student(labelled), or_(closed, Attempt.id.in_(bindparam("missing", expanding=True))))


def values_of(delivery_id: int, now: datetime, meant: Meant) -> dict[str, Any]:
    """Return the values that `is_among` needs, and `delivery_id`; in one statement, two at most."""
    return values_under(delivery_id, meant, find_exceptions([delivery_id], now, meant.label_id))


def values_under(delivery_id: int, meant: Meant, exceptions: Exceptions) -> dict[str, Any]:
    """Return the same, given the exceptions of this delivery and perhaps of others."""
    missing = [attempt for attempt, standing in exceptions.missing.items() if is_meant(standing, meant.which)]
    return {
        "delivery_id": delivery_id,
        "label_id": meant.label_id,
        "wrong": list(exceptions.wrong),
        "missing": missing,
    }
