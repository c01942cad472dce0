"""Marking words within the HTML of a sentence: where notes stand, and where each of these places ends. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

_TOKEN = re.compile(r"(<[^>]*>)|(&[^;\s<&]+;)|([^<&]+|&)")
_BREAK = "<br>"  # one character of the text


@dataclass(frozen=True)
class Stretch:
    """Words of a sentence from `start` to `end` (code points; None: as far as it goes) that the place `key` has.

    `ends_here`: it does not go on in the next sentence.
    """

    key: int
    start: int = 0
    end: int | None = None
    ends_here: bool = True


class Piece(NamedTuple):
    """Some HTML of a sentence, balanced if it is marked: for which places, the shortest first; and within a link."""

    html: str
    keys: tuple[int, ...] = ()
    in_link: bool = False


class End(NamedTuple):
    """Here the place `key` ends."""

    key: int


def pieces_of(html: str, stretches: Sequence[Stretch], length: int) -> Iterator[Piece | End]:
    """Yield the HTML of a sentence in pieces, marked and not, and the ends of the places between them.

    `length`: of the sentence's text, in code points. What is put in anywhere leaves balanced HTML.
    """
    covers = sorted(
        (
            (stretch.start, min(length, length if stretch.end is None else stretch.end), stretch)
            for stretch in stretches
        ),
        key=lambda cover: (cover[1] - cover[0], -cover[0], cover[2].key),
    )
    cuts = sorted({edge for start, end, _stretch in covers for edge in (start, end)})
    ends = sorted((end, stretch.key) for _start, end, stretch in covers if stretch.ends_here)
    at, in_link = 0, False
    for words, weight in _tokens(html):
        if not weight:
            in_link = words.startswith("<a ") or (in_link and words != "</a>")
            yield Piece(words)
            continue
        for part in _split(words, weight, [cut - at for cut in cuts if at < cut < at + weight]):
            reach = at + (weight if part == words else len(part))
            keys = tuple(stretch.key for start, end, stretch in covers if start <= at and reach <= end)
            yield Piece(part, keys, in_link)
            yield from (End(key) for end, key in ends if at < end <= reach)
            at = reach


def _tokens(html: str) -> Iterator[tuple[str, int]]:
    """Yield tags (weight 0), entities and line breaks (1), and runs of text (as many as they have code points)."""
    for tag, entity, text in _TOKEN.findall(html):
        yield (tag or entity or text), len(text) if text else int(bool(entity) or tag == _BREAK)


def _split(words: str, weight: int, cuts: Sequence[int]) -> Iterator[str]:
    if weight != len(words):  # an entity or a line break is never cut
        yield words
        return
    for start, end in zip([0, *cuts], [*cuts, weight], strict=True):
        yield words[start:end]
