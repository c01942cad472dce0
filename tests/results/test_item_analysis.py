"""What each answer drew whom, and the sentence that a teacher can act on."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

import pytest
from flask import Flask

from core.points import FRACTION_ONE, POINT
from quizzes.queries.items import ItemRow
from quizzes.question_types.options import Option
from quizzes.question_types.single_choice import SingleChoiceContent
from quizzes.statistics import QuizStatistics
from results.advice import about_deviation, about_error_ratio, about_item, about_mean, about_middle
from results.item_analysis import LOWER, MIDDLE, UPPER, QuizAnalysis, Words, analyse, thirds_of
from results.queries.statistics import ClassAnswers

OPTIONS = tuple(Option(key, f"Option {key}", FRACTION_ONE if key == "a" else 0) for key in "abcd")


def item(number: int) -> ItemRow:
    content = SingleChoiceContent(OPTIONS)
    from_type = _stored(content)
    return ItemRow(number, number, POINT, number, number, "single_choice", "Why?", "", from_type, "", "")


def _stored(content: SingleChoiceContent) -> dict[str, object]:
    return {
        "options": [{"key": o.key, "text": o.text, "fraction": o.fraction, "feedback": ""} for o in content.options]
    }


def analysed(*answers: Sequence[str | None]) -> QuizAnalysis:
    """Each a student's answers, question by question; None: not asked."""
    found = ClassAnswers()
    for given in answers:
        found.attempts += 1
        for number, key in enumerate(given, 1):
            if key is not None:
                found.add(number, POINT if key == "a" else 0, key)
    found.fill()
    return analyse([item(number) for number in range(1, len(answers[0]) + 1)], found, Words({}))


def of(found: QuizAnalysis, number: int):
    return next(each for each in found.items if each.item.number == number)


@pytest.mark.parametrize(
    ("totals", "thirds"),
    [
        ([1, 2, 3], [LOWER, MIDDLE, UPPER]),
        ([3, 1, 2, 6, 5, 4], [MIDDLE, LOWER, LOWER, UPPER, UPPER, MIDDLE]),
        ([5, 5, 5, 5], [MIDDLE] * 4),
        ([0, 0, 9, 9], [LOWER, LOWER, UPPER, UPPER]),
        ([1], [MIDDLE]),
    ],
)
def test_equal_scores_are_in_one_third(totals: list[int], thirds: list[int]) -> None:
    assert thirds_of(totals) == thirds


def test_an_answer_has_its_number_its_share_and_the_points_elsewhere_of_those_who_gave_it() -> None:
    found = of(analysed("aaa", "aab", "baa", "bbb", "bbb", ("", "b", "a")), 1)
    by_key = {drawn.row.key: drawn for drawn in found.drawn}
    assert (by_key["a"].n, by_key["a"].share, by_key["a"].mean_rest) == (2, Fraction(1, 3), Fraction(3 * POINT, 2))
    assert (by_key["b"].n, by_key["b"].mean_rest) == (3, Fraction(2 * POINT, 3))
    assert (by_key["d"].n, by_key["d"].mean_rest) == (0, None)
    assert found.left_out is not None
    assert (found.left_out.n, found.left_out.mean_rest) == (1, POINT)
    assert sum(sum(drawn.thirds) for drawn in (*found.drawn, found.left_out)) == 6


def test_questions_come_hardest_first() -> None:
    found = analysed("aba", "abb", "aab")
    assert [each.item.number for each in found.items] == [2, 3, 1]


def test_a_question_that_some_were_not_asked_stands_for_those_who_were() -> None:
    found = analysed(("a", "b"), (None, "a"), ("b", "a"))
    assert not found.is_complete
    assert of(found, 1).figures.n == 2
    assert of(found, 1).figures.facility == Fraction(1, 2)


def test_a_question_that_nobody_was_asked_has_no_figures() -> None:
    found = analysed(("a", None), ("b", None))
    assert of(found, 2).figures.n == 0
    assert found.is_complete
    assert found.maximum == POINT


@pytest.mark.sqlite_only
class TestAdvice:
    """Words, hence within the application."""

    @pytest.fixture(autouse=True)
    def _context(self, app: Flask):
        with app.test_request_context():
            yield

    def test_top_scorers_on_a_wrong_answer_say_check_the_key(self) -> None:
        found = analysed(*["baaa"] * 4, "aaaa", *["abbb"] * 5, *["cbab"] * 5)
        top = of(found, 1).thirds[UPPER]
        assert about_item(of(found, 1))[0] == f"4 of your {top} top scorers chose B: check the key."

    def test_a_question_that_runs_against_the_rest_is_named_from_fifteen_on(self) -> None:
        few, many = ["abb", "baa", "abb", "baa"] * 3, ["abb", "baa", "abb", "baa"] * 4
        assert not any("did worse here" in words for words in about_item(of(analysed(*few), 1)))
        assert of(analysed(*few), 1).discrimination is None
        found = of(analysed(*many), 1)
        assert found.discrimination == pytest.approx(-100)
        assert "did worse here" in " ".join(about_item(found))

    @pytest.mark.parametrize(
        ("answers", "words"),
        [
            (["a"] * 20, "Nearly everyone had it"),
            ([*"a" * 3, *"bcd" * 7], "Hard for nearly everyone"),
            ([*"a" * 9, *[""] * 6, "b", "c", "d"], "6 left it out"),
            ([*"a" * 10, *"bc" * 3], "Nobody chose D"),
        ],
    )
    def test_each_says_what_stands_out(self, answers: list[str], words: str) -> None:
        found = analysed(*[(answer, "a" if at % 3 else "b") for at, answer in enumerate(answers)])
        assert words in " ".join(about_item(of(found, 1)))

    def test_a_common_wrong_answer_is_named_with_how_its_choosers_did(self) -> None:
        found = analysed(*["aaa"] * 6, *["baa"] * 1, *["bbb"] * 4)
        assert "5 of 11 chose B (0.4 points elsewhere; those who were right 2): take it up in class." in about_item(
            of(found, 1)
        )

    @pytest.mark.parametrize(
        ("mean", "words"),
        [(9, "Of 10 points: the class has it"), (4.9, "less than half"), (7, "first questions above")],
    )
    def test_the_mean_says_whether_to_go_on(self, mean: float, words: str) -> None:
        assert words in about_mean(QuizStatistics(9, mean=mean * POINT), 10 * POINT)

    @pytest.mark.parametrize(("median", "words"), [(8, "truer word"), (6, "no more than this"), (7.1, "agrees")])
    def test_the_middle_score_is_held_against_the_mean(self, median: float, words: str) -> None:
        assert words in about_middle(QuizStatistics(9, mean=7 * POINT, median=median * POINT, sd=2 * POINT))

    @pytest.mark.parametrize(("sd", "words"), [(0.9, "close together"), (2, "typical attempt"), (3, "far apart")])
    def test_the_deviation_says_whether_one_plan_does_for_all(self, sd: float, words: str) -> None:
        assert words in about_deviation(QuizStatistics(9, sd=sd * POINT), 10 * POINT)

    def test_a_spread_that_is_mostly_chance_compares_nobody(self) -> None:
        assert "before you compare students" in about_error_ratio(QuizStatistics(9, error_ratio=71))
        assert "more questions make it smaller" in about_error_ratio(QuizStatistics(9, error_ratio=55))
