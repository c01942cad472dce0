"""Which questions a draw asked, with what each earned. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from articles.queries import SentenceRow
from articles.spans import covered
from quizzes.points import Points
from results.answers import QuestionResult
from results.struggle import AnchoredItem

Anchors = Mapping[int, Sequence[tuple[int, int]]]


@dataclass(frozen=True)
class DrawnFigures:
    """One question in the place of one draw: how many were asked it, of those how many are graded, their points."""

    item_id: int
    version_id: int
    stem: str
    asked: int
    graded: int
    points: Points


@dataclass(frozen=True)
class DrawnQuestion:
    """The same with the sentences that the question tests; `facility` is 0 to 1, None while nothing is graded."""

    figures: DrawnFigures
    facility: Fraction | None
    sentence_ids: frozenset[int]


def with_drawn(
    results: Sequence[QuestionResult], drawn: Sequence[DrawnFigures], anchors: Anchors, text: Sequence[SentenceRow]
) -> list[QuestionResult]:
    """Return the questions, each draw with the questions that it asked, most asked first."""
    known = {sentence.id for sentence in text}
    found: dict[int, list[DrawnQuestion]] = {}
    points = {result.item.item_id: result.item.points for result in results}
    for one in drawn:
        worth = points.get(one.item_id, 0) * one.graded
        spans = [ends for ends in anchors.get(one.version_id, ()) if set(ends) <= known]
        tested = frozenset(at for first, last in spans for at in covered(text, first, last))
        question = DrawnQuestion(one, Fraction(one.points, worth) if worth else None, tested)
        found.setdefault(one.item_id, []).append(question)
    return [replace(result, drawn=tuple(found.get(result.item.item_id, ()))) for result in results]


def anchored(result: QuestionResult) -> list[AnchoredItem]:
    """Return what a question, or each question that a draw asked, says about the sentences it tests."""
    item, figures = result.item, result.figures
    possible = item.points * figures.graded
    own = AnchoredItem(item.number, result.sentence_ids, result.lost, possible, figures.graded)
    drawn = [
        AnchoredItem(
            item.number,
            one.sentence_ids,
            item.points * one.figures.graded - one.figures.points,
            item.points * one.figures.graded,
            one.figures.graded,
        )
        for one in result.drawn
    ]
    return [each for each in (own, *drawn) if each.sentence_ids]
