"""Passages that an address asks to be marked in the article: `?marked=12-14.20-20`. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence

from articles.spans import Placed, UnknownSentence, covered

MOST_PASSAGES = 20
_PASSAGE = re.compile(r"(\d{1,12})-(\d{1,12})", re.ASCII)


def marked_sentences(asked: str, sentences: Sequence[Placed]) -> dict[int, str]:
    """Return {sentence id: class} for every sentence of the passages; what is not in this text is left out."""
    marked: dict[int, str] = {}
    for passage in asked.split(".")[:MOST_PASSAGES]:
        found = _PASSAGE.fullmatch(passage)
        if found:
            marked |= dict.fromkeys(_between(sentences, int(found[1]), int(found[2])), "marked")
    return marked


def _between(sentences: Sequence[Placed], first: int, last: int) -> tuple[int, ...]:
    try:
        return covered(sentences, first, last)
    except UnknownSentence:
        return ()
