"""Where the passages of one version of a text stand in the next. Pure.

A passage whose sentences are unchanged stays with them. Else its words are looked for: exactly, then the most
like them; then those of its sentences that were reworded under the same id. What is in none of these places is an
orphan: it is reported as such, never moved to a likely place.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from articles.spans.locating import Selector, locate
from articles.spans.narrowing import Narrowed
from articles.spans.places import CONTEXT, Placed, gap_after

BY_ID, BY_QUOTE, BY_LIKENESS, BY_HAND, ORPHAN = "id", "quote", "likeness", "hand", "orphan"
STATES = (BY_ID, BY_QUOTE, BY_LIKENESS, BY_HAND, ORPHAN)


@dataclass(frozen=True)
class Known:
    """A span with the words it was made from, and where it stands in the version before (None: an orphan there)."""

    id: int
    words: Selector
    ends: tuple[int, int] | None
    start_offset: int | None = None
    end_offset: int | None = None

    @property
    def is_whole(self) -> bool:
        """Whether it is of whole sentences."""
        return self.start_offset is None and self.end_offset is None


@dataclass(frozen=True)
class Found:
    """Where a span stands in a version: sentences counted from 0; offsets only for parts of sentences."""

    first: int
    last: int
    state: str
    start_offset: int | None = None
    end_offset: int | None = None


class Joined:
    """The sentences of a version as one text, in code points, joined as a reader sees them."""

    def __init__(self, sentences: Sequence[Placed]) -> None:
        self.sentences = sentences
        self.index = {sentence.id: at for at, sentence in enumerate(sentences)}
        self.starts: list[int] = []
        pieces: list[str] = []
        length = 0
        for sentence, following in zip(sentences, [*sentences[1:], None], strict=False):
            self.starts.append(length)
            piece = sentence.text + gap_after(sentence, following)
            pieces.append(piece)
            length += len(piece)
        self.text = "".join(pieces)
        self.narrowed = Narrowed(self.text)

    def ends_of(self, span: Known) -> tuple[int, int] | None:
        """The first and last sentence of a span by its ids, in reading order; None when one is not here."""
        if span.ends is None or not set(span.ends) <= self.index.keys():
            return None
        first, last = sorted(self.index[at] for at in span.ends)
        return first, last

    def words_between(self, first: int, last: int, offsets: tuple[int | None, int | None] = (None, None)) -> Selector:
        """What stands there, with its surroundings."""
        start = self.starts[first] + (offsets[0] or 0)
        end = self.starts[last] + (len(self.sentences[last].text) if offsets[1] is None else offsets[1])
        text = self.text
        return Selector(text[start:end], text[max(0, start - CONTEXT) : start], text[end : end + CONTEXT], start)

    def sentences_at(self, start: int, end: int) -> tuple[int, int]:
        """The first and last sentence of a stretch; one that it only touches at its ends is left out."""
        first = max(0, bisect_right(self.starts, start) - 1)
        last = max(first, bisect_left(self.starts, end) - 1)
        while first < last and self._is_touched(first, start, end):
            first += 1
        while first < last and self._is_touched(last, start, end):
            last -= 1
        return first, last

    def _is_touched(self, at: int, start: int, end: int) -> bool:
        begins, length = self.starts[at], len(self.sentences[at].text)
        shared = min(end, begins + length) - max(start, begins)
        return 2 * shared < length and 5 * shared < end - start


def carry(before: Joined, after: Joined, spans: Sequence[Known]) -> dict[int, Found | None]:
    """Return where each span (by id) stands in `after`; None for an orphan."""
    return {span.id: _place(before, after, span) for span in spans}


def follow_sentences(before: Joined, after: Joined, ids: Sequence[int]) -> dict[int, int | None]:
    """Return where each of these sentences of `before` is in `after`, by id; None for what is nowhere in it.

    One that was merged into another is there; one that was split is its first part.
    """
    spans = [
        Known(each, before.words_between(at, at), (each, each))
        for each in ids
        if (at := before.index.get(each, -1)) >= 0
    ]
    places = carry(before, after, spans)
    return {each: after.sentences[found.first].id if found else None for each, found in places.items()}


def _place(before: Joined, after: Joined, span: Known) -> Found | None:
    was, now = before.ends_of(span), after.ends_of(span)
    offsets = (span.start_offset, span.end_offset)
    words = before.words_between(*was, offsets) if was else span.words
    if was and now and _are_same(before, was, after, now):
        return Found(*now, BY_ID, *offsets)
    found = _look_for(after, span, words)
    if found is None and words.exact != span.words.exact:
        found = _look_for(after, span, span.words)
    if found is None and was and now and now[1] - now[0] <= 2 * (was[1] - was[0]):
        return Found(*now, BY_ID)
    return found


def _are_same(before: Joined, was: tuple[int, int], after: Joined, now: tuple[int, int]) -> bool:
    """Whether the same sentences with the same words stand there, and nothing was put between them."""
    old, new = before.sentences[was[0] : was[1] + 1], after.sentences[now[0] : now[1] + 1]
    return [(one.id, one.text) for one in old] == [(one.id, one.text) for one in new]


def _look_for(after: Joined, span: Known, words: Selector) -> Found | None:
    place = locate(after.narrowed, words)
    if place is None:
        return None
    state = BY_QUOTE if after.text[slice(*place)] == words.exact else BY_LIKENESS
    first, last = after.sentences_at(*place)
    if span.is_whole:
        return Found(first, last, state)
    start, end = place[0] - after.starts[first], place[1] - after.starts[last]
    return Found(first, last, state, max(0, start), min(end, len(after.sentences[last].text)))


@dataclass(frozen=True)
class Fate:
    """What becomes of one passage: the words it had, and where they are now (None: nowhere)."""

    span_id: int
    quote: str
    found: Found | None
    words: str = ""

    @property
    def is_orphan(self) -> bool:
        """Whether it has lost its place."""
        return self.found is None

    @property
    def has_moved(self) -> bool:
        """Whether it has a place, but other sentences or other words than before."""
        return self.found is not None and (self.found.state != BY_ID or self.words != self.quote)


def fates(before: Joined, after: Joined, spans: Sequence[Known], places: Mapping[int, Found | None]) -> list[Fate]:
    """Return what becomes of each span, in the order given."""
    told = []
    for span in spans:
        was, found = before.ends_of(span), places[span.id]
        quote = before.words_between(*was, (span.start_offset, span.end_offset)).exact if was else span.words.exact
        fate = Fate(span.id, quote, found)
        if found:
            words = after.words_between(found.first, found.last, (found.start_offset, found.end_offset)).exact
            fate = replace(fate, words=words)
        told.append(fate)
    return told
