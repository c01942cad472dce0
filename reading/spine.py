"""The article as a column of bars, one for each paragraph. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from articles.queries import BlockRow

WORDS_A_MINUTE = 220
"""A usual pace for reading prose in order to understand it."""


@dataclass(frozen=True)
class Bar:
    """One paragraph: its ¶ number and how many words it has."""

    number: int
    words: int


def spine_of(blocks: Sequence[BlockRow]) -> list[Bar]:
    """Return a bar for each numbered block."""
    return [
        Bar(block.number, sum(_length(sentence.text) for sentence in block.sentences))
        for block in blocks
        if block.number is not None
    ]


def _length(text: str) -> int:
    """Count words, or for scripts without spaces about two characters as one."""
    words = len(text.split())
    return max(words, len(text) // 12)


def minutes_to_read(words: int) -> int:
    """Return the minutes that reading takes, one at least."""
    return max(1, round(words / WORDS_A_MINUTE))
