"""How much a question split a class, in tables, and groups in which every answer is held."""

from __future__ import annotations

from collections import Counter
from math import log2

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.figures import ItemFigures
from quizzes.queries.items import ItemRow
from results.answers import AnswerRow, QuestionResult
from results.divided import division_of, entropy, most_divided_first, opposing_groups
from results.seeded_prompt import as_plain_words, body_of, title_of


def question(number: int, counts: list[int], kind: str = "single_choice", stem: str = "Why?") -> QuestionResult:
    rows = tuple(
        AnswerRow(letter, letter.upper(), f"Option {letter}", None, at == 0, n)
        for at, (letter, n) in enumerate(zip("abcdef", counts, strict=False))
    )
    item = ItemRow(number, number, 1, number, number, kind, stem, stem, {}, "", "")
    return QuestionResult(item, kind, ItemFigures(), None, rows, 0, frozenset(), "", ())


@pytest.mark.parametrize(
    ("counts", "bits"),
    [([], 0), ([7], 0), ([0, 7, 0], 0), ([5, 5], 1), ([3, 3, 3, 3], 2), ([1, 1, 2], 1.5), ([4, 4, 4, 0], log2(3))],
)
def test_entropy_is_of_the_shares_in_bits(counts, bits) -> None:
    assert entropy(counts) == pytest.approx(bits)


@pytest.mark.parametrize(
    ("kind", "counts", "n"),
    [
        ("single_choice", [5, 5], 10),
        ("true_false", [9, 3], 12),
        ("poll", [4, 4, 4], 12),
        ("single_choice", [5, 4], None),
        ("multiple_answers", [9, 9], None),
        ("short_answer", [9, 9], None),
    ],
)
def test_a_split_is_told_of_one_option_each_and_once_ten_have_answered(kind, counts, n) -> None:
    found = division_of(question(1, counts, kind))
    assert (found and found.n) == n


def test_the_most_divided_question_comes_first_and_one_on_which_all_agree_not_at_all() -> None:
    questions = [question(1, [9, 3]), question(2, [12, 0]), question(3, [4, 4, 4]), question(4, [6, 6])]
    assert [each.question.item.number for each in most_divided_first(questions)] == [3, 4, 1]


def test_a_prompt_has_the_question_and_the_shares_and_neither_names_nor_the_key(app) -> None:
    found = division_of(question(4, [9, 3], stem="Who *won*?"))
    assert found is not None
    with app.test_request_context():
        body = body_of(found)
        assert title_of(found) == "Question 4: Who *won*?"
    assert body.startswith("Who *won*?\n\n")
    assert "This is how 12 of us answered:" in body
    assert "- **A** (75 %): Option a\n- **B** (25 %): Option b" in body
    assert "right" not in body.lower()


def test_a_long_question_is_cut_between_words_in_the_title(app) -> None:
    found = division_of(question(2, [6, 6], stem="word " * 40))
    assert found is not None
    with app.test_request_context():
        assert title_of(found) == f"Question 2: {' '.join(['word'] * 11)}…"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("plain U.S. 4.5", "plain U.S. 4.5"), ("a*b_c", r"a\*b\_c"), ("[p1]\n<b>", r"\[p1\] \<b\>"), ("\\", "\\\\")],
)
def test_an_option_is_shown_as_it_was_written(typed, kept) -> None:
    assert as_plain_words(typed) == kept


@given(
    st.dictionaries(st.integers(1, 500), st.sampled_from("abcd"), max_size=60),
    st.integers(0, 90),
    st.integers(2, 9),
    st.integers(0, 99),
)
def test_every_answer_is_spread_evenly_over_the_groups(answers, silent, size, seed) -> None:
    students = len(answers) + silent
    groups = opposing_groups(answers, students, size, seed)
    assert sorted(who for group in groups for who in group) == sorted(answers)
    assert max(len(group) for group in groups) - min(len(group) for group in groups) <= 1
    assert len(groups) == 2 or all(len(group) >= 2 for group in groups)
    assert silent or len(answers) < 4 or all(len(group) <= max(size, 3) for group in groups)
    for key in "abcd":
        held = [Counter(answers[who] for who in group)[key] for group in groups]
        assert max(held) - min(held) <= 1
    assert opposing_groups(dict(reversed(answers.items())), students, size, seed) == groups


@pytest.mark.parametrize(
    ("answered", "students", "size", "groups"),
    [(12, 12, 30, 2), (250, 250, 2, 100), (12, 12, 4, 3), (10, 100, 4, 5), (30, 40, 4, 10)],
)
def test_groups_are_as_many_as_the_class_needs_and_in_each_two_have_answered(answered, students, size, groups) -> None:
    answers = {who: "ab"[who % 2] for who in range(answered)}
    assert len(opposing_groups(answers, students, size, 1)) == groups
