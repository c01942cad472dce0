"""Finding a quoted passage again in a text that has been edited. Pure.

Every place that is nearly the quote is a candidate; the words around it decide between them, and whether the
best of them is the passage at all. What was cut out is reported as gone rather than moved to a likely place.
The limits were set on texts with known edits (tests/oracles/test_anchoring.py reads them).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from articles.spans.edits import edits_to_ends, likeness_at_end, likeness_at_start
from articles.spans.narrowing import Narrowed
from articles.spans.quotes import Quote, find_quotes

MOST_CHANGED = 0.45  # of a quote's letters; beyond, it is another text
MOST_CANDIDATES = 200
UNTOUCHED = 0.95  # one side like this is enough
RECOGNISED = 0.65  # both sides like this are
TELLING = 40  # letters of a quote that found again speak for themselves
NEARLY_SAME = 0.8


@dataclass(frozen=True)
class Selector:
    """A passage as it stood: its words, those around it, and where it began, in code points."""

    exact: str
    prefix: str
    suffix: str
    start: int


@dataclass(frozen=True)
class _Candidate:
    start: int
    end: int
    likeness: float  # of the quote, 0 to 1
    before: float
    after: float

    @property
    def is_convincing(self) -> bool:
        """Whether this is the passage, and not merely something like it."""
        sides = (self.before, self.after)
        if self.likeness < 1 - MOST_CHANGED:
            return False
        if max(sides) >= UNTOUCHED or min(sides) >= RECOGNISED:
            return True
        return self.likeness >= NEARLY_SAME and (self.end - self.start) * self.likeness >= TELLING


def locate(text: str | Narrowed, selector: Selector) -> tuple[int, int] | None:
    """Return where the passage now stands in `text`, as (start, end) in code points; None when it is gone.

    For several passages of one long text hand in the same `Narrowed`: its register is made once.
    """
    narrowed = text if isinstance(text, Narrowed) else Narrowed(text)
    text = narrowed.text
    if not selector.exact:
        return None
    quote = Quote(selector.exact, selector.prefix, selector.suffix)
    untouched = list(find_quotes(text, quote))
    if len(untouched) == 1:
        return untouched[0]
    best = max(
        (_weigh(text, selector, place) for place in _places_like(narrowed, quote)),
        key=lambda found: _preference(found, selector, len(text)),
        default=None,
    )
    return (best.start, best.end) if best and best.is_convincing else None


def _preference(found: _Candidate, selector: Selector, length: int) -> float:
    """The quote counts twice, each side once; between equals the nearer one is meant."""
    moved = abs(found.start - selector.start) / max(length, 1)
    return 2 * found.likeness + found.before + found.after - moved / 10


def _weigh(text: str, selector: Selector, place: tuple[int, int, int]) -> _Candidate:
    start, end, edits = place
    return _Candidate(
        start,
        end,
        1 - edits / len(selector.exact),
        likeness_at_end(selector.prefix, text[max(0, start - 2 * len(selector.prefix)) : start]),
        likeness_at_start(selector.suffix, text[end : end + 2 * len(selector.suffix)]),
    )


def _places_like(narrowed: Narrowed, quote: Quote) -> Iterator[tuple[int, int, int]]:
    """Places where a few edits make the quote, fewest first: start, end, edits."""
    exact = quote.exact
    allowed = int(len(exact) * MOST_CHANGED)
    lowest: list[tuple[int, int]] = []
    for first, last in narrowed.stretches(quote, allowed):
        edits = edits_to_ends(exact, narrowed.text[first:last])
        lowest += [
            (count, first + end)
            for end, count in enumerate(edits)
            if count <= allowed and count <= min(edits[max(0, end - 1) : end + 2])
        ]
    for count, end in sorted(lowest)[:MOST_CANDIDATES]:
        yield _start_of(narrowed.text, exact, end, count), end, count


def _start_of(text: str, exact: str, end: int, edits: int) -> int:
    """Where the part that ends at `end` begins: of the beginnings with the fewest edits the one nearest in length."""
    part = text[max(0, end - len(exact) - edits) : end]
    counts = edits_to_ends(exact[::-1], part[::-1], anchored=True)
    fewest = min(counts)
    lengths = [length for length, count in enumerate(counts) if count == fewest]
    return end - min(lengths, key=lambda length: abs(length - len(exact)))
