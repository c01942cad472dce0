"""The article as a column of bars, one for each paragraph. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from articles.queries import BlockRow

WORDS_A_MINUTE = 220
"""A usual pace for reading prose in order to understand it."""
NO_NOTES: Mapping[int, int] = {}


@dataclass(frozen=True)
class Bar:
    """One paragraph: its ¶ number, how many words it has, and how many notes stand beside it."""

    number: int
    words: int
    notes: int = 0


def spine_of(blocks: Sequence[BlockRow], notes: Mapping[int, int] = NO_NOTES) -> list[Bar]:
    """Return a bar for each numbered block; `notes` are counts by ¶ number."""
    return [
        Bar(block.number, sum(_length(sentence.text) for sentence in block.sentences), notes.get(block.number, 0))
        for block in blocks
        if block.number is not None
    ]


def _length(text: str) -> int:
    """Count words, or for scripts without spaces about two characters as one."""
    words = len(text.split())
    return max(words, len(text) // 12)


def paragraph_to_go_on(blocks: Sequence[BlockRow], sentence_id: int | None) -> int | None:
    """Return the ¶ number at which to go on reading; None at the beginning, at the end, or where it is not known."""
    numbered = [block for block in blocks if block.number is not None]
    for block in numbered[1:-1]:
        if any(sentence.id == sentence_id for sentence in block.sentences):
            return block.number
    return None


def minutes_to_read(words: int) -> int:
    """Return the minutes that reading takes, one at least."""
    return max(1, round(words / WORDS_A_MINUTE))
