"""Plain text: blank lines separate blocks if there are any, else each line is one."""

from __future__ import annotations

import re
from collections.abc import Sequence

from articles.importing.document import Document, Kind, TextBlock
from articles.importing.images import Images

LONGEST_TITLE = 120
BLANK_LINE = re.compile(r"\n[ \t\u3000]*\n")
SENTENCE_END = (".", "!", "?", "。", "！", "？", "؟", "।", ":", ";", ",", "…")


def read_plain(text: str, _images: Images) -> Document:
    """Return the paragraphs of a plain text; a short first line that does not end like a sentence is its title.

    The title stays the first block all the same: whether it is left out is not for a format to say.
    """
    stripped = text.strip("\n")
    pieces = BLANK_LINE.split(stripped) if BLANK_LINE.search(stripped) else stripped.split("\n")
    lines = [" ".join(piece.split()) for piece in pieces]
    blocks = tuple(TextBlock(Kind.PARAGRAPH, line) for line in lines if line)
    if len(blocks) > 1 and looks_like_title(blocks[0].text):
        return Document(blocks, title=blocks[0].text)
    return Document(blocks)


def looks_like_title(line: str) -> bool:
    """Whether a first line reads as a title: short, and without the end of a sentence."""
    return len(line) <= LONGEST_TITLE and not line.endswith(SENTENCE_END)


def plain_without_first(blocks: Sequence[TextBlock]) -> str:
    """Return a plain text again, without its first block, that reads to the other blocks."""
    return "\n\n".join(block.text for block in blocks[1:])
