"""Nesting, labels and marks: the pure parts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

import pytest
from flask import Flask

from discussion.labels import Place, label
from discussion.post_markup import DayWords, initials
from discussion.references import Chip, fill, mark, preview, unmark
from discussion.threads import Node, nest

NOW = datetime(2026, 11, 18, 9, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Row:
    """A comment, as nesting sees it."""

    id: int
    parent_id: int | None = None
    gone: bool = False
    created_at: datetime = NOW


def shape(nodes: list[Node[Row]]) -> list[tuple[int, list[tuple[int, int | None]]]]:
    """Ids: each top comment with its replies and whom they name."""
    return [
        (node.comment.id, [(reply.comment.id, reply.answers.id if reply.answers else None) for reply in node.replies])
        for node in nodes
    ]


def test_every_reply_stands_below_its_top_comment_in_the_order_written() -> None:
    rows = [Row(1), Row(2), Row(3, 1), Row(4, 3), Row(5, 1), Row(6, 4)]
    assert shape(nest(rows)) == [(1, [(3, None), (4, 3), (5, None), (6, 4)]), (2, [])]


def test_what_is_gone_keeps_its_place_only_while_something_answers_it() -> None:
    assert shape(nest([Row(1, gone=True)])) == []
    assert shape(nest([Row(1, gone=True), Row(2, 1)])) == [(1, [(2, None)])]
    assert shape(nest([Row(1), Row(2, 1, gone=True)])) == [(1, [])]
    assert shape(nest([Row(1), Row(2, 1, gone=True), Row(3, 2)])) == [(1, [(2, None), (3, 2)])]
    assert shape(nest([Row(1, gone=True), Row(2, 1, gone=True)])) == []


def test_a_comment_whose_parent_is_not_there_tells_nothing_of_it() -> None:
    assert shape(nest([Row(5, 4), Row(6, 5)])) == [(5, [(6, None)])]


@pytest.mark.parametrize(
    ("place", "words"),
    [
        (Place(4, 3, 4, 3, False), "¶ 4.3"),
        (Place(4, 3, 4, 5, False), "¶ 4.3–5"),
        (Place(4, 3, 5, 1, False), "¶ 4.3–5.1"),
        (Place(4, 1, 4, 5, True), "¶ 4"),
        (Place(4, 1, 4, 1, True), "¶ 4"),
        (Place(4, 1, 4, 1, False), "¶ 4.1"),
        (Place(4, 2, 4, 5, True), "¶ 4.2–5"),
        (Place(None, None, 4, 5, True), ""),
        (Place(4, 2, None, None, True), ""),
    ],
)
def test_labels(place: Place, words: str) -> None:
    assert label(place) == words


def test_marks_stand_for_references_and_are_filled_in_when_shown() -> None:
    html, references = mark("<p>See ¶ 4.3 &amp; ¶&nbsp;5, and ¶ 4.3 again.</p>")
    assert references == ("¶ 4.3", "¶\xa05")
    assert "¶" not in html
    assert fill(html, {0: Chip("¶ 9.1", 77)}, "/readings/2") == (
        '<p>See <a class="ref" href="/readings/2#s77">¶ 9.1</a> &amp; <span class="ref">¶</span>, '
        'and <a class="ref" href="/readings/2#s77">¶ 9.1</a> again.</p>'
    )
    assert unmark(html, {0: "¶ 4.3", 1: "¶ 5"}) == "<p>See ¶ 4.3 &amp; ¶ 5, and ¶ 4.3 again.</p>"
    assert '<span class="ref">¶ 4.3</span>' in preview(html, references)


def test_no_mark_is_made_inside_links_and_code_or_in_attributes() -> None:
    html = '<p><a href="https://e.org/" title="a>b ¶ 1">¶ 1</a> <code>¶ 2</code></p><pre><code>¶ 3</code></pre>'
    assert mark(html) == (html, ())


def test_text_around_marks_stays_escaped() -> None:
    html, _references = mark("<p>&lt;script&gt; ¶ 1 &lt;/script&gt; &amp;amp;</p>")
    assert fill(html, {0: Chip("<b>", 1)}, '/"x') == (
        '<p>&lt;script&gt; <a class="ref" href="/&quot;x#s1">&lt;b&gt;</a> &lt;/script&gt; &amp;amp;</p>'
    )


def test_only_so_many_references_become_links() -> None:
    _html, references = mark(f"<p>{' '.join(f'¶ {number}' for number in range(1, 60))}</p>")
    assert len(references) == 20


def test_moments_are_said_as_people_say_them(app: Flask) -> None:
    with app.test_request_context():
        assert_moments(DayWords("Europe/Berlin", NOW))


def assert_moments(words: DayWords) -> None:
    assert words(datetime(2026, 11, 18, 0, 5, tzinfo=UTC)) == "Today 01:05"
    assert words(datetime(2026, 11, 17, 23, 5, tzinfo=UTC)) == "Today 00:05"
    assert words(datetime(2026, 11, 16, 19, 31, tzinfo=UTC)) == "Mon 20:31"
    assert words(datetime(2026, 11, 11, 8, 0, tzinfo=UTC)) == "11 Nov 09:00"
    assert words(datetime(2025, 11, 11, 8, 0, tzinfo=UTC)) == "11 Nov 2025 09:00"


@pytest.mark.parametrize(
    ("name", "letters"),
    [("Dr. Maren Okafor", "MO"), ("Elif Kaya", "EK"), ("Plato", "P"), ("J. R. Tolkien", "JT"), ("", "·"), ("Dr.", "D")],
)
def test_initials(name: str, letters: str) -> None:
    assert initials(name) == letters
