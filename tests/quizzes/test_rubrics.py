import pytest

from core.points import FRACTION_ONE, POINT
from quizzes.question_types.rubrics import (
    Criterion,
    Level,
    fraction_of_choice,
    most_of,
    read_rubric,
    rubric_problems,
    write_rubric,
)

REASONS = Criterion("r", "Reasons", (Level("1", "none", 0), Level("2", "one", POINT), Level("3", "both", 2 * POINT)))
WORDS = Criterion("w", "Own words", (Level("1", "copied", 0), Level("2", "own", POINT)))
RUBRIC = (REASONS, WORDS)


def test_a_rubric_survives_the_database() -> None:
    assert read_rubric(write_rubric(RUBRIC)) == RUBRIC


def test_the_best_levels_together_earn_everything() -> None:
    assert most_of(RUBRIC) == 3 * POINT
    assert fraction_of_choice(RUBRIC, {"r": "3", "w": "2"}) == FRACTION_ONE
    assert fraction_of_choice(RUBRIC, {"r": "2", "w": "1"}) == 3_333_333_333
    assert fraction_of_choice(RUBRIC, {"r": "1", "w": "1"}) == 0


@pytest.mark.parametrize("chosen", [{}, {"r": "3"}, {"r": "3", "w": "9"}, {"r": "3", "gone": "2"}])
def test_nothing_is_earned_until_every_criterion_has_a_level(chosen: dict[str, str]) -> None:
    assert fraction_of_choice(RUBRIC, chosen) is None


def test_without_a_rubric_there_is_nothing_to_work_out() -> None:
    assert fraction_of_choice((), {}) is None


@pytest.mark.parametrize(
    ("criterion", "fields"),
    [
        (Criterion("a", " ", WORDS.levels), ["rubric.0.text"]),
        (Criterion("a", "x" * 501, WORDS.levels), ["rubric.0.text"]),
        (Criterion("a", "One", WORDS.levels[:1]), ["rubric.0.levels"]),
        (Criterion("a", "One", (Level("1", "", 0), Level("2", "", 0))), ["rubric.0.levels"]),
        (Criterion("a", "One", (Level("1", "", -1), Level("2", "", 1))), ["rubric.0.levels"]),
        (Criterion("a", "One", (Level("1", "x" * 501, 0), Level("2", "", 1))), ["rubric.0.levels"]),
        (Criterion("a", "One", tuple(Level(str(n), "", n) for n in range(9))), ["rubric.0.levels"]),
        (WORDS, []),
    ],
)
def test_what_an_author_has_to_put_right(criterion: Criterion, fields: list[str]) -> None:
    assert [problem.field for problem in rubric_problems((criterion,))] == fields


def test_there_are_not_more_criteria_than_anybody_can_use() -> None:
    assert [problem.field for problem in rubric_problems((WORDS,) * 13)] == ["rubric"]
