"""Reads a class's results on one quiz: a fixed number of statements whatever the size of the class."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from articles.queries import AssignmentRow, list_blocks, sentences_of
from classroom.queries import LabelRow
from core.points import Points
from discussion.queries import OpenQuestionRow, TurnoutRow, as_margin, list_open_questions, list_turnouts
from quizzes.figures import Completion
from quizzes.queries.items import ItemRow, list_anchors, list_items
from quizzes.queries.tallies import ClassFigures, class_figures, find_exceptions
from quizzes.standings import EVERYBODY, Meant
from results.answers import QuestionResult, hardest_first, of_enough
from results.chances import ClassShare
from results.drawn import DrawnFigures, with_drawn
from results.headline import misses_in_text
from results.maps import MapRow, Spot, map_rows, missed_layer, questions_layer
from results.overview import FEW, Scores, Text, places_tested, question_results, scores_of
from results.permissions import may_see_names
from results.queries.classes import DeliveryRow, list_deliveries
from results.queries.drawn import list_drawn
from results.queries.meant import values_under
from results.struggle import AnchoredItem

NEVER = 1_000_000_000


@dataclass(frozen=True)
class Asked:
    """What an address asks for: a quiz of the reading (its first, if none), and which attempts of whom."""

    quiz: int | None
    meant: Meant = EVERYBODY
    labels: tuple[LabelRow, ...] = ()

    @property
    def label(self) -> LabelRow | None:
        """The label whose students are meant; `labels` are all that may be asked for."""
        return next((label for label in self.labels if label.id == self.meant.label_id), None)


@dataclass(frozen=True)
class ClassBeside:
    """The same quiz in another class: hand-ins, the middle of FEW final scores or more, shares by item id."""

    delivery: DeliveryRow
    handed_in: int
    middle: Points | None
    shares: dict[int, ClassShare]


@dataclass(frozen=True)
class ClassResults:
    """Everything the page of a class's results shows of one quiz. `open_questions`: by paragraph number."""

    asked: Asked
    delivery: DeliveryRow
    quizzes: Sequence[DeliveryRow]
    completion: Completion
    scores: Scores
    questions: Sequence[QuestionResult]
    text: Text
    tested: Sequence[AnchoredItem]
    struggle: Sequence[MapRow]
    open_questions: Mapping[int, Spot]
    has_several: bool
    beside: Sequence[ClassBeside]
    talk: Sequence[TurnoutRow]

    @property
    def waiting(self) -> int:
        """How many answers wait for a person."""
        return sum(question.figures.waiting for question in self.questions)


@dataclass(frozen=True)
class ClassReading:
    """What was read of a class's results on one quiz, before anything is made of it.

    For staff also where `questions` wait in the margin, and how many took part in each discussion (`talk`).
    """

    reading: AssignmentRow
    asked: Asked
    delivery: DeliveryRow
    quizzes: Sequence[DeliveryRow]
    others: Sequence[DeliveryRow]
    items: Sequence[ItemRow]
    found: ClassFigures
    drawn: tuple[DrawnFigures, ...] = ()
    anchors: Mapping[int, Sequence[tuple[int, int]]] = field(default_factory=dict)
    questions: tuple[OpenQuestionRow, ...] = ()
    talk: tuple[TurnoutRow, ...] = ()

    @property
    def missing(self) -> int:
        """How many have not handed in a first attempt; 0 where other attempts are meant."""
        is_first = self.asked.meant.which == EVERYBODY.which
        done = self.found.handed_in.get(self.delivery.id, 0)
        return self.delivery.completion(done).missing if is_first else 0

    @property
    def key(self) -> Hashable:
        """The same for what looks the same: everything that the page is made of, whoever asks."""
        items = ((item.item_id, item.version_id, item.points) for item in self.items)
        drawn = tuple(one.key for one in self.drawn)
        places = tuple((version_id, tuple(ends)) for version_id, ends in self.anchors.items())
        classes = (*self.quizzes, *self.others)
        made_of = (self.reading, self.delivery.id, classes, tuple(items), places)
        return (*made_of, self.asked.labels, self.found.key, drawn, self.questions, self.talk)


def load_deliveries(
    user_id: int, reading: AssignmentRow, asked: Asked, now: datetime
) -> tuple[DeliveryRow | None, list[DeliveryRow], list[DeliveryRow]]:
    """Return the delivery asked for (or the first), all of this reading, and its like in other classes."""
    found = list_deliveries(user_id, reading.id, now, asked.meant)
    here = [row for row in found if row.assignment_id == reading.id]
    chosen = next((row for row in here if row.id == asked.quiz), here[0] if here else None)
    others = [row for row in found if chosen and row.quiz_id == chosen.quiz_id and row.assignment_id != reading.id]
    return chosen, here, others


def read_class(user_id: int, reading: AssignmentRow, asked: Asked, now: datetime) -> ClassReading | None:
    """Read the results of the quiz asked for (or the first of the reading); None where there is no quiz."""
    delivery, here, others = load_deliveries(user_id, reading, asked, now)
    if delivery is None:
        return None
    deliveries = [delivery.id, *(row.id for row in others)]
    exceptions = find_exceptions(deliveries, now, asked.meant.label_id)
    found = class_figures(deliveries, now, asked.meant, exceptions)
    items = list_items(delivery.quiz_id)
    drawn = list_drawn(items, asked.meant, values_under(delivery.id, asked.meant, exceptions))
    versions = [item.version_id for item in items] + [one.item.version_id for one in drawn]
    anchors = list_anchors(versions, reading.version_id)
    named = may_see_names(reading)
    questions = tuple(list_open_questions(as_margin(reading))) if named else ()
    talk = tuple(list_turnouts(reading.id)) if named and asked.label is None else ()
    return ClassReading(reading, asked, delivery, here, others, items, found, drawn, anchors, questions, talk)


def class_results(read: ClassReading) -> ClassResults:
    """Make of what was read everything that the page shows."""
    blocks, anchors = list_blocks(read.reading.version_id), read.anchors
    text = Text(blocks, sentences_of(blocks))
    here, scores = read.delivery.id, read.found.scores
    own = {item.item_id: read.found.of(here, item.item_id) for item in read.items}
    found = with_drawn(question_results(read.items, own, anchors, text), read.drawn, anchors, text)
    questions = found if may_see_names(read.reading) else hardest_first([of_enough(each, FEW) for each in found])
    spread = scores_of(scores.get(here, []), sum(item.points for item in read.items))
    completion = read.delivery.completion(read.found.handed_in.get(here, 0))
    tested = places_tested(questions, _least(read.reading, completion))
    return ClassResults(
        asked=read.asked,
        delivery=read.delivery,
        quizzes=read.quizzes,
        completion=completion,
        tested=tested,
        scores=spread,
        questions=questions,
        text=text,
        struggle=map_rows(missed_layer(tested, blocks), blocks, misses_in_text(questions), is_short=True),
        open_questions=questions_layer(read.questions, blocks).paragraphs,
        has_several=read.found.has_several and may_see_names(read.reading),
        beside=[_beside(row, read.items, read.found) for row in read.others],
        talk=read.talk,
    )


def _least(reading: AssignmentRow, completion: Completion) -> int:
    """How many graded answers a question needs before the map says what was lost on it."""
    if completion.handed_in < FEW:
        return NEVER
    return 0 if may_see_names(reading) else FEW


def _beside(
    row: DeliveryRow,
    items: Sequence[ItemRow],
    found: ClassFigures,
) -> ClassBeside:
    spread = scores_of(found.scores.get(row.id, []), sum(item.points for item in items))
    figures = {item.item_id: (item, found.of(row.id, item.item_id)) for item in items}
    shares = {at: ClassShare(each.facility(item.points), each.graded) for at, (item, each) in figures.items()}
    return ClassBeside(row, found.handed_in.get(row.id, 0), spread.middle, shares)
