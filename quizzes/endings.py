"""How an attempt came to its end: recorded when it is closed, since the moment alone does not tell. Pure."""

from __future__ import annotations

from datetime import datetime

from flask_babel import LazyString, lazy_gettext

from quizzes.timing import end_of

STUDENT, TIME_LIMIT, CLOSE, DATES = "student", "time_limit", "close", "dates"
"""Handed in by its student; the time limit ran out; the reading closed; other dates cut it off."""

ENDED_WORDS: dict[str, LazyString] = {
    TIME_LIMIT: lazy_gettext("Time ran out. What was saved was handed in for you."),
    CLOSE: lazy_gettext("The quiz closed. What was saved was handed in for you."),
    DATES: lazy_gettext("The quiz was closed while you were in it. What was saved then was handed in for you."),
}


def clock_ending(limit_ends_at: datetime | None, closes_at: datetime | None) -> str | None:
    """What ends an attempt whose student does nothing: whichever comes first, the limit of two at once."""
    end = end_of(limit_ends_at, closes_at)
    if end is None:
        return None
    return TIME_LIMIT if end == limit_ends_at else CLOSE
