"""Patterns that authors write: what is refused, what they match, and that none can hold the server."""

import logging

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.points import FRACTION_ONE
from quizzes.question_types import TYPES
from quizzes.question_types.expressions import expression_problem, fits
from quizzes.question_types.short_answer import EXPRESSION, Form, ShortAnswerContent

KIND = TYPES["short_answer"]
RUNS_AWAY = "(a|aa)+$b"


@pytest.mark.parametrize(
    ("pattern", "text", "match"),
    [
        ("(the )?Kursk( region)?", "Kursk", True),
        ("(the )?Kursk( region)?", "  the  KURSK region. ", True),
        ("(the )?Kursk( region)?", "near Kursk", False),
        (".*colou?r.*", "It has no colour", True),
        ("[a-z]+( [a-z]+)*", "seoul and kursk", True),
        (r"(\s*\w,?)*", "a, b", True),
        (r"\(a+\)+", "(aa)", True),
        ("(very )*cold", "very very cold", True),
        (r"\d{4}-\d{2}-\d{2}", "2024-11-04", True),
        (r"U\.S\.", "U.S.", True),
        (r"don't", "don’t", True),
        ("don’t", "don't", True),
        ("ﬁfty", "FIFTY", True),
        ("état", "e\u0301tat", True),
        ("stra(ß|ss)e", "STRASSE", True),
        ("was？", "was?", True),
        (r"\p{Lu}.*", "seoul", True),
        ("a|b", "ab", False),
    ],
)
def test_a_pattern_describes_the_whole_answer_however_it_is_typed(pattern: str, text: str, match: bool) -> None:
    content = ShortAnswerContent((Form("f1", pattern, EXPRESSION),))
    assert expression_problem(pattern) == ""
    assert (KIND.grade(content, {"text": text}) == FRACTION_ONE) is match


def test_case_counts_where_the_author_says_so() -> None:
    content = ShortAnswerContent((Form("f1", "Kurs[kK]", EXPRESSION),), case_sensitive=True)
    assert KIND.grade(content, {"text": "KursK"}) == FRACTION_ONE
    assert KIND.grade(content, {"text": "kursk"}) == 0


@pytest.mark.parametrize(
    ("pattern", "words"),
    [
        ("(", "from character 2 on"),
        ("[a", "from character 3 on"),
        ("*a", "from character 1 on"),
        (r"\L<names>", "not a regular expression"),
        (RUNS_AWAY, "for ever"),
        ("(a+)+$", "for ever"),
        ("([a-z]+)*!", "for ever"),
        (r"(?:\w+\s?)*x", "for ever"),
        (r"(?P<word>\d{1,})+", "for ever"),
        (r"(?:(a+)\1)+b", "for ever"),
        ("((a{500}){500}){500}", "repeats too much"),
        ("(?:a{1000}){1000}", "repeats too much"),
        ("a{99999999999}", "repeats too much"),
        ("(?:armistice){e<=2}", "nearly right"),
    ],
)
def test_what_cannot_be_used_is_refused_in_words(pattern: str, words: str) -> None:
    assert words in expression_problem(pattern)


def test_running_out_of_time_is_no_match_and_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    content = ShortAnswerContent((Form("f1", RUNS_AWAY, EXPRESSION), Form("f2", "a*", "wildcard", FRACTION_ONE // 2)))
    with caplog.at_level(logging.WARNING):
        assert KIND.grade(content, {"text": "a" * 400}) == FRACTION_ONE // 2
    assert "ran out of time" in caplog.text


def test_a_pattern_that_cannot_be_read_matches_nothing() -> None:
    assert not fits("(", "(", case_sensitive=False)


def test_the_key_is_told_by_what_is_easier_to_read() -> None:
    kursk, pattern = Form("f1", "Kursk"), Form("f2", "kurs[ck]", EXPRESSION)
    assert KIND.key_lines(ShortAnswerContent((pattern, kursk))) == ["Kursk"]
    assert KIND.key_lines(ShortAnswerContent((pattern,))) == ["kurs[ck]"]


@given(st.text(alphabet=r"ab01()[]{}|*+?^$.\,-<=:!é\x00 ", max_size=40), st.text(max_size=60))
def test_no_pattern_breaks_checking_or_grading(pattern: str, text: str) -> None:
    if expression_problem(pattern) == "":
        assert fits(pattern, text, case_sensitive=False) in (True, False)
