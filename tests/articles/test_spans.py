"""Spans and references, over a small article."""

from __future__ import annotations

import pytest

from articles.queries import SentenceRow
from articles.spans import (
    UnknownSentence,
    covered,
    describe,
    find_references,
    format_reference,
    paragraph_of,
    parse_reference,
)


def row(sentence_id: int, block: int | None, number: int, gap: bool = True) -> SentenceRow:
    text = f"Sentence {sentence_id}."
    return SentenceRow(sentence_id, sentence_id, block, number, text, text, gap)


# A heading, ¶ 1 with three sentences, a heading, ¶ 2 with one, ¶ 3 with two. Ids are in no order.
TEXT = (
    row(90, None, 1),
    *(row(11, 1, 1), row(7, 1, 2), row(12, 1, 3, gap=False)),
    row(91, None, 1),
    row(3, 2, 1, gap=False),
    *(row(21, 3, 1), row(20, 3, 2, gap=False)),
)


def test_a_span_has_its_quote_and_what_stands_around_it():
    span = describe(TEXT, 7, 12)
    assert (span.first_id, span.last_id) == (7, 12)
    assert span.quote == "Sentence 7. Sentence 12."
    assert span.prefix == "Sentence 90. Sentence 11."
    assert span.suffix == "Sentence 91. Sentence 3. Sentence 21. Sentence 20."


def test_the_ends_of_a_span_may_come_in_either_order():
    assert describe(TEXT, 12, 7) == describe(TEXT, 7, 12)
    assert covered(TEXT, 3, 7) == covered(TEXT, 7, 3) == (7, 12, 91, 3)


def test_the_surroundings_are_short():
    long = tuple(row(n, 1, n) for n in range(1, 200))
    span = describe(long, 100, 100)
    assert span.quote == "Sentence 100."
    assert len(span.prefix) == len(span.suffix) == 64
    assert span.prefix.endswith("Sentence 99.")
    assert span.suffix.startswith("Sentence 101.")


def test_sentences_without_a_gap_are_quoted_without_one():
    text = (row(1, 1, 1, gap=False), row(2, 1, 2, gap=False))
    assert describe(text, 1, 2).quote == "Sentence 1.Sentence 2."


@pytest.mark.parametrize("ends", [(7, 999), (999, 7)])
def test_a_sentence_of_another_text_is_unknown(ends):
    with pytest.raises(UnknownSentence):
        describe(TEXT, *ends)
    with pytest.raises(UnknownSentence):
        covered(TEXT, *ends)


@pytest.mark.parametrize(
    ("ends", "reference"),
    [
        ((7, 7), "¶ 1.2"),
        ((11, 7), "¶ 1.1–2"),
        ((11, 12), "¶ 1"),
        ((3, 3), "¶ 2"),
        ((7, 21), "¶ 1.2–3.1"),
        ((90, 11), "¶ 1.1"),
        ((90, 90), ""),
    ],
)
def test_a_span_is_cited_by_its_numbers(ends, reference):
    assert format_reference(TEXT, *ends) == reference


@pytest.mark.parametrize(
    ("reference", "ends"),
    [
        ("¶ 1.2", (7, 7)),
        ("¶1.2", (7, 7)),
        ("¶\u00a01.2", (7, 7)),
        ("¶ 1", (11, 12)),
        ("¶ 1.1–2", (11, 7)),
        ("¶ 1.1-2", (11, 7)),
        ("¶ 1.2–3.1", (7, 21)),
        ("¶ 1–3", (11, 20)),
        ("¶ 1.9", None),
        ("¶ 9", None),
        ("¶ 0", None),
        ("¶ 3.2–1", None),
        ("¶ 3–1", None),
        ("1.2", None),
        ("¶ 1.2 and more", None),
        ("", None),
    ],
)
def test_a_reference_is_read(reference, ends):
    assert parse_reference(reference, TEXT) == ends


@pytest.mark.parametrize("ends", [(7, 7), (11, 7), (11, 12), (7, 21)])
def test_what_is_written_is_read_back(ends):
    assert parse_reference(format_reference(TEXT, *ends), TEXT) == ends


def test_references_are_found_in_running_text():
    text = "See ¶ 1.2, then ¶ 3. In ¶ 1.1–2.5 it says so; ¶ is a sign."
    assert [found for _start, _end, found in find_references(text)] == ["¶ 1.2", "¶ 3", "¶ 1.1–2.5"]


def test_the_paragraph_of_a_heading_is_the_one_after_it():
    assert paragraph_of(TEXT, 91) == 2
    assert paragraph_of(TEXT, 12) == 1
    assert paragraph_of((*TEXT, row(99, None, 1)), 99) is None
