"""Reads what one layer of the map is made of: a fixed number of statements whatever the size of the class."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from articles.queries import AssignmentRow, BlockRow, list_blocks
from discussion.queries import as_margin, list_confusion, list_open_questions
from quizzes.queries.items import list_items
from results.citations import CitedItem, citations_of, cited_items, of_enough
from results.maps import (
    CONFUSION,
    EVIDENCE,
    LAYERS,
    MISSED,
    QUESTIONS,
    Layer,
    confusion_layer,
    evidence_layer,
    missed_layer,
    questions_layer,
)
from results.overview import FEW
from results.permissions import may_see_names
from results.queries.citations import list_citations
from results.queries.classes import DeliveryRow
from results.queries.overview import Asked, ClassReading, class_results, load_deliveries, read_class


@dataclass(frozen=True)
class MapAsked:
    """What an address asks for: of which attempts, a layer and, of the evidence, one question and one answer to it."""

    asked: Asked
    layer: str = MISSED
    item: int | None = None
    option: str | None = None

    def within(self, layers: Sequence[str]) -> MapAsked:
        """The same, or the points lost where the layer is none of these."""
        return self if self.layer in layers else MapAsked(self.asked)

    @property
    def of_whom(self) -> Asked:
        """Whom the layer is of: what people marked and wrote is the whole class's, whatever label is asked for."""
        if self.layer in (CONFUSION, QUESTIONS):
            return replace(self.asked, meant=replace(self.asked.meant, label_id=None))
        return self.asked


@dataclass(frozen=True)
class ClassMap:
    """One layer over the article as the class reads it. `is_held`: it is about too few people to be shown.

    `cited`: the questions with evidence; `chosen` and `option` say which of them is shown. Who may see no names is
    shown no single answer: what is left of the whole would tell of few.
    """

    delivery: DeliveryRow
    quizzes: Sequence[DeliveryRow]
    blocks: Sequence[BlockRow]
    layer: Layer
    is_held: bool = False
    cited: Sequence[CitedItem] = ()
    chosen: CitedItem | None = None
    option: str | None = None


def layers_for(reading: AssignmentRow) -> tuple[str, ...]:
    """Return the layers that the viewer may see: what people wrote or marked is for staff."""
    return LAYERS if may_see_names(reading) else (MISSED, EVIDENCE)


def read_map(user_id: int, reading: AssignmentRow, wanted: MapAsked, now: datetime) -> ClassMap | None:
    """Read one layer; None where the reading has no quiz."""
    asked, layer = wanted.of_whom, wanted.layer
    delivery, here, _others = load_deliveries(user_id, reading, asked, now)
    if delivery is None:
        return None
    blocks = list_blocks(reading.version_id)
    found = ClassMap(delivery, here, blocks, Layer(layer))
    if layer == MISSED:
        return _with_missed(found, read_class(user_id, reading, replace(asked, quiz=delivery.id), now))
    if layer == EVIDENCE:
        return _with_evidence(found, wanted, now, 0 if may_see_names(reading) else FEW)
    margin = as_margin(reading)
    if layer == CONFUSION:
        marks = {row.sentence_id: row.people for row in list_confusion(margin)}
        return replace(found, layer=confusion_layer(marks, delivery.students, blocks))
    return replace(found, layer=questions_layer(list_open_questions(margin), blocks))


def _with_missed(found: ClassMap, read: ClassReading | None) -> ClassMap:
    if read is None:
        return found
    page = class_results(read)
    return replace(found, layer=missed_layer(page.tested, found.blocks), is_held=page.completion.handed_in < FEW)


def _with_evidence(found: ClassMap, wanted: MapAsked, now: datetime, least: int) -> ClassMap:
    rows = of_enough(list_citations(found.delivery.id, now, wanted.asked.meant), least)
    cited = cited_items(list_items(found.delivery.quiz_id), rows)
    chosen = next((each for each in cited if each.item.item_id == wanted.item), None)
    options = {option.key for option in chosen.options} if chosen and not least else set()
    option = wanted.option if wanted.option in options else None
    layer = evidence_layer(citations_of(rows, chosen.item if chosen else None, option), found.blocks)
    is_held = layer.n < least
    return replace(
        found,
        layer=Layer(EVIDENCE) if is_held else layer,
        is_held=is_held,
        cited=cited,
        chosen=chosen,
        option=option,
    )
