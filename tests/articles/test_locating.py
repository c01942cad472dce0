"""Finding a quoted passage again: rules on small texts, and properties on any."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.spans import Selector, describe_quote, find_quotes, locate
from articles.spans.edits import edits_to_ends, likeness_at_end, likeness_at_start

TEXT = "The council met at noon. It heard the mayor, and then it voted. Nobody spoke against the plan, nobody for it."
LETTERS = st.text(alphabet="abc ", max_size=12)


def selected(words: str, context: int = 12) -> Selector:
    start = TEXT.index(words)
    end = start + len(words)
    return Selector(words, TEXT[max(0, start - context) : start], TEXT[end : end + context], start)


def plain_edits(pattern: str, text: str, *, anchored: bool) -> list[int]:
    row = list(range(len(text) + 1)) if anchored else [0] * (len(text) + 1)
    for index, letter in enumerate(pattern, 1):
        above, row = row, [index]
        for place, other in enumerate(text, 1):
            row.append(min(above[place] + 1, row[-1] + 1, above[place - 1] + (letter != other)))
    return row


@given(LETTERS.filter(bool), LETTERS, st.booleans())
def test_edits_are_those_of_the_plain_table(pattern: str, text: str, anchored: bool) -> None:
    assert edits_to_ends(pattern, text, anchored=anchored) == plain_edits(pattern, text, anchored=anchored)


@pytest.mark.parametrize(
    ("wanted", "text", "expected"),
    [("noon", "noon. It", 1.0), ("noon", "soon. It", 0.75), ("", "anything", 1.0), ("noon", "", 0.0)],
)
def test_likeness_is_the_share_that_is_there(wanted: str, text: str, expected: float) -> None:
    assert likeness_at_start(wanted, text) == expected
    assert likeness_at_end(wanted[::-1], text[::-1]) == expected


@pytest.mark.parametrize("words", ["The council met", "then it voted", "nobody for it.", TEXT])
def test_what_was_not_touched_stays_where_it_is(words: str) -> None:
    start = TEXT.index(words)
    assert locate(TEXT, selected(words)) == (start, start + len(words))


@pytest.mark.parametrize(
    ("words", "edited", "now"),
    [
        ("heard the mayor", TEXT.replace("heard the mayor", "heard the old mayor"), "heard the old mayor"),
        ("heard the mayor", "A note first. " + TEXT, "heard the mayor"),
        ("then it voted", TEXT.replace("noon", "ten").replace("it voted", "it voteed"), "then it voteed"),
        ("Nobody spoke against the plan", TEXT[64:] + " " + TEXT[:63], "Nobody spoke against the plan"),
    ],
)
def test_a_passage_is_found_where_it_now_stands(words: str, edited: str, now: str) -> None:
    start = edited.index(now)
    assert locate(edited, selected(words)) == (start, start + len(now))


@pytest.mark.parametrize("words", ["and then it voted", "It heard the mayor"])
def test_a_passage_that_was_cut_out_is_gone(words: str) -> None:
    assert locate(TEXT.replace(words, ""), selected(words)) is None


def test_the_same_words_elsewhere_are_not_the_passage() -> None:
    edited = TEXT.replace("at noon", "") + " The shops close at noon on Sundays."
    assert locate(edited, selected("at noon")) is None


def test_nothing_quoted_is_nowhere() -> None:
    assert locate(TEXT, Selector("", "The ", " council", 4)) is None


@given(st.text(alphabet="ab ", max_size=30), st.integers(0, 30), st.integers(0, 30))
def test_a_description_leads_to_its_place_alone(text: str, one: int, other: int) -> None:
    start, end = sorted((min(one, len(text)), min(other, len(text))))
    assert list(find_quotes(text, describe_quote(text, start, end))) == [(start, end)]
