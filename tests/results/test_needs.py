"""Who needs an instructor: the rules, as tables."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from results.need_facts import Flagged, Low, NotStarted, Question, Silent, Stuck, Ungraded
from results.needs import LATER, SOON, TODAY, Key, PutAside, queue, split

NOW = datetime(2026, 11, 28, 12, tzinfo=UTC)
HOUR, MINUTE, DAY = timedelta(hours=1), timedelta(minutes=1), timedelta(days=1)
ABSENT = NotStarted(1, 2, 3, "Quiz", 4, "Sofia", NOW + HOUR, None)
BEGUN = Stuck(1, 2, 3, "Quiz", 4, "Sofia", NOW - 3 * DAY, None, None, None, 1, 3)
WEAK = Low(1, 2, 3, "Quiz", 4, "Sofia", 3, 10, 4, 2, NOW - DAY)
ASKED = Question(3, 1, 4, "Sofia", "Article", "Why?", True, NOW - HOUR, None, "The bridge opens.")
RUDE = Flagged(3, 1, 4, "Sofia", "Article", "Hm.", 1, NOW - HOUR, NOW - HOUR)


def level_of(about) -> int | None:
    ruling = about.rule(NOW)
    return ruling and ruling.level


@pytest.mark.parametrize(
    ("due", "closes", "level"),
    [
        (NOW + 3 * DAY + MINUTE, None, None),
        (NOW + 3 * DAY, None, SOON),
        (NOW + DAY + MINUTE, None, SOON),
        (NOW + DAY, None, TODAY),
        (NOW, None, TODAY),
        (NOW - MINUTE, None, LATER),
        (NOW - 9 * DAY, NOW, LATER),
        (NOW - 9 * DAY, NOW - MINUTE, None),
    ],
)
def test_somebody_who_has_not_started_needs_a_word_from_three_days_before_until_the_close(due, closes, level) -> None:
    assert level_of(replace(ABSENT, due_at=due, closes_at=closes)) == level


@pytest.mark.parametrize(
    ("still", "left", "level"),
    [
        (DAY - MINUTE, None, None),
        (DAY, None, SOON),
        (DAY, HOUR, TODAY),
        (9 * MINUTE, HOUR, None),
        (10 * MINUTE, HOUR, TODAY),
        (10 * MINUTE, HOUR + MINUTE, None),
    ],
)
def test_an_attempt_is_stuck_after_a_day_without_a_save_or_ten_minutes_near_its_end(still, left, level) -> None:
    ends = NOW + left if left else None
    assert level_of(replace(BEGUN, saved_at=NOW - still, limit_ends_at=ends)) == level
    assert level_of(replace(BEGUN, saved_at=NOW - still, closes_at=ends)) == level


def test_an_attempt_in_which_nothing_was_saved_stands_still_since_its_start() -> None:
    assert level_of(BEGUN) == SOON


@pytest.mark.parametrize(
    ("points", "wrong", "is_low"), [(4, 2, True), (5, 2, False), (0, 1, False), (0, 4, True), (10, 4, False)]
)
def test_low_means_less_than_half_of_the_points_with_half_of_the_evidence_wrong(points, wrong, is_low) -> None:
    assert (level_of(replace(WEAK, points=points, wrong=wrong)) == LATER) is is_low
    assert level_of(replace(WEAK, asked=0, wrong=0)) is None


@pytest.mark.parametrize(
    ("left", "level"), [(-MINUTE, None), (0 * DAY, TODAY), (DAY, TODAY), (2 * DAY, SOON), (3 * DAY + MINUTE, None)]
)
def test_silence_matters_from_three_days_before_the_date_until_then(left, level) -> None:
    assert level_of(Silent(3, 2, 1, "Prompt", 4, "Sofia", NOW + left)) == level


@pytest.mark.parametrize(
    ("about", "action"),
    [
        (ABSENT, "message"),
        (replace(ABSENT, due_at=NOW - HOUR), "extend"),
        (BEGUN, "message"),
        (Silent(3, 2, 1, "Prompt", 4, "Sofia", NOW + HOUR), "message"),
        (WEAK, "open"),
        (ASKED, "reply"),
        (RUDE, "decide"),
        (Ungraded(1, 3, "Quiz", 2, NOW), "grade"),
    ],
)
def test_there_is_one_thing_to_do_about_each(about, action) -> None:
    (need,) = queue([about], NOW)
    assert need.action == action


def test_a_question_is_pressing_after_a_day() -> None:
    assert level_of(ASKED) == SOON
    assert level_of(replace(ASKED, asked_at=NOW - DAY)) == TODAY


def test_the_most_urgent_come_first() -> None:
    pile = Ungraded(1, 3, "Quiz", 2, NOW - DAY)
    other = replace(ABSENT, enrollment_id=9, due_at=NOW + MINUTE)
    order = [need.about for need in queue([WEAK, pile, ASKED, ABSENT, RUDE, other, BEGUN], NOW)]
    assert order == [RUDE, other, ABSENT, BEGUN, ASKED, pile, WEAK]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (ABSENT, replace(ABSENT, due_at=NOW + 2 * HOUR)),
        (ABSENT, replace(ABSENT, due_at=NOW - HOUR)),
        (BEGUN, replace(BEGUN, saved_at=NOW - 2 * DAY)),
        (ASKED, replace(ASKED, edited_at=NOW)),
        (RUDE, replace(RUDE, flags=2)),
        (WEAK, replace(WEAK, points=2)),
        (Ungraded(1, 3, "Quiz", 2, NOW), Ungraded(1, 3, "Quiz", 3, NOW)),
    ],
)
def test_what_was_put_aside_comes_back_once_it_is_something_else(before, after) -> None:
    (need,), (changed,) = queue([before], NOW), queue([after], NOW)
    aside = {need.key: PutAside(1, need.ruling.facts)}
    assert need.key == changed.key
    assert split([need], aside) == ([], [need])
    assert split([changed], aside) == ([changed], [])


def test_a_deadline_that_passes_brings_it_back() -> None:
    (need,) = queue([ABSENT], NOW)
    later = queue([ABSENT], NOW + 2 * HOUR)
    assert split(later, {need.key: PutAside(1, need.ruling.facts)}) == (later, [])
    assert split(later, {Key("stuck", 1, 4): PutAside(1, need.ruling.facts)}) == (later, [])
