from itertools import permutations

import pytest

from core.points import POINT
from quizzes.grading import (
    CountedAttempt,
    counting_points,
    grade_answer,
    with_late_credit,
)

ATTEMPTS = [CountedAttempt(1, 300_000), CountedAttempt(2, 500_000), CountedAttempt(3, 100_001)]


@pytest.mark.parametrize(
    ("which", "points"),
    [("highest", 500_000), ("average", 300_000), ("first", 300_000), ("last", 100_001)],
)
def test_the_attempt_that_counts_does_not_depend_on_the_order_given(which: str, points: int) -> None:
    assert {counting_points(order, which) for order in permutations(ATTEMPTS)} == {points}


def test_nothing_counts_without_attempts() -> None:
    assert counting_points([], "highest") is None


def test_an_unknown_rule_is_an_error() -> None:
    with pytest.raises(ValueError, match="median"):
        counting_points(ATTEMPTS, "median")


@pytest.mark.parametrize(
    ("points", "credit", "late", "kept"),
    [
        (POINT, 80, True, 80_000),
        (POINT, 80, False, POINT),
        (33_333, 50, True, 16_667),
        (POINT, 0, True, 0),
        (POINT, 100, True, POINT),
    ],
)
def test_late_credit_multiplies_once(points: int, credit: int, late: bool, kept: int) -> None:
    assert with_late_credit(points, credit, late=late) == kept


def test_late_credit_comes_before_the_choice_of_the_attempt() -> None:
    in_time = CountedAttempt(1, 60_000)
    late = CountedAttempt(2, with_late_credit(POINT, 50, late=True))
    assert counting_points([in_time, late], "highest") == 60_000


def test_a_hand_graded_answer_has_no_points_yet_and_an_empty_one_has_none_to_get() -> None:
    waiting = grade_answer("open_answer", {}, {"text": "Because of the armistice."}, POINT)
    assert (waiting.fraction, waiting.points) == (None, None)
    empty = grade_answer("open_answer", {}, None, POINT)
    assert (empty.fraction, empty.points, empty.answer_key) == (0, 0, None)


def test_three_thirds_of_three_points() -> None:
    content = {"forms": [{"key": "a", "text": "frog", "fraction": 3_333_333_333}]}
    assert grade_answer("short_answer", content, {"text": "Frog."}, 3 * POINT).points == POINT
