"""Reads what stands on the projector: nothing of fewer than five, nothing that is not for the whole class, no name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from articles.queries import AssignmentRow, list_blocks, sentences_of
from classroom.queries import list_names
from discussion.covering import Covering
from discussion.queries import (
    ShowableRow,
    as_margin,
    count_confused,
    list_chips_of,
    list_confusion,
    list_open_questions,
    list_projected,
    list_showable,
)
from discussion.references import Chip
from results.answers import QuestionResult
from results.maps import CONFUSION, QUESTIONS, Layer, confusion_layer, questions_layer
from results.overview import FEW
from results.projector import COMMENTS, Place
from results.queries.classes import DeliveryRow
from results.queries.maps import ClassMap, MapAsked, read_map
from results.queries.overview import Asked, class_results, read_class


@dataclass(frozen=True)
class ShownPost:
    """A post with the names in it covered, and its references by mark number."""

    row: ShowableRow
    html: str
    chips: dict[int, Chip]


@dataclass(frozen=True)
class Slide:
    """What one step shows: a map, a question or posts."""

    map: ClassMap | None = None
    question: QuestionResult | None = None
    posts: Sequence[ShownPost] = ()


@dataclass(frozen=True)
class Screen:
    """What the projector is about: the class's reading and quiz, and which attempts."""

    user_id: int
    reading: AssignmentRow
    asked: Asked
    delivery: DeliveryRow

    @property
    def everybody(self) -> AssignmentRow:
        """The reading as somebody sees it who may know no names: what is shown to a class is no more than that."""
        return replace(self.reading, role="observer")


def read_slide(screen: Screen, place: Place, now: datetime) -> Slide:
    """Return what a step shows."""
    if place.step.name == COMMENTS:
        return Slide(posts=read_posts(screen.reading, list_projected(screen.reading.id)))
    if place.step.item_id is None:
        return Slide(map=_map(screen, place.step.name, now))
    read = read_class(screen.user_id, screen.everybody, screen.asked, now)
    questions = class_results(read).questions if read else ()
    return Slide(question=next((q for q in questions if q.item.item_id == place.step.item_id), None))


def read_posts(reading: AssignmentRow, comment_ids: Sequence[int] | None = None) -> list[ShownPost]:
    """Return the posts of a reading that may be shown (of these ids, in their order), without names."""
    rows = list_showable(reading.id, comment_ids) if comment_ids is None or comment_ids else []
    if not rows:
        return []
    article = " ".join(sentence.text for sentence in sentences_of(list_blocks(reading.version_id)))
    covering = Covering(list_names(reading.section_id), article)
    chips = list_chips_of([row.id for row in rows], reading.version_id)
    if comment_ids is not None:
        rows = sorted(rows, key=lambda row: comment_ids.index(row.id))
    return [ShownPost(row, covering.cover(row.body_html), chips.get(row.id, {})) for row in rows]


def _map(screen: Screen, name: str, now: datetime) -> ClassMap | None:
    if name not in (CONFUSION, QUESTIONS):
        return read_map(screen.user_id, screen.everybody, MapAsked(screen.asked, name), now)
    blocks, margin = list_blocks(screen.reading.version_id), as_margin(screen.reading)
    found = ClassMap(screen.delivery, (), blocks, Layer(name))
    if name == QUESTIONS:
        return replace(found, layer=questions_layer(list_open_questions(margin, for_class=True), blocks))
    if count_confused(margin) < FEW:
        return replace(found, is_held=True)
    marks = {row.sentence_id: row.people for row in list_confusion(margin)}
    return replace(found, layer=confusion_layer(marks, screen.delivery.students, blocks))
