"""Places in an article: spans of sentences and the references people write for them. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

CONTEXT = 64
REFERENCE = re.compile(r"¶\s?(\d{1,5})(?:\.(\d{1,5}))?(?:\s?[-–]\s?(?:(\d{1,5})\.)?(\d{1,5})(?!\.?\d))?")


class UnknownSentence(ValueError):
    """A sentence id that is not in this version of the article."""


class Placed(Protocol):
    """A sentence with its place: what list_sentences() returns."""

    @property
    def id(self) -> int:
        """The sentence's stable id."""

    @property
    def block_number(self) -> int | None:
        """The ¶ number of its block; None in a heading."""

    @property
    def number(self) -> int:
        """Its number in its block, from 1."""

    @property
    def text(self) -> str:
        """Its plain text."""

    @property
    def gap(self) -> bool:
        """Whether a space follows it."""


@dataclass(frozen=True)
class SpanText:
    """A span in words: its first and last sentence in reading order, the quote, and the text around it."""

    first_id: int
    last_id: int
    quote: str
    prefix: str
    suffix: str


def _bounds(sentences: Sequence[Placed], first_id: int, last_id: int) -> tuple[int, int]:
    places = {sentence.id: index for index, sentence in enumerate(sentences)}
    if first_id not in places or last_id not in places:
        raise UnknownSentence(f"sentence {first_id if first_id not in places else last_id}")
    first, last = places[first_id], places[last_id]
    return min(first, last), max(first, last)


def gap_after(sentence: Placed, following: Placed | None) -> str:
    """Return what stands between a sentence and the next where text is quoted: a space or nothing."""
    return " " if following is not None and (sentence.gap or following.number == 1) else ""


def _joined(sentences: Sequence[Placed]) -> str:
    pairs = zip(sentences, [*sentences[1:], None], strict=False)
    return "".join(sentence.text + gap_after(sentence, following) for sentence, following in pairs)


def describe(sentences: Sequence[Placed], first_id: int, last_id: int) -> SpanText:
    """Return the span between two sentences, whichever comes first, with up to 64 characters either side.

    Raises UnknownSentence when one of them is not among `sentences`.
    """
    first, last = _bounds(sentences, first_id, last_id)
    before = _joined(sentences[max(0, first - CONTEXT) : first])
    after = _joined(sentences[last + 1 : last + 1 + CONTEXT])
    return SpanText(
        sentences[first].id,
        sentences[last].id,
        _joined(sentences[first : last + 1]),
        before[-CONTEXT:],
        after[:CONTEXT],
    )


def covered(sentences: Sequence[Placed], first_id: int, last_id: int) -> tuple[int, ...]:
    """Return the ids from the first to the last sentence, in reading order. Raises UnknownSentence."""
    first, last = _bounds(sentences, first_id, last_id)
    return tuple(sentence.id for sentence in sentences[first : last + 1])


def paragraph_of(sentences: Sequence[Placed], sentence_id: int) -> int | None:
    """Return the ¶ number a sentence stands in; for a heading, of the paragraph after it (None at the end)."""
    first, _last = _bounds(sentences, sentence_id, sentence_id)
    return next((s.block_number for s in sentences[first:] if s.block_number is not None), None)


def format_reference(sentences: Sequence[Placed], first_id: int, last_id: int) -> str:
    """Return "¶ 4.3", "¶ 4.3–5" (within ¶ 4), "¶ 4.3–5.1", or "¶ 4" for a whole block; "" for headings alone."""
    first, last = _bounds(sentences, first_id, last_id)
    numbered = [s for s in sentences[first : last + 1] if s.block_number is not None]
    if not numbered:
        return ""
    start, end = numbered[0], numbered[-1]
    if start.block_number == end.block_number and len(numbered) == sum(
        1 for s in sentences if s.block_number == start.block_number
    ):
        return f"¶ {start.block_number}"
    if start.id == end.id:
        return f"¶ {start.block_number}.{start.number}"
    if start.block_number == end.block_number:
        return f"¶ {start.block_number}.{start.number}–{end.number}"
    return f"¶ {start.block_number}.{start.number}–{end.block_number}.{end.number}"


def parse_reference(text: str, sentences: Sequence[Placed]) -> tuple[int, int] | None:
    """Return the first and last sentence id of one reference such as "¶ 4.3–5"; None if there is no such place.

    "¶ 4" is the whole paragraph, "¶ 4–6" three whole paragraphs.
    """
    found = REFERENCE.fullmatch(text.strip())
    if not found:
        return None
    block, number, end_block, end = (int(group) if group else None for group in found.groups())
    last_block, last_number = end_block or block, end
    if number is None and end is not None:
        if end_block is not None:
            return None
        last_block, last_number = end, None
    if number is not None and end is None:
        last_number = number
    first_place = _place(sentences, block, number, last=False)
    last_place = _place(sentences, last_block, last_number, last=True)
    if first_place is None or last_place is None or first_place > last_place:
        return None
    return sentences[first_place].id, sentences[last_place].id


def _place(sentences: Sequence[Placed], block: int | None, number: int | None, *, last: bool) -> int | None:
    places = [
        index for index, s in enumerate(sentences) if s.block_number == block and (number is None or s.number == number)
    ]
    if not places:
        return None
    return places[-1] if last else places[0]


def find_references(text: str) -> list[tuple[int, int, str]]:
    """Return (start, end, text) of everything in a text that has the form of a reference."""
    return [(found.start(), found.end(), found.group(0)) for found in REFERENCE.finditer(text)]
