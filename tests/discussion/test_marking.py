"""Words marked within a sentence's HTML, however it is made."""

from __future__ import annotations

import re
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.importing.document import Mark
from articles.inline import inline_html
from discussion.marking import End, Piece, Stretch, pieces_of


def drawn(html: str, *stretches: Stretch, length: int | None = None) -> str:
    """The pieces in a line: [1:words] is marked for the place 1, (1:words) the same within a link, ^1 its end."""
    size = len(unescape(html)) if length is None else length
    out = []
    for each in pieces_of(html, stretches, size):
        if isinstance(each, End):
            out.append(f"^{each.key}")
        elif each.keys:
            keys = ",".join(map(str, each.keys))
            out.append(f"({keys}:{each.html})" if each.in_link else f"[{keys}:{each.html}]")
        else:
            out.append(each.html)
    return "".join(out)


@pytest.mark.parametrize(
    ("html", "stretches", "expected"),
    [
        ("Plain words.", [], "Plain words."),
        ("Plain words.", [Stretch(1)], "[1:Plain words.]^1"),
        ("Plain words.", [Stretch(1, 6, 11)], "Plain [1:words]^1."),
        ("Plain words.", [Stretch(1, 6, None, False)], "Plain [1:words.]"),
        ("One two three", [Stretch(1, 0, 7), Stretch(2, 4, 13)], "[1:One ][1,2:two]^1[2: three]^2"),
        ("One two three", [Stretch(1), Stretch(2, 4, 7)], "[1:One ][2,1:two]^2[1: three]^1"),
        ("One two", [Stretch(1), Stretch(2)], "[1,2:One two]^1^2"),
        ("A &amp; B", [Stretch(1, 2, 3)], "A [1:&amp;]^1 B"),
        ("A<br>B", [Stretch(1, 2, 3)], "A<br>[1:B]^1"),
    ],
)
def test_words_are_marked(html: str, stretches: list[Stretch], expected: str) -> None:
    assert drawn(html, *stretches, length=len(unescape(html.replace("<br>", "\n")))) == expected


def test_marks_never_cross_tags_and_know_links() -> None:
    html = 'See <em>the <a href="/x">old</a> map</em> now'
    found = drawn(html, Stretch(1, 2, 12), length=len("See the old map now"))
    assert found == 'Se[1:e ]<em>[1:the ]<a href="/x">(1:old)</a>[1: ]^1map</em> now'


def test_an_end_beyond_the_words_is_their_end() -> None:
    assert drawn("Short.", Stretch(1, 2, 99)) == "Sh[1:ort.]^1"


TEXTS = st.text(st.sampled_from("ab<&\n 😀é\"'"), min_size=1, max_size=30)


@given(st.data())
def test_whatever_is_marked_the_words_stay_and_each_place_has_its_own(data: st.DataObject) -> None:
    text = data.draw(TEXTS)
    offsets = st.integers(0, len(text))
    pairs = st.tuples(offsets, offsets).map(sorted).filter(lambda pair: pair[0] < pair[1])
    tags = st.sampled_from(["em", "strong", "a"])
    marks = [Mark(*data.draw(pairs), data.draw(tags), "/x") for _ in range(data.draw(st.integers(0, 3)))]
    stretches = [Stretch(key, *data.draw(pairs)) for key in range(data.draw(st.integers(0, 4)))]
    html = inline_html(text, marks, 0, len(text))
    found = list(pieces_of(html, stretches, len(text)))
    assert "".join(each.html for each in found if isinstance(each, Piece)) == html
    assert sorted(each.key for each in found if isinstance(each, End)) == [s.key for s in stretches]
    for stretch in stretches:
        mine = [each.html for each in found if isinstance(each, Piece) and stretch.key in each.keys]
        assert unescape("".join(mine).replace("<br>", "\n")) == text[stretch.start : stretch.end]
    assert not any(re.search("<(?!br>)", each.html) for each in found if isinstance(each, Piece) and each.keys)
