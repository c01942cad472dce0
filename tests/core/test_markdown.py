"""The short way of rendering bare words is the long way's, for whatever is typed."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.text import gist, render_any_markdown, render_markdown

BARE = "abzÄéж0189 ,;:?!'\"’“”…–—()%¶-."
TRAPS = (
    "www.example.org",
    "example.com.",
    "1. one",
    "- one",
    "a -- b",
    "a\tb",
    " a",
    "a ",
    "Mr.Smith",
    "a.  b",
    "¶ 4.3",
)


@settings(max_examples=2_000, deadline=None)
@given(st.text(alphabet=BARE, max_size=60))
def test_bare_words_look_the_same_by_both_ways(text: str) -> None:
    assert render_markdown(text) == render_any_markdown(text)


@settings(max_examples=500, deadline=None)
@given(st.text(alphabet=BARE + "*_`<>&#[]\\/@~|\n\u00a0\u200b", max_size=40))
def test_so_does_anything_else(text: str) -> None:
    assert render_markdown(text) == render_any_markdown(text)


@pytest.mark.parametrize(
    ("markdown", "words"),
    [
        ("Its *first* **foreign** intervention", "Its first foreign intervention"),
        ("- one\n- two\n\n> three", "one two three"),
        ("See [the `map`](https://example.org) \\*", "See the map *"),
        ("Plain words, 5 < 6", "Plain words, 5 < 6"),
        ("# no heading, <b>no</b> tag", "# no heading, <b>no</b> tag"),
        ("*" + "a" * 100 + "*", "a" * 79 + "…"),
    ],
)
def test_the_gist_has_the_words_without_the_marks(markdown: str, words: str) -> None:
    assert gist(markdown) == words


@pytest.mark.parametrize("text", TRAPS)
def test_what_only_looks_bare_is_taken_the_long_way(text: str) -> None:
    assert render_markdown(text) == render_any_markdown(text)
