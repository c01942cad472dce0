from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes import timing
from quizzes.timing import Dates, Phase, StartState

OPENS = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
DUE = datetime(2026, 3, 9, 23, 59, tzinfo=UTC)
CLOSES = datetime(2026, 3, 12, 23, 59, tzinfo=UTC)
DATES = Dates(OPENS, DUE, CLOSES)
ALMOST = timedelta(microseconds=1)
SECOND = timedelta(seconds=1)


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        (OPENS - ALMOST, Phase.NOT_OPEN),
        (OPENS, Phase.OPEN),
        (DUE, Phase.OPEN),
        (DUE + SECOND - ALMOST, Phase.OPEN),
        (DUE + SECOND, Phase.LATE),
        (CLOSES, Phase.LATE),
        (CLOSES + SECOND - ALMOST, Phase.LATE),
        (CLOSES + SECOND, Phase.CLOSED),
    ],
)
def test_the_seconds_of_opening_due_and_closing_are_inside(now: datetime, expected: Phase) -> None:
    assert timing.phase(DATES, now) is expected


@pytest.mark.parametrize("now", [OPENS - timedelta(days=9999), CLOSES + timedelta(days=9999)])
def test_without_dates_a_quiz_is_always_open(now: datetime) -> None:
    assert timing.phase(Dates(), now) is Phase.OPEN


@pytest.mark.parametrize(
    ("now", "allowed", "used", "expected"),
    [
        (OPENS, 3, 2, StartState.OPEN),
        (OPENS, 3, 3, StartState.NO_ATTEMPTS_LEFT),
        (OPENS, 3, 666, StartState.NO_ATTEMPTS_LEFT),
        (OPENS, None, 666, StartState.OPEN),
        (DUE + SECOND, 1, 0, StartState.LATE),
        (DUE + SECOND, 1, 1, StartState.NO_ATTEMPTS_LEFT),
        (CLOSES + SECOND, 1, 0, StartState.CLOSED),
        (CLOSES + SECOND, 1, 1, StartState.CLOSED),
        (OPENS - SECOND, 1, 1, StartState.NOT_OPEN),
    ],
)
def test_whether_an_attempt_can_start(now: datetime, allowed: int | None, used: int, expected: StartState) -> None:
    assert timing.start_state(DATES, now, timing.Used(used, allowed)) is expected


@pytest.mark.parametrize(
    ("now", "allowed", "used", "left"),
    [
        (OPENS, 2, 1, True),
        (OPENS, 2, 2, False),
        (OPENS, None, 50, True),
        (CLOSES + SECOND, 2, 1, False),
        (CLOSES + SECOND, None, 1, False),
    ],
)
def test_attempts_are_left_until_used_or_closed(now: datetime, allowed: int | None, used: int, left: bool) -> None:
    assert timing.has_attempts_left(DATES, now, timing.Used(used, allowed)) is left


HOUR = timedelta(hours=1)


@pytest.mark.parametrize(
    ("limit", "closes_in", "ends_in"),
    [
        (3600, None, 3600),
        (3600, 1800, 1800),
        (3600, 3600, 3600),
        (1800, 3600, 1800),
        (None, 3600, 3600),
        (None, None, None),
    ],
)
def test_an_attempt_ends_at_its_limit_or_at_the_close(
    limit: int | None, closes_in: int | None, ends_in: int | None
) -> None:
    closes = OPENS + timedelta(seconds=closes_in) if closes_in else None
    end = timing.end_of(timing.limit_end(OPENS, limit), closes)
    assert end == (OPENS + timedelta(seconds=ends_in) if ends_in else None)


@pytest.mark.parametrize(
    ("after_end", "ended", "accepted"),
    [
        (-SECOND, False, True),
        (timedelta(0), False, True),
        (SECOND - ALMOST, False, True),
        (SECOND, True, True),
        (10 * SECOND, True, True),
        (11 * SECOND - ALMOST, True, True),
        (11 * SECOND, True, False),
        (HOUR, True, False),
    ],
)
def test_ten_seconds_of_grace_after_the_last_second(after_end: timedelta, ended: bool, accepted: bool) -> None:
    now = CLOSES + after_end
    assert timing.has_ended(CLOSES, now) is ended
    assert timing.still_accepts(CLOSES, now) is accepted


def test_what_comes_in_the_grace_is_recorded_at_the_end() -> None:
    assert timing.recorded_at(CLOSES, CLOSES + 5 * SECOND) == CLOSES
    assert timing.recorded_at(CLOSES, CLOSES - 5 * SECOND + ALMOST) == CLOSES - 5 * SECOND
    assert timing.recorded_at(None, CLOSES) == CLOSES


def test_an_attempt_without_an_end_never_ends() -> None:
    assert not timing.has_ended(None, CLOSES)
    assert timing.still_accepts(None, CLOSES)


def test_late_is_after_the_second_of_the_due_date() -> None:
    assert not timing.is_late(DUE, DUE)
    assert not timing.is_late(DUE + SECOND - ALMOST, DUE)
    assert timing.is_late(DUE + SECOND, DUE)
    assert not timing.is_late(DUE + HOUR, None)


@given(st.integers(1, 86_400), st.integers(100, 1_000))
def test_the_class_limit_is_found_again_behind_a_stretched_one(seconds: int, percent: int) -> None:
    own = timing.own_limit(seconds, percent)
    assert own is not None
    assert timing.usual_limit(own, percent) == seconds
