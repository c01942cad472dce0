"""What each layer of the map says of sentences and paragraphs, in tables."""

from __future__ import annotations

from fractions import Fraction

import pytest

from articles.queries import BlockRow, SentenceRow
from quizzes.queries.items import ItemRow
from results.citations import CitationRow, citations_of
from results.maps import (
    Citation,
    Layer,
    Spot,
    confusion_layer,
    evidence_layer,
    level_of_count,
    map_rows,
    missed_layer,
    questions_layer,
)
from results.struggle import AnchoredItem
from tests.quizzes.samples import SAMPLES


def block(number: int, ids: range) -> BlockRow:
    sentences = [SentenceRow(i, i, number, at, f"Sentence {i}.", "", False) for at, i in enumerate(ids, 1)]
    return BlockRow(number, "paragraph", 0, number, tuple(sentences))


BLOCKS = (block(1, range(10, 13)), block(2, range(13, 15)))


def counts(layer: Layer) -> tuple[dict[int, tuple[int, int]], dict[int, tuple[int, int]]]:
    """(level, count) of each sentence and of each paragraph."""
    return (
        {at: (spot.level, spot.count) for at, spot in layer.sentences.items()},
        {at: (spot.level, spot.count) for at, spot in layer.paragraphs.items()},
    )


@pytest.mark.parametrize(("count", "level"), [(0, 0), (1, 1), (3, 3), (4, 4), (40, 4)])
def test_a_count_has_a_level(count: int, level: int) -> None:
    assert level_of_count(count) == level


def test_an_answer_that_points_twice_at_a_paragraph_counts_once_there() -> None:
    layer = evidence_layer([Citation(frozenset({10, 11}), 2), Citation(frozenset({11, 13}), 8)], BLOCKS)
    assert counts(layer) == ({10: (3, 2), 11: (4, 10), 13: (4, 8)}, {1: (4, 10), 2: (4, 8)})
    assert layer.n == 10
    assert layer.sentences[10].share == Fraction(2, 10)


def test_nobody_points_anywhere() -> None:
    layer = evidence_layer([], BLOCKS)
    assert counts(layer) == ({}, {1: (0, 0), 2: (0, 0)})
    assert all(spot.is_nothing for spot in layer.paragraphs.values())


def test_marks_of_confusion_are_of_the_class_and_add_up_in_a_paragraph() -> None:
    layer = confusion_layer({10: 1, 12: 3}, 20, BLOCKS)
    assert counts(layer) == ({10: (1, 1), 12: (2, 3)}, {1: (2, 4), 2: (0, 0)})


def test_a_question_over_two_paragraphs_waits_in_both_and_once_in_each() -> None:
    layer = questions_layer([(11, 13, 1), (10, 10, 2), (None, None, 1), (99, 10, 1)], BLOCKS)
    assert counts(layer) == ({10: (2, 2), 11: (1, 1), 12: (1, 1), 13: (1, 1)}, {1: (3, 3), 2: (1, 1)})
    assert layer.n == 5


def test_points_lost_are_of_the_questions_that_test_a_place() -> None:
    layer = missed_layer([AnchoredItem(3, frozenset({10, 11}), 2, 10, 5)], BLOCKS)
    assert layer.sentences[11] == Spot(3, Fraction(1, 5), 0, 5, (3,))
    assert layer.paragraphs[2].is_nothing


def test_neighbours_that_say_the_same_are_one_run_and_a_remark_stands_alone() -> None:
    layer = missed_layer([AnchoredItem(3, frozenset({11, 12}), 2, 10, 5)], BLOCKS)
    tested, untested = map_rows(layer, BLOCKS)
    said = [(run.spot.level, run.text) for run in tested.runs]
    assert said == [(0, "Sentence 10."), (3, "Sentence 11. Sentence 12.")]
    assert [run.text for run in untested.runs] == ["Sentence 13. Sentence 14."]
    remarked = map_rows(layer, BLOCKS, {12: "9 chose this"})[0]
    assert [(run.text, run.remark) for run in remarked.runs][1:] == [
        ("Sentence 11.", ""),
        ("Sentence 12.", "9 chose this"),
    ]


def test_a_short_map_cuts_what_there_is_nothing_to_say_of() -> None:
    long = BlockRow(1, "paragraph", 0, 1, (SentenceRow(10, 0, 1, 1, "word " * 100, "", False),))
    cut, whole = (map_rows(Layer("missed"), [long], is_short=is_short)[0] for is_short in (True, False))
    assert len(cut.runs[0].text) < 200 < len(whole.runs[0].text)


def test_evidence_is_of_one_question_or_of_one_answer_to_it() -> None:
    beside = [CitationRow(1, False, "k0,k2", "10", 3), CitationRow(1, False, "k1", "10,11", 2)]
    rows = [*beside, CitationRow(2, True, "", "13", 5)]
    item = ItemRow(1, 1, 1, 1, 1, "multiple_answers", "", "", SAMPLES["multiple_answers"].content, "", "")
    whole, own, of_answer = (citations_of(rows, *asked) for asked in ((None, None), (item, None), (item, "k2")))
    assert [[citation.answers for citation in found] for found in (whole, own, of_answer)] == [[3, 2, 5], [3, 2], [3]]
