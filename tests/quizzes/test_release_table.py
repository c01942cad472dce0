"""Every combination of what is asked of the release rule, against a table written down by hand.

Four things, each released at one of five moments, at four times, with and without dates, released by the
instructor or not, by a reader who has attempts or a second try left, of a question that counts or does not.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import product

import pytest

from quizzes.feedback import ReleaseMoment, ReleaseRules, what_may_be_shown

DUE = datetime(2026, 3, 9, 23, 59, tzinfo=UTC)
CLOSES = DUE + timedelta(days=3)
SECOND = timedelta(seconds=1)
MOMENTS = ("at_once", "after_due", "after_close", "by_instructor", "never")
THINGS = ("score", "correctness", "feedback", "key")

TIMES = {
    "due this second": DUE,
    "due a second ago": DUE + SECOND,
    "closed ten seconds ago": CLOSES + 10 * SECOND,
    "closed eleven seconds ago": CLOSES + 11 * SECOND,
}
# What has come without the instructor, and what the instructor's release brings beside.
HAS_COME = {
    "due and close": {
        "due this second": "at_once",
        "due a second ago": "at_once after_due",
        "closed ten seconds ago": "at_once after_due",
        "closed eleven seconds ago": "at_once after_due after_close",
        "released": "by_instructor",
    },
    "due alone": {
        "due this second": "at_once",
        "due a second ago": "at_once after_due",
        "closed ten seconds ago": "at_once after_due",
        "closed eleven seconds ago": "at_once after_due",
        "released": "by_instructor after_close",
    },
    "close alone": {
        "due this second": "at_once",
        "due a second ago": "at_once",
        "closed ten seconds ago": "at_once",
        "closed eleven seconds ago": "at_once after_due after_close",
        "released": "by_instructor",
    },
    "no date": {
        "due this second": "at_once",
        "due a second ago": "at_once",
        "closed ten seconds ago": "at_once",
        "closed eleven seconds ago": "at_once",
        "released": "by_instructor after_due after_close",
    },
}
DATES = {
    "due and close": (DUE, CLOSES),
    "due alone": (DUE, None),
    "close alone": (None, CLOSES),
    "no date": (None, None),
}
# What keeps each thing back although its moment has come.
KEPT_BACK_BY = {
    "score": {"unsettled"},
    "correctness": {"unsettled", "dropped", "score hidden"},
    "feedback": {"unsettled", "dropped"},
    "key": {"unsettled", "dropped", "attempts left", "second try left"},
}
STATES = ("unsettled", "dropped", "attempts left", "second try left", "staff")
RELEASES = {"not released": None, "released": DUE - SECOND, "released later": CLOSES + timedelta(days=1)}


def expected(rules: dict[str, str], has_come: set[str], states: set[str]) -> dict[str, bool]:
    """The table, read."""
    if "staff" in states:
        return dict.fromkeys(THINGS, True)
    hidden = states | ({"score hidden"} if rules["score"] not in has_come else set())
    return {thing: rules[thing] in has_come and not KEPT_BACK_BY[thing] & hidden for thing in THINGS}


@pytest.mark.parametrize("dates", DATES)
@pytest.mark.parametrize("time", TIMES)
@pytest.mark.parametrize("release", RELEASES)
def test_every_combination_is_as_the_table_says(dates: str, time: str, release: str) -> None:
    due_at, closes_at = DATES[dates]
    has_come = set(HAS_COME[dates][time].split())
    if release == "released":
        has_come |= set(HAS_COME[dates]["released"].split())
    all_rules = [dict(zip(THINGS, each, strict=True)) for each in product(MOMENTS, repeat=len(THINGS))]
    for flags in product((False, True), repeat=len(STATES)):
        states = {state for state, is_so in zip(STATES, flags, strict=True) if is_so}
        moment = ReleaseMoment(
            now=TIMES[time],
            due_at=due_at,
            closes_at=closes_at,
            released_at=RELEASES[release],
            attempts_left="attempts left" in states,
            is_settled="unsettled" not in states,
            second_try_left="second try left" in states,
            is_dropped="dropped" in states,
            is_staff="staff" in states,
        )
        for rules in all_rules:
            shown = what_may_be_shown(ReleaseRules(**rules), moment)
            told = {thing: getattr(shown, thing) for thing in THINGS}
            assert told == expected(rules, has_come, states), (rules, states)
