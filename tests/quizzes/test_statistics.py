"""Statistics: the check vector of the rule book, and what is empty when."""

from __future__ import annotations

from fractions import Fraction
from math import isfinite

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.points import POINT
from quizzes.intervals import alpha_interval, difference_interval, fisher_interval, mean_interval, wilson_interval
from quizzes.statistics import QuizStatistics, item_statistics, quiz_statistics

ROWS = ((1, 1, 2), (1, 0, 2), (1, 1, 1), (0, 1, 1), (1, 0, 0), (0, 0, 0))
MAXIMA = {1: POINT, 2: POINT, 3: 2 * POINT}
CELLS = {item: [row[item - 1] * POINT for row in ROWS] for item in MAXIMA}


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("facility", (0.6667, 0.50, 0.50)),
        ("sd", (51.64, 54.77, 44.72)),
        ("intended_weight", (25, 25, 50)),
        ("effective_weight", (27.48, 28.45, 44.07)),
        ("discrimination", (31.62, 30.15, 59.41)),
        ("efficiency", (33.33, 33.33, 66.67)),
    ],
)
def test_the_items_of_the_check_vector(name: str, expected: tuple[float, ...]) -> None:
    figures = item_statistics(CELLS, MAXIMA)
    assert [float(getattr(figures[item], name)) for item in MAXIMA] == pytest.approx(expected, abs=0.005)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("mean", 2.1667 * POINT),
        ("median", 2.5 * POINT),
        ("sd", 1.47196 * POINT),
        ("skewness", -0.41807),
        ("kurtosis", -0.85917),
        ("alpha", 55.3846),
        ("error_ratio", 66.7947),
        ("standard_error", 0.98319 * POINT),
    ],
)
def test_the_totals_of_the_check_vector(name: str, expected: float) -> None:
    assert getattr(quiz_statistics(CELLS), name) == pytest.approx(expected, rel=2e-5)


def test_nothing_is_said_of_nobody() -> None:
    assert quiz_statistics({1: [], 2: []}) == QuizStatistics(0)
    figures = item_statistics({1: []}, {1: POINT})[1]
    assert (figures.n, figures.facility, figures.sd, figures.discrimination) == (0, None, None, None)


@pytest.mark.parametrize(("size", "defined"), [(1, 0), (2, 3), (3, 7), (4, 8), (5, 8)])
def test_a_figure_needs_its_least_number_of_attempts(size: int, defined: int) -> None:
    totals = quiz_statistics({1: [7, 5, 9, 1, 0][:size], 2: [1, 0, 0, 1, 1][:size]})
    names = ("mean", "median", "sd", "skewness", "alpha", "error_ratio", "standard_error", "kurtosis")
    assert [getattr(totals, name) is not None for name in names] == [at < defined for at in range(len(names))]


def test_equal_totals_have_no_shape_and_no_consistency() -> None:
    totals = quiz_statistics({1: [1, 0, 1, 0], 2: [0, 1, 0, 1]})
    assert (totals.sd, totals.skewness, totals.kurtosis, totals.alpha, totals.error_ratio) == (
        0,
        None,
        None,
        None,
        None,
    )


def test_an_item_that_all_got_right_tells_nobody_apart() -> None:
    figures = item_statistics({1: [1, 1, 1], 2: [0, 1, 1]}, {1: 1, 2: 1})
    assert (figures[1].facility, figures[1].sd) == (1, 0)
    assert (figures[1].discrimination, figures[1].efficiency) == (None, None)
    assert figures[1].effective_weight == 0


def test_an_item_that_runs_against_the_total_has_no_effective_weight_and_says_so() -> None:
    figures = item_statistics({1: [0, 0, 1, 1], 2: [5, 4, 1, 0]}, {1: 1, 2: 5})
    assert (figures[1].effective_weight, figures[1].is_inverse) == (None, True)
    assert (figures[2].effective_weight, figures[2].is_inverse) == (pytest.approx(100), False)


def test_an_item_worth_nothing_has_no_facility() -> None:
    figures = item_statistics({1: [0, 0], 2: [1, 0]}, {1: 0, 2: 1})
    assert (figures[1].facility, figures[1].sd, figures[1].intended_weight) == (None, None, 0)


def test_students_who_saw_other_questions_are_not_compared_item_by_item() -> None:
    cells = {1: [1, None, 1, 0], 2: [None, 1, 0, 0], 3: [1, 1, 0, 1]}
    figures = item_statistics(cells, {1: 1, 2: 1, 3: 1})
    assert (figures[1].n, figures[1].facility) == (3, Fraction(2, 3))
    assert figures[1].effective_weight is None
    assert quiz_statistics(cells).alpha is None
    assert quiz_statistics(cells).mean == pytest.approx(6 / 4)


MATRICES = st.integers(1, 4).flatmap(
    lambda items: st.lists(st.lists(st.integers(0, 5), min_size=items, max_size=items), max_size=9)
)


@given(MATRICES)
def test_every_figure_is_a_number_or_empty_and_in_its_range(rows: list[list[int]]) -> None:
    items = len(rows[0]) if rows else 1
    cells = {item: [row[item] for row in rows] for item in range(items)}
    figures = item_statistics(cells, dict.fromkeys(cells, 5))
    for each in (*figures.values(), quiz_statistics(cells)):
        assert all(value is None or isfinite(value) for value in vars(each).values())
    for item in figures.values():
        assert item.facility is None or 0 <= item.facility <= 1
        assert item.discrimination is None or abs(item.discrimination) <= 100 + 1e-9
        assert item.efficiency is None or item.efficiency <= 100 + 1e-9


@given(MATRICES, st.randoms(use_true_random=False))
def test_the_order_of_the_attempts_changes_nothing(rows, random) -> None:
    mixed = list(rows)
    random.shuffle(mixed)
    items = len(rows[0]) if rows else 1
    one, other = ({item: [row[item] for row in each] for item in range(items)} for each in (rows, mixed))
    assert item_statistics(one, dict.fromkeys(one, 5)) == item_statistics(other, dict.fromkeys(other, 5))
    assert quiz_statistics(one) == quiz_statistics(other)


@pytest.mark.parametrize(
    ("share", "n", "expected"), [(0.5, 10, (0.2366, 0.7634)), (0, 10, (0, 0.2775)), (1, 5, (0.5655, 1))]
)
def test_the_interval_of_a_facility_is_wilsons(share: float, n: int, expected: tuple[float, float]) -> None:
    assert wilson_interval(share, n) == pytest.approx(expected, abs=1e-4)
    assert wilson_interval(share, 0) is None


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [  # table II of Newcombe's paper, method 10
        ((56 / 70, 70), (48 / 80, 80), (0.0524, 0.3339)),
        ((9 / 10, 10), (3 / 10, 10), (0.1705, 0.8090)),
        ((5 / 56, 56), (0.0, 29), (-0.0381, 0.1926)),
        ((0.0, 10), (0.0, 10), (-0.2775, 0.2775)),
        ((1.0, 10), (0.0, 10), (0.6075, 1.0)),
    ],
)
def test_the_interval_of_a_difference_is_newcombes(
    first: tuple[float, int], second: tuple[float, int], expected: tuple[float, float]
) -> None:
    assert difference_interval(first, second) == pytest.approx(expected, abs=1e-4)
    turned = difference_interval(second, first)
    assert turned == pytest.approx((-expected[1], -expected[0]), abs=1e-4)
    assert difference_interval(first, (0.5, 0)) is None


def test_the_interval_of_a_discrimination_is_fishers() -> None:
    assert fisher_interval(0.5, 28) == pytest.approx((0.1560, 0.7359), abs=1e-4)
    assert fisher_interval(0.5, 3) is None
    assert fisher_interval(1, 20) is None


@pytest.mark.parametrize(
    ("n", "quantile"),
    [(2, 12.7062), (4, 3.1824), (5, 2.7764), (6, 2.5706), (11, 2.2281), (15, 2.1448), (31, 2.0423), (101, 1.9840)],
)
def test_the_interval_of_a_mean_is_students(n: int, quantile: float) -> None:
    found = mean_interval(10, 3, n)
    assert found is not None
    assert found == pytest.approx((10 - quantile * 3 / n**0.5, 10 + quantile * 3 / n**0.5), abs=0.002)
    assert mean_interval(10, 3, 1) is None


def test_the_interval_of_alpha_is_bonetts_and_never_beyond_one() -> None:
    assert alpha_interval(0.8, 10, 52) == pytest.approx((0.6977, 0.8677), abs=1e-4)
    assert alpha_interval(-0.5, 4, 20) == pytest.approx((-2.1895, 0.2946), abs=1e-4)
    assert (alpha_interval(0.8, 1, 52), alpha_interval(0.8, 10, 2), alpha_interval(1, 10, 52)) == (None, None, None)
