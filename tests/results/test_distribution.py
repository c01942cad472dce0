"""Middle scores and bins."""

import pytest

from core.points import POINT
from quizzes.figures import ScoreCount, middle_score
from results.distribution import bin_width, histogram


def scores(*pairs: tuple[float, int], waiting: bool = False) -> list[ScoreCount]:
    return [ScoreCount(int(points * POINT), waiting, students) for points, students in pairs]


@pytest.mark.parametrize(
    ("counts", "middle"),
    [
        ([], None),
        (scores((7, 1)), 7 * POINT),
        (scores((2, 1), (3, 1)), 5 * POINT // 2),
        (scores((2, 1), (3, 3), (9, 1)), 3 * POINT),
        (scores((0, 2), (10, 2)), 5 * POINT),
        (scores((2, 5), waiting=True), None),
    ],
)
def test_the_middle_score_is_the_median_of_final_scores(counts: list[ScoreCount], middle: int | None) -> None:
    assert middle_score(counts) == middle


@pytest.mark.parametrize(
    ("maximum", "width"), [(0, 1), (5, 1), (10, 1), (11, 2), (21, 2), (22, 5), (100, 10), (1000, 100)]
)
def test_there_are_never_more_than_eleven_bins(maximum: int, width: int) -> None:
    assert bin_width(maximum * POINT) == width * POINT
    assert maximum // width + 1 <= 11


def test_every_final_score_falls_in_one_bin() -> None:
    bins = histogram(scores((0, 1), (0.5, 2), (1, 3), (5, 4)), 5 * POINT)
    assert [b.students for b in bins] == [3, 3, 0, 0, 0, 4]
    assert [b.label for b in bins] == ["0", "1", "2", "3", "4", "5"]


def test_wide_bins_say_from_where_to_where() -> None:
    assert [b.label for b in histogram([], 12 * POINT)] == ["0–1", "2–3", "4–5", "6–7", "8–9", "10–11", "12"]


def test_exactly_one_bin_holds_the_middle() -> None:
    bins = histogram(scores((2, 1), (3, 3), (9, 1)), 10 * POINT)
    assert [b.is_middle for b in bins].index(True) == 3
    assert sum(b.is_middle for b in bins) == 1
