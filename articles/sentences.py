"""Splitting the text of a block into sentences: pure, by language, with offsets."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import sentencex

from articles.importing.document import Document, Kind, TextBlock
from articles.inline import inline_html

UNNUMBERED = {Kind.HEADING, Kind.IMAGE}
WHOLE_BLOCKS = {Kind.HEADING, Kind.CAPTION, Kind.TABLE_ROW}
# The splitter's time grows with the square of quotation marks that are never closed.
MOST_QUOTES = 4000
QUOTES = "“„«‘「『‹«"
SIMPLE_END = re.compile(r"(?<=[.!?。！？؟।])\s+")
# What can only go on with the sentence before it.
GOES_ON = re.compile(r"[a-zß-öø-ÿ]|[,;:)\]}’”»]")
# Only the number or letter that counts a sentence: "1.", "(a)", "IV."
LABEL = re.compile(r"\(?(?:\d{1,3}|[A-Za-z]|[ivxIVX]{1,5})[.)]{1,2}")
QUOTATIONS = {"“": "”", "«": "»", "„": "“", "「": "」", "『": "』"}
LONG_QUOTATION = 200


@dataclass(frozen=True)
class SplitSentence:
    """One sentence of a block: its text, its inline HTML, and whether a space follows it."""

    text: str
    html: str
    gap: bool


@dataclass(frozen=True)
class SplitBlock:
    """A block with its sentences, an image with none; `number` is its ¶ number, None for headings and images."""

    block: TextBlock
    number: int | None
    sentences: tuple[SplitSentence, ...]


def split_document(document: Document, language: str) -> tuple[SplitBlock, ...]:
    """Return the blocks of a document, numbered, with their sentences."""
    split = []
    number = 0
    for block in document.blocks:
        is_numbered = block.kind not in UNNUMBERED
        number += is_numbered
        split.append(SplitBlock(block, number if is_numbered else None, split_block(block, language)))
    return tuple(split)


def split_block(block: TextBlock, language: str) -> tuple[SplitSentence, ...]:
    """Return the sentences of one block. Headings, captions and table rows are one sentence each."""
    text = block.text
    if block.image:
        return ()
    if block.kind in WHOLE_BLOCKS:
        bounds = [(0, len(text))]
    elif block.kind is Kind.PREFORMATTED:
        bounds = _lines(text)
    else:
        bounds = boundaries(text, language)
    found = []
    for index, (start, end) in enumerate(bounds):
        next_start = bounds[index + 1][0] if index + 1 < len(bounds) else end
        found.append(SplitSentence(text[start:end], inline_html(text, block.marks, start, end), next_start > end))
    return tuple(found)


def _lines(text: str) -> list[tuple[int, int]]:
    return [(found.start(), found.end()) for found in re.finditer(r"[^\n]*\S[^\n]*", text)]


def boundaries(text: str, language: str) -> list[tuple[int, int]]:
    """Return (start, end) of each sentence in `text`, in code points, without the space around them."""
    flat = text.replace("\n", " ")
    if sum(flat.count(quote) for quote in QUOTES) > MOST_QUOTES:
        cuts = [found.end() for found in SIMPLE_END.finditer(flat)]
    else:
        cuts = [b["end_index"] for b in sentencex.get_sentence_boundaries(language, flat)]
    pieces = [_trimmed(flat, *piece) for piece in _mended(flat, [*cuts, len(flat)])]
    return [part for piece in pieces for part in _inside_quotation(flat, piece, language)]


def _mended(text: str, cuts: Sequence[int], begin: int = 0) -> list[tuple[int, int]]:
    """Return the pieces between the cuts, from `begin`, those that belong together joined again."""
    pieces: list[tuple[int, int]] = []
    for start, end in zip([begin, *cuts], cuts, strict=False):
        piece = text[start:end].strip()
        if not piece:
            continue
        if pieces and _continues(text[slice(*pieces[-1])].strip(), piece):
            pieces[-1] = (pieces[-1][0], end)
        else:
            pieces.append((start, end))
    return pieces


def _continues(before: str, piece: str) -> bool:
    """Whether a piece goes on with the one before it, as the letters at the cut tell."""
    if GOES_ON.match(piece) or not any(c.isalnum() for c in piece) or LABEL.fullmatch(before):
        return True
    # Japanese sets the verb of saying after the quotation: 「…？」と聞く。
    return before.endswith(("」", "』")) and piece.startswith(("と", "っ"))


def _inside_quotation(text: str, piece: tuple[int, int], language: str) -> list[tuple[int, int]]:
    """Return the sentences of a long piece that is one quotation from end to end, else the piece.

    The splitter never cuts inside quotation marks, but a speech of ten sentences is not one place.
    """
    start, end = piece
    inner = text[start + 1 : end - 1]
    closing = QUOTATIONS.get(text[start])
    if end - start < LONG_QUOTATION or closing != text[end - 1] or closing in inner or text[start] in inner:
        return [piece]
    cuts = [start + 1 + b["end_index"] for b in sentencex.get_sentence_boundaries(language, inner)]
    pieces = [_trimmed(text, *part) for part in _mended(text, [*cuts[:-1], end], start)]
    return pieces or [piece]


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    piece = text[start:end]
    return start + len(piece) - len(piece.lstrip()), end - len(piece) + len(piece.rstrip())
