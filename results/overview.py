"""The class at a glance: everything its page shows, from figures that were read. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from articles.queries import BlockRow, SentenceRow
from articles.spans import covered, format_reference
from core.points import Points
from quizzes.figures import ItemFigures, ScoreCount, middle_score
from quizzes.queries.items import ItemRow
from quizzes.question_types import TYPES
from results.answers import QuestionResult, answer_rows, hardest_first
from results.distribution import Bin, histogram
from results.evidence import evidence_table
from results.struggle import AnchoredItem

FEW = 5
"""With fewer hand-ins than this a page shows counts only."""


@dataclass(frozen=True)
class Text:
    """The article as the class reads it."""

    blocks: Sequence[BlockRow]
    sentences: Sequence[SentenceRow]


@dataclass(frozen=True)
class Scores:
    """The spread of the scores: bins, middle (points) of FEW final ones or more, how many are final, how many wait."""

    bins: list[Bin]
    middle: Points | None
    maximum: Points
    final: int
    waiting: int


def scores_of(counts: Sequence[ScoreCount], maximum: Points) -> Scores:
    """Return the spread of the scores of one class. `maximum` is what the quiz is worth if no score says it."""
    maximum = max((c.maximum for c in counts), default=0) or maximum
    final = sum(c.students for c in counts if not c.waiting)
    waiting = sum(c.students for c in counts if c.waiting)
    middle = middle_score(counts) if final >= FEW else None
    return Scores(histogram(counts, maximum), middle, maximum, final, waiting)


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


def places_tested(results: Sequence[QuestionResult], least: int) -> list[AnchoredItem]:
    """Return what every question says of the sentences it tests; of points, only those with `least` graded answers."""
    return [place for result in results for place in anchored(result, least)]
