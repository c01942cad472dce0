"""Which notes stand beside which paragraph, by which letters they are called, and how many there is room for. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from math import ceil
from typing import Protocol

LINE = 67  # characters of the text in a line (median)
LINE_HEIGHT, GAP = 34, 22  # pixels at the usual size: of a line, and between paragraphs
NOTE_LINE = 40  # characters in a line of a note
NOTE_HEIGHT, NOTE_LINE_HEIGHT, MOST_NOTE_LINES = 70, 23, 4
MOST_LETTERS = 3  # places of one sentence that have their letters in the text


class Sentence(Protocol):
    """A sentence of the class's text."""

    @property
    def id(self) -> int: ...
    @property
    def text(self) -> str: ...


class TextBlock(Protocol):
    """A block of the class's text."""

    @property
    def number(self) -> int | None: ...
    @property
    def sentences(self) -> Sequence[Sentence]: ...


class Ends(Protocol):
    """Where something stands by sentence ids, None for nowhere, and offsets in code points."""

    @property
    def first_id(self) -> int | None: ...
    @property
    def last_id(self) -> int | None: ...
    @property
    def start(self) -> int | None: ...
    @property
    def end(self) -> int | None: ...


class AnchorLike(Ends, Protocol):
    """A place with notes, as it is read."""

    @property
    def total(self) -> int: ...
    @property
    def notes(self) -> int: ...
    @property
    def unread(self) -> int: ...
    @property
    def by_teacher(self) -> bool: ...
    @property
    def mine(self) -> bool: ...
    @property
    def by_others(self) -> bool: ...


@dataclass
class NotePlace:
    """Words of the text that have notes. `letter`: the number of its first note in the paragraph, from 0.

    `first` and `last` are sentences counted from the beginning of the text. `total` also counts what is gone and
    still answered; `note_ids` are those of its notes that the page shows.
    """

    key: int
    first: int
    last: int
    start: int | None
    end: int | None
    total: int = 0
    notes: int = 0
    unread: int = 0
    by_teacher: bool = False
    mine: bool = False
    by_others: bool = False
    letter: int = 0
    note_ids: list[int] = field(default_factory=list)

    @property
    def letters(self) -> str:
        """What its notes are called: "b", or "b–d"."""
        first = letter_of(self.letter)
        return first if self.total <= 1 else f"{first}–{letter_of(self.letter + self.total - 1)}"


@dataclass
class Paragraph:
    """A numbered block with the places whose notes stand beside it, in the order of the text."""

    number: int
    places: list[NotePlace] = field(default_factory=list)

    @property
    def notes(self) -> int:
        """How many notes stand here."""
        return sum(place.notes for place in self.places)

    @property
    def unread(self) -> int:
        """How many of them are new."""
        return sum(place.unread for place in self.places)


class TextPlaces:
    """Where the sentences of a version stand: made once for each version."""

    def __init__(self, blocks: Sequence[TextBlock]) -> None:
        self.blocks = blocks
        self.sentences = [sentence for block in blocks for sentence in block.sentences]
        self.order = {sentence.id: at for at, sentence in enumerate(self.sentences)}
        self.paragraph = dict(self._paragraphs())
        self.labels = {
            sentence.id: f"{block.number}.{number}" if block.number is not None else ""
            for block in blocks
            for number, sentence in enumerate(block.sentences, 1)
        }
        self.heights = {
            block.number: LINE_HEIGHT * max(1, ceil(sum(len(each.text) + 1 for each in block.sentences) / LINE)) + GAP
            for block in blocks
            if block.number is not None
        }

    def _paragraphs(self) -> Iterator[tuple[int, int]]:
        """The ¶ number beside which each sentence's notes stand: a heading's, that of the next paragraph."""
        last = max((block.number for block in self.blocks if block.number is not None), default=None)
        following = last
        for block in reversed(self.blocks):
            following = block.number if block.number is not None else following
            if following is not None:
                yield from ((sentence.id, following) for sentence in block.sentences)


def letter_of(number: int) -> str:
    """Return a, b … z, aa, ab …, from 0."""
    letters = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("a") + rest) + letters
    return letters


def paragraphs_of(text: TextPlaces, anchors: Sequence[AnchorLike]) -> dict[int, Paragraph]:
    """Return the paragraphs that have notes, by ¶ number. Anchors on the very same words are one place."""
    places: dict[tuple[int, int, int | None, int | None], NotePlace] = {}
    for anchor in anchors:
        ends = place_in(text, anchor)
        if ends is None:
            continue
        place = places.setdefault(ends, NotePlace(0, *ends))
        place.total += anchor.total
        place.notes += anchor.notes
        place.unread += anchor.unread
        place.by_teacher |= anchor.by_teacher
        place.mine |= anchor.mine
        place.by_others |= anchor.by_others
    found: dict[int, Paragraph] = {}
    for key, ends in enumerate(sorted(places, key=_order)):
        place = places[ends]
        place.key = key
        number = text.paragraph.get(text.sentences[place.first].id)
        if number is None:
            continue
        paragraph = found.setdefault(number, Paragraph(number))
        place.letter = sum(each.total for each in paragraph.places)
        paragraph.places.append(place)
    return found


def place_in(text: TextPlaces, anchor: Ends) -> tuple[int, int, int | None, int | None] | None:
    """Return where an anchor stands: sentences counted from the beginning, and offsets; None for nowhere."""
    first, last = text.order.get(anchor.first_id or 0), text.order.get(anchor.last_id or 0)
    if first is None or last is None or first > last:
        return None
    return first, last, anchor.start, anchor.end


def _order(ends: tuple[int, int, int | None, int | None]) -> tuple[int, int, int, int]:
    first, last, start, end = ends
    return first, start or 0, last, 10**9 if end is None else end


def places_by_sentence(paragraphs: Mapping[int, Paragraph]) -> dict[int, list[NotePlace]]:
    """Return the places that each sentence (counted from the beginning) has a part in."""
    found: dict[int, list[NotePlace]] = defaultdict(list)
    for paragraph in paragraphs.values():
        for place in paragraph.places:
            for at in range(place.first, place.last + 1):
                found[at].append(place)
    return found


def room_beside(text: TextPlaces, paragraphs: Mapping[int, Paragraph]) -> dict[int, int]:
    """Return how high the notes of each paragraph may be, in pixels, before they meet those of the next one."""
    room: dict[int, int] = {}
    at = 0
    for number in sorted(text.heights):
        at = number if number in paragraphs else at
        if at:
            room[at] = room.get(at, 0) + text.heights[number]
    return room


def count_fitting(room: int, lengths: Sequence[int]) -> int:
    """Return how many notes, of so many characters each, fit into a room of so many pixels, in this order."""
    used = 0
    for number, length in enumerate(lengths):
        lines = min(MOST_NOTE_LINES, max(1, ceil(length / NOTE_LINE)))
        used += NOTE_HEIGHT + lines * NOTE_LINE_HEIGHT
        if used > room:
            return number
    return len(lengths)
