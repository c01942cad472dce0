"""Reads a class's results on one quiz: a fixed number of statements whatever the size of the class."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from articles.queries import AssignmentRow, list_blocks
from quizzes.figures import Completion, ItemFigures, ScoreCount
from quizzes.points import Points
from quizzes.queries.items import ItemRow, list_anchors, list_items
from quizzes.queries.tallies import class_figures
from results.answers import QuestionResult
from results.overview import MapRow, Scores, Text, question_results, scores_of, struggle_map
from results.queries.classes import DeliveryRow, list_deliveries


@dataclass(frozen=True)
class ClassBeside:
    """The same quiz in another class: hand-ins, middle score in points, facility (0 to 1) by item id."""

    delivery: DeliveryRow
    handed_in: int
    middle: Points | None
    facility: dict[int, Fraction | None]


@dataclass(frozen=True)
class ClassResults:
    """Everything the page of a class's results shows of one quiz."""

    delivery: DeliveryRow
    quizzes: Sequence[DeliveryRow]
    completion: Completion
    scores: Scores
    questions: Sequence[QuestionResult]
    text: Text
    struggle: Sequence[MapRow]
    beside: Sequence[ClassBeside]

    @property
    def waiting(self) -> int:
        """How many answers wait for a person."""
        return sum(question.figures.waiting for question in self.questions)


def load_deliveries(
    user_id: int, reading: AssignmentRow, quiz: int | None, now: datetime
) -> tuple[DeliveryRow | None, list[DeliveryRow], list[DeliveryRow]]:
    """Return the delivery asked for (or the first), all of this reading, and its like in other classes."""
    found = list_deliveries(user_id, reading.id, now)
    here = [row for row in found if row.assignment_id == reading.id]
    chosen = next((row for row in here if row.id == quiz), here[0] if here else None)
    others = [row for row in found if chosen and row.quiz_id == chosen.quiz_id and row.assignment_id != reading.id]
    return chosen, here, others


def load_class_results(user_id: int, reading: AssignmentRow, quiz: int | None, now: datetime) -> ClassResults | None:
    """Return the results of the quiz asked for (or the first of the reading); None where there is no quiz."""
    delivery, here, others = load_deliveries(user_id, reading, quiz, now)
    if delivery is None:
        return None
    items = list_items(delivery.quiz_id)
    anchors = list_anchors(item.version_id for item in items)
    ids = [delivery.id, *(row.id for row in others)]
    found = class_figures(ids, now)
    figures, scores = found.items, found.scores
    blocks = list_blocks(reading.version_id)
    text = Text(blocks, [sentence for block in blocks for sentence in block.sentences])
    own = {item.item_id: figures.get((delivery.id, item.item_id), ItemFigures()) for item in items}
    questions = question_results(items, own, anchors, text)
    spread = scores_of(scores.get(delivery.id, []), sum(item.points for item in items))
    return ClassResults(
        delivery=delivery,
        quizzes=here,
        completion=delivery.completion(spread.final + spread.waiting),
        scores=spread,
        questions=questions,
        text=text,
        struggle=struggle_map(questions, blocks),
        beside=[_beside(row, items, figures, scores.get(row.id, [])) for row in others],
    )


def _beside(
    row: DeliveryRow,
    items: Sequence[ItemRow],
    figures: dict[tuple[int, int], ItemFigures],
    scores: Sequence[ScoreCount],
) -> ClassBeside:
    spread = scores_of(scores, sum(item.points for item in items))
    facility = {
        item.item_id: figures.get((row.id, item.item_id), ItemFigures()).facility(item.points) for item in items
    }
    return ClassBeside(row, spread.final + spread.waiting, spread.middle, facility)
