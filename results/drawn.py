"""Which questions a draw asked, each with its own answers: those to different questions are never mixed. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, replace

from quizzes.figures import ItemFigures
from quizzes.queries.items import ItemRow
from results.answers import QuestionResult
from results.overview import Text, question_results

Anchors = Mapping[int, Sequence[tuple[int, int]]]


@dataclass(frozen=True)
class DrawnFigures:
    """One question in the place of one draw: the draw's item with the question's words, figures of who was asked it.

    Its words are those of the newest version that was asked.
    """

    item: ItemRow
    figures: ItemFigures

    @property
    def key(self) -> Hashable:
        """The same for what looks the same."""
        return (self.item.item_id, self.item.version_id, self.figures.key)


def with_drawn(
    results: Sequence[QuestionResult], drawn: Sequence[DrawnFigures], anchors: Anchors, text: Text
) -> list[QuestionResult]:
    """Return the questions, each draw with the questions that it asked, in the order of `drawn`."""
    found: dict[int, list[QuestionResult]] = defaultdict(list)
    for one in drawn:
        found[one.item.item_id] += question_results([one.item], {one.item.item_id: one.figures}, anchors, text)
    return [replace(result, drawn=tuple(found[result.item.item_id])) for result in results]
