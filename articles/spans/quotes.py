"""Quotes in a text, letter by letter: what W3C Web Annotation calls a TextQuoteSelector. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True)
class Quote:
    """Words, and those right before and after them; nothing before or after: whatever stands there."""

    exact: str
    prefix: str = ""
    suffix: str = ""


def find_quotes(text: str, quote: Quote) -> Iterator[tuple[int, int]]:
    """Yield (start, end), in code points, of every place where the quote stands, first to last; they may overlap.

    An empty quote stands between any two letters that its prefix and suffix allow.
    """
    whole = quote.prefix + quote.exact + quote.suffix
    at = text.find(whole)
    while at >= 0:
        start = at + len(quote.prefix)
        yield start, start + len(quote.exact)
        at = text.find(whole, at + 1)
