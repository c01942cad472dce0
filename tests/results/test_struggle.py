"""Where points were lost, as shares and levels."""

from fractions import Fraction

import pytest

from results.struggle import UNTESTED, AnchoredItem, by_place, by_sentence, combine, level_of


@pytest.mark.parametrize(
    ("share", "level"),
    [
        (Fraction(0), 1),
        (Fraction(9, 100), 1),
        (Fraction(10, 100), 2),
        (Fraction(19, 100), 2),
        (Fraction(20, 100), 3),
        (Fraction(34, 100), 3),
        (Fraction(344, 1000), 3),
        (Fraction(345, 1000), 4),
        (Fraction(35, 100), 4),
        (Fraction(1), 4),
    ],
)
def test_a_share_of_points_lost_has_a_level(share: Fraction, level: int) -> None:
    assert level_of(share) == level


def item(number: int, sentences: set[int], lost: int, possible: int, graded: int = 10) -> AnchoredItem:
    return AnchoredItem(number, frozenset(sentences), lost, possible, graded)


def test_a_place_that_no_question_tests_is_untested() -> None:
    assert combine([]) == UNTESTED
    assert by_place([item(1, {5}, 1, 2)], {1: frozenset({6})})[1] == UNTESTED


def test_a_place_without_a_graded_answer_has_no_share() -> None:
    place = combine([item(3, {5}, 0, 0, graded=0)])
    assert (place.share, place.level, place.numbers) == (None, 0, (3,))


def test_questions_on_one_sentence_are_summed_by_points_not_averaged() -> None:
    places = by_sentence([item(1, {5, 6}, 10, 10), item(2, {6}, 0, 90)])
    assert places[5].share == 1
    assert places[6].share == Fraction(10, 100)
    assert places[6].numbers == (1, 2)


def test_a_question_counts_once_for_a_paragraph_however_many_sentences_it_tests() -> None:
    places = by_place([item(1, {5, 6}, 3, 10), item(2, {6}, 1, 10)], {4: frozenset({5, 6, 7})})
    assert places[4].share == Fraction(4, 20)
