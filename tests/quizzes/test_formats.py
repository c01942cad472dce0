"""Plain text read into questions: each form gives its type, what is unclear is refused with its line."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from flask_babel import Babel
from hypothesis import given
from hypothesis import strategies as st

from core.points import FRACTION_ONE, POINT
from quizzes.formats.neutral import NeutralQuestion, Reading
from quizzes.formats.pasted import read_pasted
from quizzes.question_types import TYPES

WORDLESS = Flask("wordless")
Babel(WORDLESS)


@pytest.fixture(autouse=True)
def _words() -> Iterator[None]:
    with WORDLESS.test_request_context():
        yield


def one(text: str) -> NeutralQuestion:
    """The single question of a text in which everything is understood."""
    reading = read_pasted(text)
    assert not reading.refused, reading.refused
    assert len(reading.questions) == 1, reading.questions
    return reading.questions[0]


def refused(text: str) -> list[tuple[int, str]]:
    """What a text says that makes no question."""
    return [(remark.line, remark.message) for remark in read_pasted(text).refused]


def answers(question: NeutralQuestion) -> list[tuple[str, int]]:
    """Each answer with the per cent that it earns."""
    content: Any = question.content
    rows = getattr(content, "options", None) or content.forms
    return [(row.text, row.fraction * 100 // FRACTION_ONE) for row in rows]


@pytest.mark.parametrize(
    ("text", "kind", "stem", "expected"),
    [
        ("Who? {=Ann ~Bob ~Cy}", "single_choice", "Who?", [("Ann", 100), ("Bob", 0), ("Cy", 0)]),
        ("Who?{~Ann~%50%Bob=Cy}", "single_choice", "Who?", [("Ann", 0), ("Bob", 50), ("Cy", 100)]),
        ("It is {~old =new} today.", "single_choice", "It is _____ today.", [("old", 0), ("new", 100)]),
        ("4. It ended in 1953. {=yes ~no}", "single_choice", "It ended in 1953.", [("yes", 100), ("no", 0)]),
        ("Two? {~%50%a ~%50%b ~%-50%c}", "multiple_answers", "Two?", [("a", 100), ("b", 100), ("c", 0)]),
        ("Who? {=Ann =Anna}", "short_answer", "Who?", [("Ann", 100), ("Anna", 100)]),
        ("Who? {=Ann =%50%Anna}", "short_answer", "Who?", [("Ann", 100), ("Anna", 50)]),
        ("1. Who?\na) Ann\n*b) Bob", "single_choice", "Who?", [("Ann", 0), ("Bob", 100)]),
        ("1) Who?\n(a) Ann\n(b) *Bob", "single_choice", "Who?", [("Ann", 0), ("Bob", 100)]),
        ("Who?\na. Ann =\nb. Bob *", "single_choice", "Who?", [("Ann =", 0), ("Bob", 100)]),
        ("Who?\n\n=a) Ann\nb) Bob", "single_choice", "Who?", [("Ann", 100), ("Bob", 0)]),
        ("Who?\nA) Ann\nB) Bob\nANSWER: B", "single_choice", "Who?", [("Ann", 0), ("Bob", 100)]),
        ("Who?\nA. Ann\nB. Bob\nAnswers: A and B", "multiple_answers", "Who?", [("Ann", 100), ("Bob", 100)]),
        ("Who?\n- Ann\n* Bob", "single_choice", "Who?", [("Ann", 0), ("Bob", 100)]),
        ("Who\nwas it?\na) Ann\nLee\n*b) Bob", "single_choice", "Who was it?", [("Ann Lee", 0), ("Bob", 100)]),
        ("3. Who?\nAnswer: Ann", "short_answer", "Who?", [("Ann", 100)]),
    ],
)  # fmt: skip
def test_a_form_gives_its_type_and_answers(text: str, kind: str, stem: str, expected: list[tuple[str, int]]) -> None:
    question = one(text)
    assert (question.type, question.stem, answers(question)) == (kind, stem, expected)


@pytest.mark.parametrize(
    ("text", "is_right"), [("It is. {T}", True), ("It is.{FALSE}", False), ("It is.\nANSWER: false", False)]
)
def test_true_and_false(text: str, is_right: bool) -> None:
    question = one(text)
    assert question.type == "true_false"
    assert question.content.right is is_right


def test_true_and_false_explain_the_wrong_side_first() -> None:
    content = one("It is. {F#You were wrong.#You were right.####Read ¶ 2.}").content
    assert (content.feedback_true, content.feedback_false) == ("You were wrong.", "You were right.")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("How many? {#3.5:0.1}", [("3.5", "absolute", "0.1", "")]),
        ("How many? {#1..5}", [("1", "range", "0", "5")]),
        ("How many? {#=1822:0 =%50%1822:2}", [("1822", "absolute", "0", ""), ("1822", "absolute", "2", "")]),
        ("How many?\nANSWER: 1953", [("1953", "absolute", "0", "")]),
        ("How many?\nANSWER: 3.5 ± 0.1", [("3.5", "absolute", "0.1", "")]),
        ("How many?\nANSWER: 3.5:0.1", [("3.5", "absolute", "0.1", "")]),
        ("How many?\nANSWER: -3 .. 4.5", [("-3", "range", "0", "4.5")]),
    ],
)
def test_numbers(text: str, expected: list[tuple[str, str, str, str]]) -> None:
    question = one(text)
    assert question.type == "numeric"
    accepted = [(row.value, row.kind, row.tolerance, row.high) for row in question.content.accepted]
    assert accepted == expected


def test_pairs_of_both_forms() -> None:
    for text in (
        "Who? {=Ann -> North\n=Bob->South # He.\n= -> East =Cy -> North}",
        "1. Who?\n- Ann -> North\n- Bob->South\n# He.\n-  -> East\n- Cy -> North",
    ):
        question = one(text)
        pairs = question.content.pairs
        assert question.type == "matching"
        assert [(pair.prompt, pair.answer, pair.feedback) for pair in pairs] == [
            ("Ann", "North", ""), ("Bob", "South", "He."), ("", "East", ""), ("Cy", "North", ""),
        ]  # fmt: skip
        assert pairs[0].answer_key == pairs[3].answer_key
        keys = {pair.key for pair in pairs} | {pair.answer_key for pair in pairs}
        assert len(keys) == 7


def test_several_braces_in_a_sentence_are_gaps() -> None:
    question = one("2. The {=fighting =%50%shooting ~war # No.}, not the\n war, ended in {=1953 =in 1953}.")
    content = question.content
    assert (question.type, question.stem) == ("blanks", "Fill the gaps.")
    assert content.text == "The [[fighting]], not the war, ended in [[1953|in 1953]]."
    first, second = content.gaps
    assert [(word.text, word.fraction) for word in first.also] == [("shooting", FRACTION_ONE // 2)]
    assert [word.text for word in first.wrong] == ["war"]
    assert (first.feedback, second.wrong) == ("No.", ())


def test_double_brackets_in_a_list_are_gaps() -> None:
    question = one("3. Find the words.\nWork begins in [[spring|May]] at [[sea]]. ¶ 4.1 [2 points]\nHint: Look.")
    assert (question.type, question.stem, question.hint) == ("blanks", "Find the words.", "Look.")
    assert question.content.text == "Work begins in [[spring|May]] at [[sea]]."
    assert (question.place, question.points) == ("¶ 4.1", 2 * POINT)


def test_an_order_and_a_poll_say_so() -> None:
    order = one("What first?\n- One\n- Two\n- Three\nTYPE: order")
    assert (order.type, [step.text for step in order.content.steps]) == ("ordering", ["One", "Two", "Three"])
    poll = one("Been there?\na) Yes\n# Tell us.\nb) No\nType: poll")
    assert (poll.type, [(row.text, row.feedback) for row in poll.content.options]) == (
        "poll",
        [("Yes", "Tell us."), ("No", "")],
    )


def test_a_list_may_name_several_forms_of_an_answer() -> None:
    assert answers(one("Who?\nANSWER: Ann | Anna")) == [("Ann", 100), ("Anna", 100)]


def test_empty_braces_and_a_bare_question_are_open_answers() -> None:
    assert one("Why? {}").type == "open_answer"
    bare = one("Why did it end?")
    assert bare.type == "open_answer"
    assert [remark.line for remark in bare.warnings] == [1]


def test_what_a_backslash_protects_is_text() -> None:
    question = one(r"Is \{x\} \= 5\#1? {=\~yes\: \= ~no \\ or \}}")
    assert question.stem == "Is {x} = 5#1?"
    assert answers(question) == [("~yes: =", 100), ("no \\ or }", 0)]


def test_explanations_titles_comments_places_and_points() -> None:
    text = "// [tag:causes] [tag: war ]\n::Q1:: Who? ¶ 4.3 [2 points] {=Ann # Yes. ~Bob#No.####Read it\nagain.}"
    question = one(text)
    assert [option.feedback for option in question.content.options] == ["Yes.", "No."]
    assert (question.general_feedback, question.title, question.stem) == ("Read it again.", "Q1", "Who?")
    assert (question.place, question.points, question.tags) == ("¶ 4.3", 2 * POINT, ("causes", "war"))
    assert "Q1" in question.warnings[0].message


@pytest.mark.parametrize("tail", [" ¶ 4.3 [2 points]", " [2 points] ¶ 4.3", ". ¶ 4.3 [2 points]"])
def test_a_place_and_points_after_the_answers_make_no_gap(tail: str) -> None:
    question = one("Who? {=Ann ~Bob}" + tail)
    assert (question.stem, question.place, question.points) == ("Who?", "¶ 4.3", 2 * POINT)
    gapped = one("The vote {=won ~lost} in May. ¶ 4.3")
    assert (gapped.stem, gapped.place) == ("The vote _____ in May.", "¶ 4.3")


def test_a_list_says_more_below_its_options() -> None:
    text = "1. Who?\na) Ann\n# Not she.\n*b) Bob ¶ 2.1\n[1.5 points]\nFEEDBACK: See above.\nHint: Look.\nTags: one, two"
    question = one(text)
    assert [option.feedback for option in question.content.options] == ["Not she.", ""]
    assert (question.general_feedback, question.hint) == ("See above.", "Look.")
    assert (question.place, question.points, question.tags) == ("¶ 2.1", 3 * POINT // 2, ("one", "two"))


def test_forms_may_follow_one_another() -> None:
    lists = "1. Who?\n*a) Ann\nb) Bob\n2. Where? ¶ 3\na) Here\n*b) There"
    text = f"{lists}\n\nIs it? {{T}}\nWas it? {{F}}\n\nWhen?\n\na. Now\nb. Then\nANSWER: B"
    reading = read_pasted(text)
    assert not reading.refused
    assert [(row.line, row.stem) for row in reading.questions] == [
        (1, "Who?"), (4, "Where?"), (8, "Is it?"), (9, "Was it?"), (11, "When?"),
    ]  # fmt: skip


def test_an_empty_line_within_braces_ends_nothing() -> None:
    assert answers(one("Who? {\n=Ann\n\n~Bob\n}")) == [("Ann", 100), ("Bob", 0)]


@pytest.mark.parametrize(
    ("text", "line", "word"),
    [
        ("Who? {=Ann ~Bob", 1, "closed"),
        ("\n\nWho? {Ann}", 3, "="),
        ("Who? {=A {x} ~B}", 1, "brace"),
        ("Who?\na) Ann\nb) Bob", 1, "marked as right"),
        ("Who?\na) Ann\n*b) Bob\nANSWER: A", 4, "stars"),
        ("Who?\na) Ann\nb) Bob\nANSWER: D", 4, "no option D"),
        ("Who?\na) Ann\nb) Bob\nANSWER: the first", 4, "letter"),
        ("Who? {~Ann ~Bob}", 1, "right"),
        ("Who? {=Ann}\n\nWho? {=%50%Ann}", 3, "all points"),
        ("{=Ann ~Bob}", 1, "no question"),
        ("How many? {#many}", 1, "not a number"),
        ("Pairs? {=a -> b =c}", 1, "->"),
        ("Pairs? {=a -> b ~c -> d}", 1, "none is wrong"),
        ("Pairs? {=a -> b =c -> b}", 1, "two different answers"),
        ("Pairs?\n- a -> b\n- c", 3, "->"),
        ("A {=b} c {~d}.", 1, "right word"),
        ("A {=b} c {T}.", 1, "="),
        ("Who? {=Ann ~Bob} Where? {=Here ~There}", 1, "several pairs"),
        ("See [[this]], {=b} or {=c}.", 1, "not both"),
        ("A {=b|c} or {=d}.", 1, "|"),
        ("What first?\n- a\n- b\nTYPE: order", 1, "three things"),
        ("What first?\n- a\n* b\nTYPE: poll", 1, "star"),
        ("What first?\n- a\n- b\nTYPE: puzzle", 1, "not known"),
        ("What first?\nTYPE: order", 1, "needs options"),
        ("A [[b]] and [[ ]].", 1, "right word"),
        ("These are our questions", 1, "no answers"),
        ("a) Ann\n*b) Bob", 1, "no question"),
        ("", 1, "no question"),
        ("Who? {=Ann =%900%Bob}", 1, "weight"),
        ("Who?\n*a) Ann\nb) Bob\nPoints: many", 1, "points"),
    ],
)
def test_what_is_unclear_is_refused_with_its_line(text: str, line: int, word: str) -> None:
    remarks = refused(text)
    assert [at for at, _message in remarks] == [line]
    assert word in remarks[0][1]


def test_one_bad_question_spoils_no_other() -> None:
    reading = read_pasted("Who? {=Ann ~Bob}\n\nBroken {\n\nIs it? {T}")
    assert [question.line for question in reading.questions] == [1, 5]
    assert [remark.line for remark in reading.refused] == [3]


def test_categories_and_weights_are_told_when_they_are_left_out() -> None:
    reading = read_pasted("$CATEGORY: $course$/top\n\nTwo? {~%70%a ~%20%b ~c}")
    assert [remark.line for remark in reading.notes] == [1]
    assert reading.questions[0].content.rule == "net_correct"
    assert "Net correct" in reading.questions[0].warnings[0].message


@pytest.mark.parametrize(
    ("weights", "shares", "is_told"),
    [
        ("~%50%red ~%50%white ~%-100%green", [50, 50, -100], False),
        ("~%70%a ~%30%b ~%-10%c", [70, 30, -10], False),
        ("~%50%a ~%50%b ~c", [50, 50, 0], True),
    ],
)
def test_weights_that_make_all_points_together_are_each_options_own_share(
    weights: str, shares: list[int], is_told: bool
) -> None:
    (question,) = read_pasted(f"Which? {{{weights}}}").questions
    assert question.content.rule == "own_shares"
    assert [option.fraction * 100 // FRACTION_ONE for option in question.content.options] == shares
    assert any("all options" in remark.message for remark in question.warnings) is is_told


@given(st.text(alphabet="{}~=#\\:%*-ab1)(.?\n \ufdd0¶T$/>[]", max_size=120))
def test_no_text_breaks_the_reader_and_what_it_makes_can_be_saved(text: str) -> None:
    with WORDLESS.test_request_context():
        reading: Reading = read_pasted(text)
        assert reading.questions or reading.refused or reading.notes
        for question in reading.questions:
            assert TYPES[question.type].validate(question.content) == []
            assert question.stem.strip()
