"""Where in a long text a quote could stand at all, so that it is looked for there alone. Pure.

A quote that was edited keeps some of its words, or else some of those around it. Where the rarer ones stand in the text
says where the quote would begin; where several agree a closer look is worth it. A short text is worth it everywhere.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cached_property

from articles.spans.quotes import Quote

SHORT = 20_000  # code points: looked through as a whole
COMMON = 60  # a word that stands in more places tells nothing
LONGEST_WORD = 15  # letters; what is longer is a script without spaces, and taken in pairs of letters
NEAR = 200  # beginnings this close, in code points, mean the same place
MOST_STRETCHES = 4
_WORD = re.compile(r"\w+")


class Narrowed:
    """A text with a register of where its words stand, made when it is first needed."""

    def __init__(self, text: str) -> None:
        self.text = text

    @cached_property
    def _register(self) -> dict[str, list[int]]:
        register: dict[str, list[int]] = {}
        for at, word in _words(self.text):
            register.setdefault(word, []).append(at)
        return {word: places for word, places in register.items() if len(places) <= COMMON}

    def stretches(self, quote: Quote, around: int) -> list[tuple[int, int]]:
        """Return the stretches (start, end) where something like `quote` could stand, in order.

        Around each, `around` code points are left on both sides. They do not touch each other.
        """
        if len(self.text) <= SHORT:
            return [(0, len(self.text))]
        votes: Counter[int] = Counter()
        for offset, word in _words(quote.prefix + quote.exact + quote.suffix):
            begins = len(quote.prefix) - offset
            votes.update({(at + begins) // NEAR for at in self._register.get(word, ())})
        likely = sorted(votes, key=lambda at: (-votes[at] - votes.get(at + 1, 0), at))[:MOST_STRETCHES]
        length = len(quote.exact) + around
        return _joined([(max(0, at * NEAR - around), (at + 2) * NEAR + length) for at in likely], len(self.text))


def _words(text: str) -> Iterator[tuple[int, str]]:
    for found in _WORD.finditer(text):
        word, start = found.group(), found.start()
        if len(word) <= LONGEST_WORD:
            yield start, word
        else:
            for at in range(len(word) - 1):
                yield start + at, word[at : at + 2]


def _joined(found: Sequence[tuple[int, int]], length: int) -> list[tuple[int, int]]:
    joined: list[tuple[int, int]] = []
    for start, end in sorted(found):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], min(end, length)))
        elif start < length:
            joined.append((start, min(end, length)))
    return joined
