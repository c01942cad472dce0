"""The class at a glance: everything its page shows, from figures that were read. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from articles.queries import BlockRow, SentenceRow
from articles.spans import covered, format_reference
from core.points import Points
from core.text import excerpt
from quizzes.figures import ItemFigures, ScoreCount, middle_score
from quizzes.queries.items import ItemRow
from quizzes.question_types import TYPES
from results.answers import QuestionResult, answer_rows, hardest_first
from results.distribution import Bin, histogram
from results.evidence import evidence_table
from results.struggle import UNTESTED, AnchoredItem, Struggle, by_place, by_sentence

UNTESTED_LENGTH = 190
"""How many characters of a paragraph that no question tests the map shows."""

FEW = 5
"""With fewer hand-ins than this a page shows counts only."""


@dataclass(frozen=True)
class Text:
    """The article as the class reads it."""

    blocks: Sequence[BlockRow]
    sentences: Sequence[SentenceRow]


@dataclass(frozen=True)
class Scores:
    """The spread of the scores: bins, middle (points), how many are final and how many wait."""

    bins: list[Bin]
    middle: Points | None
    maximum: Points
    final: int
    waiting: int


@dataclass(frozen=True)
class MapRow:
    """One block of the article on the map: `runs` are (heat level, words), neighbours of one level together.

    A heading has no number and no place; the words of an untested paragraph are cut short.
    """

    number: int | None
    place: Struggle | None
    runs: tuple[tuple[int, str], ...]


def scores_of(counts: Sequence[ScoreCount], maximum: Points) -> Scores:
    """Return the spread of the scores of one class. `maximum` is what the quiz is worth if no score says it."""
    maximum = max((c.maximum for c in counts), default=0) or maximum
    final = sum(c.students for c in counts if not c.waiting)
    waiting = sum(c.students for c in counts if c.waiting)
    return Scores(histogram(counts, maximum), middle_score(counts), maximum, final, waiting)


def question_results(
    items: Sequence[ItemRow],
    figures: Mapping[int, ItemFigures],
    anchors: Mapping[int, Sequence[tuple[int, int]]],
    text: Text,
) -> list[QuestionResult]:
    """Return each question with its figures (by item id), hardest first."""
    by_id = {sentence.id: sentence for sentence in text.sentences}
    results = []
    for item in items:
        found = figures.get(item.item_id, ItemFigures())
        spans = [(a, b) for a, b in anchors.get(item.version_id, ()) if a in by_id and b in by_id]
        tested = frozenset(s for first, last in spans for s in covered(text.sentences, first, last))
        results.append(
            QuestionResult(
                item=item,
                label=str(TYPES[item.type].label),
                figures=found,
                facility=found.facility(item.points) if TYPES[item.type].has_key else None,
                rows=answer_rows(item, found, by_id),
                left_out=found.answers.get("", 0),
                sentence_ids=tested,
                reference=format_reference(text.sentences, *spans[0]) if spans else "",
                spans=tuple(spans),
                evidence=evidence_table(item, found),
            )
        )
    return hardest_first(results)


def anchored(result: QuestionResult, least: int = 0) -> list[AnchoredItem]:
    """Return what a question, or each question that a draw asked, says about the sentences it tests.

    With fewer than `least` graded answers it says nothing of points.
    """
    tests = [each for each in (result, *result.drawn) if each.sentence_ids and each.has_key]
    return [_anchored(each, each.figures.graded >= least) for each in tests]


def _anchored(result: QuestionResult, tells: bool) -> AnchoredItem:
    graded = result.figures.graded
    lost, possible = (result.lost, result.item.points * graded) if tells else (0, 0)
    return AnchoredItem(result.item.number, result.sentence_ids, lost, possible, graded)


def struggle_map(results: Sequence[QuestionResult], blocks: Sequence[BlockRow], least: int = 0) -> list[MapRow]:
    """Return where in the article the points were lost, block by block; of questions with `least` graded answers."""
    tested = [place for result in results for place in anchored(result, least)]
    sentences = by_sentence(tested)
    paragraphs = by_place(
        tested,
        {
            block.number: frozenset(sentence.id for sentence in block.sentences)
            for block in blocks
            if block.number is not None
        },
    )
    return [_map_row(block, paragraphs.get(block.number or 0), sentences) for block in blocks if not block.image]


def _map_row(block: BlockRow, place: Struggle | None, heat: Mapping[int, Struggle]) -> MapRow:
    if place is None or not place.numbers:
        words = " ".join(sentence.text for sentence in block.sentences)
        return MapRow(block.number, place, ((0, excerpt(words, UNTESTED_LENGTH)),))
    levels = [(heat.get(s.id, UNTESTED).level, s.text) for s in block.sentences]
    runs = groupby(levels, key=lambda pair: pair[0])
    return MapRow(
        block.number,
        place,
        tuple((level, " ".join(text for _level, text in run)) for level, run in runs),
    )
