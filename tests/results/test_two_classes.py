"""Two classes side by side: what may be told of the difference."""

from __future__ import annotations

from fractions import Fraction

import pytest

from results.chances import ClassShare, Difference, difference_in_words, difference_of


def share(part: str, n: int) -> ClassShare:
    return ClassShare(Fraction(part), n)


def test_a_difference_has_its_interval_in_points_of_a_hundred() -> None:
    assert difference_of(share("4/5", 70), share("3/5", 80)) == Difference(20, 5, 33)
    assert difference_of(share("3/5", 80), share("4/5", 70)) == Difference(-20, -33, -5)


def test_a_difference_that_small_classes_may_show_by_chance_says_so(app) -> None:
    with app.test_request_context():
        words = difference_in_words(share("4/5", 10), share("3/5", 10))
        assert "+20 points, within chance" in words
        assert "more than chance" in difference_in_words(share("4/5", 70), share("3/5", 80))


@pytest.mark.parametrize("few", [ClassShare(), share("1/2", 4), ClassShare(None, 9)])
def test_nothing_is_told_of_fewer_than_five_answers(app, few: ClassShare) -> None:
    assert few.told is None
    assert difference_of(few, share("1/2", 20)) is None
    assert difference_of(share("1/2", 20), few) is None
    with app.test_request_context():
        assert "five answers" in difference_in_words(few, share("1/2", 20))
    assert share("1/2", 5).told == Fraction(1, 2)


def test_an_end_is_never_rounded_over_to_no_difference() -> None:
    found = difference_of(share("203/1000", 1000), share("168/1000", 1000))
    assert found is not None
    assert found.low == 1  # 0.1 points
    assert not found.is_chance
