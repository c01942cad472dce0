"""What the start page of a quiz says to one student. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext as _

from core.points import Points
from quizzes.attempts import DeliveryRow, OwnAttempt
from quizzes.feedback import ReleaseMoment, what_may_be_shown
from quizzes.grading import CountedAttempt, counting_points, with_late_credit
from quizzes.timing import (
    StartState,
    Used,
    end_of,
    has_attempts_left,
    has_ended,
    is_late,
    is_settled,
    limit_end,
    next_start,
    second_of,
    start_state,
)


@dataclass(frozen=True)
class AttemptLine:
    """One's own attempt: `points` with late credit, None while the score is not released or may still change."""

    id: int
    number: int
    handed_in_at: datetime | None
    late: bool
    points: Points | None
    max_points: Points
    waiting: bool
    ends_at: datetime | None


@dataclass(frozen=True)
class StartPage:
    """Where a student stands with a quiz. `counting` is what counts so far, as released; `next_at` is set
    while the next attempt has to wait, or would have had to wait until after the close. `would_end_at` is the end
    of an attempt under a time limit that is started now; `is_cut_short`: the close comes before the limit."""

    state: StartState
    attempts: tuple[AttemptLine, ...]
    in_progress: AttemptLine | None
    left: int | None
    counting: Points | None
    late_if_started: bool
    next_at: datetime | None
    would_end_at: datetime | None
    is_cut_short: bool

    @property
    def can_start(self) -> bool:
        """Whether a new attempt can be started now."""
        return self.in_progress is None and self.state in (StartState.OPEN, StartState.LATE)

    @property
    def next_number(self) -> int:
        """The number that the next attempt would bear."""
        return len(self.attempts) + 1

    def attempt(self, number: int | None) -> AttemptLine | None:
        """One's own attempt with this number."""
        return next((line for line in self.attempts if line.number == number), None)

    @property
    def why_not(self) -> str:
        """Why no attempt can be started; empty when one can."""
        match self.state:
            case StartState.NOT_OPEN:
                return str(_("This quiz is not open yet."))
            case StartState.CLOSED:
                return str(_("This quiz is closed."))
            case StartState.NO_ATTEMPTS_LEFT:
                return str(_("You have no attempts left."))
            case StartState.TOO_SOON:
                return str(_("You can start again after a pause."))
            case StartState.NEVER_AGAIN:
                return str(_("You cannot start again: the pause between attempts ends after the quiz closes."))
        return ""


def start_page(delivery: DeliveryRow, own: Sequence[OwnAttempt], now: datetime) -> StartPage:
    """Put together what one student's attempts and the clock say."""
    allowed = delivery.own_attempts
    shows_score = what_may_be_shown(delivery.release, release_moment(delivery, own, now)).score
    lines = tuple(_line(delivery, attempt, now, shows_score=shows_score) for attempt in own)
    handed_in = [CountedAttempt(line.number, line.points) for line in lines if line.points is not None]
    finished = max((line.handed_in_at for line in lines if line.handed_in_at), default=None)
    next_at = next_start(finished, delivery.delay_seconds)
    state = start_state(delivery.dates, now, Used(len(own), allowed, next_at))
    limit_ends_at = limit_end(second_of(now), delivery.own_limit_seconds)
    if not delivery.published and state in (StartState.OPEN, StartState.LATE):
        state = StartState.CLOSED
    return StartPage(
        state=state,
        attempts=lines,
        in_progress=next((line for line in lines if line.handed_in_at is None), None),
        left=None if allowed is None else max(allowed - len(own), 0),
        counting=counting_points(handed_in, delivery.which_counts),
        late_if_started=state is StartState.LATE,
        next_at=next_at if state in (StartState.TOO_SOON, StartState.NEVER_AGAIN) else None,
        would_end_at=end_of(limit_ends_at, delivery.closes_at) if limit_ends_at else None,
        is_cut_short=bool(limit_ends_at and delivery.closes_at and delivery.closes_at < limit_ends_at),
    )


def release_moment(delivery: DeliveryRow, own: Sequence[OwnAttempt], now: datetime) -> ReleaseMoment:
    """What the release rules are asked about for somebody with these attempts. One that can still be saved is left."""
    unsettled = any(not _is_settled(delivery, attempt, now) for attempt in own)
    may_start = has_attempts_left(delivery.dates, now, Used(len(own), delivery.own_attempts))
    return ReleaseMoment.of(delivery, now, attempts_left=unsettled or may_start)


def _is_settled(delivery: DeliveryRow, attempt: OwnAttempt, now: datetime) -> bool:
    return is_settled(attempt.submitted_at, end_of(attempt.limit_ends_at, delivery.closes_at), now)


def _line(delivery: DeliveryRow, attempt: OwnAttempt, now: datetime, *, shows_score: bool) -> AttemptLine:
    end = end_of(attempt.limit_ends_at, delivery.closes_at)
    handed_in_at = attempt.submitted_at or (end if has_ended(end, now) else None)
    late = handed_in_at is not None and is_late(handed_in_at, delivery.due_at)
    points = with_late_credit(attempt.points, delivery.late_credit_percent, late=late)
    shown = shows_score and _is_settled(delivery, attempt, now)
    return AttemptLine(
        id=attempt.id,
        number=attempt.number,
        handed_in_at=handed_in_at,
        late=late,
        points=points if shown else None,
        max_points=attempt.max_points,
        waiting=attempt.ungraded > 0,
        ends_at=end,
    )
