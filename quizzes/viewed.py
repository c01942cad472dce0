"""A student's attempts as they stood at a moment that staff choose. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from quizzes.attempts import AttemptRow, OwnAttempt
from quizzes.timing import second_of


def attempts_at(own: Sequence[OwnAttempt], moment: datetime) -> list[OwnAttempt]:
    """Those that had been started by then; one that was handed in later is still in progress."""
    second = second_of(moment)
    started = (attempt for attempt in own if attempt.started_at <= second)
    return [replace(attempt, submitted_at=_by(attempt.submitted_at, second)) for attempt in started]


def attempt_at(attempt: AttemptRow, moment: datetime) -> AttemptRow:
    """One attempt, in progress if it was handed in later."""
    return replace(attempt, submitted_at=_by(attempt.submitted_at, second_of(moment)))


def _by(submitted_at: datetime | None, second: datetime) -> datetime | None:
    return submitted_at if submitted_at and submitted_at <= second else None
