"""The margin of a reading as a page shows it: the text with the places of notes, and the notes beside it.

Read with three statements, one more where notes point at passages in their words.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from flask import request

from articles.addresses import to_reading
from articles.page_blocks import page_blocks
from articles.queries import list_blocks
from core import clock
from core.live import Cursor
from core.memory import recall
from discussion import permissions, queries
from discussion.margin_layout import Paragraph, TextPlaces, count_fitting, paragraphs_of, place_in, room_beside
from discussion.margins import Margin
from discussion.marked_text import Drawing, TextDrawer, TextPiece
from discussion.models import CLASS, SELF
from discussion.note_cards import CardMaker, NoteCard, length_of, rank_order
from discussion.queries import AnchorRow, ConfusionRow, NoteRow
from discussion.references import OPEN, Chip

NO_SENTENCES: Mapping[int, str] = {}


@dataclass
class Beside:
    """What stands beside one paragraph: the notes on the page, and how many there are in all."""

    number: int
    notes: int
    unread: int
    cards: list[NoteCard] = field(default_factory=list)

    @property
    def more(self) -> int:
        """How many do not show until they are asked for."""
        return self.notes - sum(not card.is_folded and not card.post.gone for card in self.cards)


@dataclass(frozen=True)
class MarginPage:
    """The text in pieces, what stands beside its paragraphs by ¶ number, and what has lost its place.

    `lost`: notes whose words are no longer in the text; `lost_confusion`, for staff: sentences that are not there
    any more, and how many students they confused.
    """

    margin: Margin
    pieces: Sequence[TextPiece]
    beside: Mapping[int, Beside]
    lost: Sequence[NoteCard]
    lost_confusion: Sequence[tuple[str, int]]
    may_write: bool
    may_write_to_class: bool
    may_be_confused: bool
    cursor: Cursor

    @property
    def counts(self) -> dict[int, int]:
        """How many notes each paragraph has."""
        return {number: beside.notes for number, beside in self.beside.items() if beside.notes}


@dataclass(frozen=True)
class _Found:
    anchors: Sequence[AnchorRow]
    notes: Sequence[NoteRow]
    confusion: Sequence[ConfusionRow]


def text_places(version_id: int) -> TextPlaces:
    """Return where the sentences of a version stand."""
    return recall(("text_places", version_id), lambda: TextPlaces(list_blocks(version_id)))


def reading_url(margin: Margin) -> str:
    """Return the address of the reading's page."""
    return to_reading(request.script_root, margin.assignment_id)


def chips_of(notes: Sequence[NoteRow], version_id: int) -> Mapping[int, Mapping[int, Chip]]:
    """Return the chips of notes and answers whose words point at passages. One statement, or none."""
    every = [each for note in notes for each in (note.comment, *note.shown)]
    pointing = [each.id for each in every if OPEN in each.body_html]
    return queries.list_chips_of(pointing, version_id) if pointing else {}


def may_write(margin: Margin, visibility: str) -> bool:
    """Tell whether the viewer may write a note of this visibility now."""
    return permissions.may_post(margin.beside(visibility), clock.now())


def margin_page(
    margin: Margin, wanted_id: int | None = None, marked: Mapping[int, str] = NO_SENTENCES, only: Collection[int] = ()
) -> MarginPage:
    """Return the whole margin as it exists for the viewer; `wanted_id`: a note that is to be on the page.

    `marked`: classes of sentences. `only`: the text of these paragraphs alone.
    """
    now = clock.now()
    found = _Found(queries.list_anchors(margin), queries.list_notes(margin, wanted_id), queries.list_confusion(margin))
    text = text_places(margin.version_id)
    paragraphs = paragraphs_of(text, found.anchors)
    maker = CardMaker(margin, now, reading_url(margin), chips_of(found.notes, margin.version_id))
    beside, lost = _arrange(text, paragraphs, found.notes, maker)
    _fold(text, paragraphs, beside, found.notes)
    confusion = {row.sentence_id: row for row in found.confusion}
    drawing = Drawing(text, paragraphs, confusion, reading_url(margin), margin.is_staff, marked)
    blocks = page_blocks(margin.version_id)
    if only:
        blocks = [block for block in blocks if block.number in only]
    return MarginPage(
        margin,
        list(TextDrawer(drawing).pieces(blocks)),
        beside,
        lost,
        _lost_confusion(margin, text, found.confusion),
        may_write(margin, SELF),
        may_write(margin, CLASS),
        permissions.may_be_confused(margin),
        Cursor(now),
    )


def _lost_confusion(margin: Margin, text: TextPlaces, confusion: Sequence[ConfusionRow]) -> Sequence[tuple[str, int]]:
    """One statement where there are any."""
    lost = {row.sentence_id: row.people for row in confusion if row.sentence_id not in text.order}
    words = queries.list_last_words(list(lost)) if lost and margin.is_staff else {}
    return [(said, lost[sentence_id]) for sentence_id, said in words.items() if lost[sentence_id]]


def _arrange(
    text: TextPlaces, paragraphs: Mapping[int, Paragraph], notes: Sequence[NoteRow], maker: CardMaker
) -> tuple[dict[int, Beside], list[NoteCard]]:
    """Put each note beside its paragraph, in the order of the text; the rest has lost its place."""
    places = {
        (place.first, place.last, place.start, place.end): place
        for each in paragraphs.values()
        for place in each.places
    }
    beside = {number: Beside(number, each.notes, each.unread) for number, each in paragraphs.items()}
    ordered: list[tuple[int, int, NoteRow]] = []
    lost: list[NoteCard] = []
    for note in notes:
        ends = place_in(text, note.anchor)
        if ends not in places:
            lost.append(maker.card(note))
            continue
        ordered.append((places[ends].key, note.turn, note))
        places[ends].note_ids.append(note.comment.id)
    by_key = {place.key: place for place in places.values()}
    for key, _turn, note in sorted(ordered, key=lambda each: each[:2]):
        card = maker.placed(note, text, by_key[key].letter)
        beside[card.number or 0].cards.append(card)
    return beside, lost


def _fold(
    text: TextPlaces, paragraphs: Mapping[int, Paragraph], beside: Mapping[int, Beside], notes: Sequence[NoteRow]
) -> None:
    """Leave beside each paragraph the notes for which there is room; the others show when they are asked for."""
    room = room_beside(text, paragraphs)
    rows = {note.comment.id: note for note in notes}
    for number, each in beside.items():
        first = rank_order([rows[card.id] for card in each.cards])
        fitting = count_fitting(room.get(number, 0), [length_of(note) for note in first])
        turns = {note.comment.id: turn for turn, note in enumerate(first)}
        for card in each.cards:
            card.turn = turns[card.id]
            card.is_folded = card.turn >= fitting


def paragraphs_with(margin: Margin, comment_ids: Sequence[int]) -> set[int]:
    """Return the ¶ numbers where these notes, or the notes that these answer, stand. One statement."""
    text = text_places(margin.version_id)
    found: set[int] = set()
    for first, last in queries.list_places_of(margin, comment_ids):
        start, end = text.order.get(first or 0), text.order.get(last or 0)
        if start is not None and end is not None:
            found |= {text.paragraph[each.id] for each in text.sentences[start : end + 1] if each.id in text.paragraph}
    return found


def paragraph_cards(margin: Margin, block_id: int, skipped: int = 0) -> list[NoteCard]:
    """Return every note that begins in one block, in the order of the text."""
    notes = queries.list_notes_of_paragraph(margin, block_id, skipped)
    text = text_places(margin.version_id)
    paragraphs = paragraphs_of(text, queries.list_anchors(margin))
    maker = CardMaker(margin, clock.now(), reading_url(margin), chips_of(notes, margin.version_id))
    beside, _lost = _arrange(text, paragraphs, notes, maker)
    return [card for each in beside.values() for card in each.cards]


def note_card(margin: Margin, note_id: int) -> NoteCard:
    """Return one note with all its answers, or answer 404."""
    note = queries.get_note(margin, note_id)
    text = text_places(margin.version_id)
    maker = CardMaker(margin, clock.now(), reading_url(margin), chips_of([note], margin.version_id))
    beside, lost = _arrange(text, paragraphs_of(text, queries.list_anchors(margin)), [note], maker)
    return lost[0] if lost else next(card for each in beside.values() for card in each.cards)
