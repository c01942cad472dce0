from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import product

import pytest

from quizzes.feedback import (
    ReleaseMoment,
    ReleaseRules,
    is_released,
    what_may_be_shown,
)
from quizzes.timing import GRACE

DUE = datetime(2026, 3, 9, 23, 59, tzinfo=UTC)
CLOSES = DUE + timedelta(days=3)
SECOND = timedelta(seconds=1)
RULES = ("at_once", "after_due", "after_close", "by_instructor", "never")


def moment(now: datetime, **changes: object) -> ReleaseMoment:
    before_release = ReleaseMoment(now, DUE, CLOSES, released_at=None, attempts_left=False)
    return replace(before_release, **changes)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("now", "released"),
    [
        (DUE, {"at_once"}),
        (DUE + SECOND - timedelta(microseconds=1), {"at_once"}),
        (DUE + SECOND, {"at_once", "after_due"}),
        (CLOSES, {"at_once", "after_due"}),
        (CLOSES + GRACE, {"at_once", "after_due"}),
        (CLOSES + GRACE + SECOND, {"at_once", "after_due", "after_close"}),
    ],
)
def test_dates_release_after_their_last_second(now: datetime, released: set[str]) -> None:
    assert {rule for rule in RULES if is_released(rule, moment(now))} == released


def test_the_instructor_releases_what_waits_for_the_instructor_and_nothing_else() -> None:
    at = moment(DUE - SECOND, released_at=DUE - SECOND)
    assert {rule for rule in RULES if is_released(rule, at)} == {"at_once", "by_instructor"}


def test_a_release_in_the_future_releases_nothing_yet() -> None:
    assert not is_released("by_instructor", moment(DUE, released_at=DUE + SECOND))


def test_without_a_due_date_the_close_stands_in() -> None:
    assert not is_released("after_due", moment(CLOSES, due_at=None))
    assert is_released("after_due", moment(CLOSES + GRACE + SECOND, due_at=None))


def test_without_any_date_the_instructor_decides() -> None:
    open_end = {"due_at": None, "closes_at": None}
    for rule in ("after_due", "after_close"):
        assert not is_released(rule, moment(CLOSES, **open_end))
        assert is_released(rule, moment(CLOSES, released_at=CLOSES, **open_end))


def test_never_is_never() -> None:
    assert not is_released("never", moment(CLOSES + SECOND, released_at=DUE))


@pytest.mark.parametrize(
    ("score", "correctness", "feedback", "key", "attempts_left"),
    list(product((True, False), repeat=5)),
)
def test_every_combination(score: bool, correctness: bool, feedback: bool, key: bool, attempts_left: bool) -> None:
    rule = {True: "at_once", False: "never"}
    rules = ReleaseRules(rule[score], rule[correctness], rule[feedback], rule[key])
    shown = what_may_be_shown(rules, moment(DUE, attempts_left=attempts_left))
    assert shown.score is score
    assert shown.correctness is (score and correctness)
    assert shown.feedback is feedback
    assert shown.key is (key and not attempts_left)


@pytest.mark.parametrize("rules", list(product(RULES, repeat=2)))
def test_right_and_wrong_never_show_before_the_score(rules: tuple[str, str]) -> None:
    score, correctness = rules
    for now in (DUE, DUE + SECOND, CLOSES + SECOND):
        for released_at in (None, DUE):
            asked = ReleaseRules(score, correctness, "never", "never")
            shown = what_may_be_shown(asked, moment(now, released_at=released_at))
            assert shown.score or not shown.correctness
