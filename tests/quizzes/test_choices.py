"""Single choice and true/false."""

import pytest

from core.points import FRACTION_ONE
from quizzes.question_types import TYPES
from quizzes.question_types.options import Option, new_key
from quizzes.question_types.single_choice import SingleChoiceContent
from quizzes.question_types.true_false import TrueFalseContent

SINGLE, TRUE_FALSE = TYPES["single_choice"], TYPES["true_false"]
HALF = FRACTION_ONE // 2
CONTENT = SingleChoiceContent(
    (
        Option("a", "Right", FRACTION_ONE, "Yes."),
        Option("b", "Nearly", HALF, "Look again."),
        Option("c", "Wrong", 0),
        Option("d", "Harmful", -HALF, "No."),
    )
)


@pytest.mark.parametrize(("key", "fraction"), [("a", FRACTION_ONE), ("b", HALF), ("c", 0), ("d", 0)])
def test_an_option_earns_its_fraction_and_never_less_than_nothing(key: str, fraction: int) -> None:
    assert SINGLE.grade(CONTENT, {"choice": key}) == fraction


def test_only_the_feedback_of_the_chosen_option_is_given() -> None:
    assert SINGLE.feedback_for(CONTENT, {"choice": "b"}) == ["Look again."]
    assert SINGLE.feedback_for(CONTENT, {"choice": "c"}) == []


def test_an_option_that_a_later_version_took_away_earns_nothing() -> None:
    assert SINGLE.grade(CONTENT, {"choice": "gone"}) == 0
    assert SINGLE.answer_lines(CONTENT, {"choice": "gone"}) == []


@pytest.mark.parametrize(
    ("options", "fields"),
    [
        ((), ["options", "options"]),
        ((Option("a", "One", FRACTION_ONE),), ["options"]),
        ((Option("a", "One", HALF), Option("b", "Two")), ["options"]),
        ((Option("a", "One", FRACTION_ONE), Option("b", " ")), ["options.1.text"]),
        ((Option("a", "One", FRACTION_ONE), Option("b", "one ")), ["options.1.text"]),
        (
            (Option("a", "One", FRACTION_ONE), Option("b", "Two", 2 * FRACTION_ONE)),
            ["options.1.fraction"],
        ),
        (
            (Option("a", "One", FRACTION_ONE), Option("b", "x" * 1001, 0, "y" * 2001)),
            ["options.1.text", "options.1.feedback"],
        ),
        (
            tuple(Option(f"k{n}", f"Option {n}", FRACTION_ONE) for n in range(21)),
            ["options"],
        ),
    ],
)
def test_what_an_author_has_to_put_right(options: tuple[Option, ...], fields: list[str]) -> None:
    assert [problem.field for problem in SINGLE.validate(SingleChoiceContent(options))] == fields


def test_options_in_a_fixed_order_are_not_shuffled() -> None:
    assert SINGLE.option_keys(CONTENT) == ["a", "b", "c", "d"]
    assert SINGLE.option_keys(SingleChoiceContent(CONTENT.options, fixed_order=True)) == []


def test_an_order_that_lacks_an_option_shows_it_last() -> None:
    shown = SINGLE.public_content(CONTENT, ["d", "b"])["options"]
    assert [option["key"] for option in shown] == ["d", "b", "a", "c"]


def test_a_new_key_is_not_one_that_is_taken() -> None:
    taken = {f"{number:04x}" for number in range(0x10000)} - {"beef"}
    assert new_key(taken) == "beef"


@pytest.mark.parametrize("right", [True, False])
def test_true_and_false(right: bool) -> None:
    content = TrueFalseContent(right, "Said true.", "Said false.")
    assert TRUE_FALSE.grade(content, {"choice": "true"}) == (FRACTION_ONE if right else 0)
    assert TRUE_FALSE.grade(content, {"choice": "false"}) == (0 if right else FRACTION_ONE)
    assert TRUE_FALSE.feedback_for(content, {"choice": "false"}) == ["Said false."]
    assert TRUE_FALSE.key_lines(content) == ["True" if right else "False"]
    assert TRUE_FALSE.option_keys(content) == []
