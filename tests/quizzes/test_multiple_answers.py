"""The five rules, against PRODUCT 3.2 worked out by hand and against each other."""

from fractions import Fraction

import pytest

from core.points import FRACTION_ONE, parse_percent
from quizzes.question_types import TYPES
from quizzes.question_types.multiple_answers import (
    OWN_SHARES,
    RULE_NAMES,
    RULE_WORDS,
    MultipleAnswersContent,
    Tally,
    score,
)
from quizzes.question_types.options import Option

KIND = TYPES["multiple_answers"]
RULES = ("all_or_nothing", "net_correct", "every_decision", "coverage", "balanced")


def units(text: str) -> int:
    return round(Fraction(text) * FRACTION_ONE)


# n, c, t, w: what all or nothing, net correct, every decision, coverage and balanced give.
@pytest.mark.parametrize(
    ("tally", "expected"),
    [
        ((4, 2, 2, 0), ("1", "1", "1", "1", "1")),
        ((4, 2, 1, 0), ("0", "1/2", "3/4", "1/2", "1/2")),
        ((4, 2, 2, 1), ("0", "1/2", "3/4", "2/3", "1/2")),
        ((4, 2, 1, 1), ("0", "0", "1/2", "1/4", "0")),
        ((4, 2, 2, 2), ("0", "0", "1/2", "1/2", "0")),
        ((4, 2, 0, 2), ("0", "0", "0", "0", "0")),
        ((4, 2, 0, 0), ("0", "0", "1/2", "0", "0")),
        ((5, 3, 2, 1), ("0", "1/3", "3/5", "4/9", "1/6")),
        ((6, 1, 1, 1), ("0", "0", "5/6", "1/2", "4/5")),
        ((3, 3, 2, 0), ("0", "2/3", "2/3", "2/3", "2/3")),
    ],
)
def test_the_rules(tally: tuple[int, int, int, int], expected: tuple[str, ...]) -> None:
    given = [score(rule, Tally(*tally)) for rule in RULES]
    assert given == [units(text) for text in expected]


def test_every_rule_stays_between_nothing_and_everything_and_rewards_the_key_alone() -> None:
    for n in range(2, 7):
        for c in range(1, n + 1):
            for t in range(c + 1):
                for w in range(n - c + 1):
                    for rule in RULES:
                        fraction = score(rule, Tally(n, c, t, w))
                        assert 0 <= fraction <= FRACTION_ONE
                        assert (fraction == FRACTION_ONE) == (t == c and w == 0)


def test_every_rule_has_a_name_and_words_for_the_student() -> None:
    assert set(RULE_NAMES) == set(RULE_WORDS) == {*RULES, OWN_SHARES}


def test_an_unknown_rule_is_an_error() -> None:
    with pytest.raises(ValueError, match="guess"):
        score("guess", Tally(4, 2, 1, 0))


def content(rule: str, *, tell_count: bool = True) -> MultipleAnswersContent:
    right, wrong = FRACTION_ONE, 0
    options = [Option(key, key.upper(), right if key in "ab" else wrong) for key in "abcd"]
    return MultipleAnswersContent(tuple(options), rule, tell_count)


@pytest.mark.parametrize("rule", RULES)
def test_leaving_it_out_earns_nothing_under_any_rule(rule: str) -> None:
    assert KIND.grade(content(rule), None) == 0
    assert KIND.grade(content(rule), {"choices": []}) == 0


def test_the_rule_is_shown_before_answering() -> None:
    for rule in RULES:
        assert KIND.public_content(content(rule))["rule"] == str(RULE_WORDS[rule])


def test_choosing_too_many_is_remarked_on_and_never_refused() -> None:
    answer = KIND.parse_answer(content("net_correct"), {"answer": ["a", "b", "c"]})
    assert KIND.remark(content("net_correct"), answer) == "Choose two, you have chosen three"
    assert KIND.remark(content("net_correct"), {"choices": ["a", "c"]}) is None


def test_the_number_of_right_options_is_told_only_if_the_author_wants() -> None:
    silent = content("net_correct", tell_count=False)
    assert KIND.public_content(silent)["choose"] == ""
    assert KIND.remark(silent, {"choices": ["a"]}) is None


def test_the_answer_key_does_not_depend_on_the_order_of_options() -> None:
    turned = MultipleAnswersContent(tuple(reversed(content("coverage").options)), "coverage")
    answers = [KIND.parse_answer(c, {"answer": ["b", "a"]}) for c in (content("coverage"), turned)]
    assert {KIND.answer_key(turned, answer) for answer in answers} == {"a,b"}


def test_a_question_without_a_right_option_cannot_be_asked() -> None:
    nothing_right = MultipleAnswersContent((Option("a", "A"), Option("b", "B")), "coverage")
    assert [problem.field for problem in KIND.validate(nothing_right)] == ["options"]


@pytest.mark.parametrize(
    ("chosen", "expected"),
    [("ab", FRACTION_ONE), ("a", FRACTION_ONE // 2), ("abc", FRACTION_ONE // 4), ("c", 0), ("abcd", 0), ("", 0)],
)
def test_options_with_shares_of_their_own_are_added_up_and_held_within_the_points(chosen: str, expected: int) -> None:
    shares = {"a": 50, "b": 50, "c": -75, "d": -100}
    options = tuple(Option(key, key, share * FRACTION_ONE // 100) for key, share in shares.items())
    content = MultipleAnswersContent(options, OWN_SHARES)
    assert KIND.validate(content) == []
    assert KIND.grade(content, {"choices": list(chosen)}) == expected


def test_three_thirds_are_all_and_two_are_refused() -> None:
    third = parse_percent("33.33333")
    options = tuple(Option(key, key, third) for key in "abc")
    content = MultipleAnswersContent((*options, Option("d", "d")), OWN_SHARES)
    assert KIND.grade(content, {"choices": ["a", "b", "c"]}) == FRACTION_ONE
    assert KIND.validate(content) == []
    short = MultipleAnswersContent((*options[:2], Option("d", "d")), OWN_SHARES)
    assert [problem.field for problem in KIND.validate(short)] == ["options"]
