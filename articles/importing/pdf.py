"""PDF with a text layer: its lines, put together again to headings and paragraphs."""

from __future__ import annotations

import html
import json
import re
import statistics
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

from articles.importing import refusal
from articles.importing.document import Dropped

START = b"%PDF"
ROOT = Path(__file__).resolve().parents[2]
SECONDS = 60
LEAST_LETTERS_A_PAGE = 10  # fewer on average: the pages are pictures
EDGE_LINES = 2  # how many lines at the top and bottom of a page may be running heads
WIDER_GAP = 1.35  # of the usual distance between lines
LARGER = 1.15  # of the usual size of letters
SHORT_LINE = 0.85  # of the usual width
LONGEST_HEADING = 200
ENDINGS = '.!?…:。！？؟।”»")'
SOFT_HYPHENS = "\x02\xad\ufffe"
DIGITS = re.compile(r"\d+")
PAGE_NUMBER = re.compile(r"[\W\d]*(?:\d+|[ivxlc]{1,7})[\W\d]*(?:of \d+)?", re.IGNORECASE)


@dataclass(frozen=True)
class Line:
    """A line as it is printed, and where, in points; `bottom` counts upwards from the foot of its page."""

    text: str
    left: float
    right: float
    bottom: float
    size: float
    page: int = 0


@dataclass(frozen=True)
class _Usual:
    """What most lines of a text are like."""

    size: float
    left: float
    width: float
    pitch: float

    @classmethod
    def of(cls, lines: Sequence[Line]) -> _Usual:
        """Longer lines count for more: a page is mostly its body text."""
        sizes: Counter[float] = Counter()
        for line in lines:
            sizes[round(line.size, 1)] += len(line.text)
        size = sizes.most_common(1)[0][0]
        body = [line for line in lines if abs(line.size - size) < 0.1]
        pitches = [
            above.bottom - below.bottom
            for above, below in pairwise(body)
            if above.page == below.page and above.bottom > below.bottom
        ]
        lefts = Counter(round(line.left) for line in body)
        return cls(
            size,
            lefts.most_common(1)[0][0],
            max(statistics.quantiles([line.right - line.left for line in body] * 2, n=10)),
            statistics.median_low(pitches) if pitches else size * 1.2,
        )


def read_pdf(data: bytes) -> tuple[str, tuple[Dropped, ...]]:
    """Return the text of a PDF as simple HTML, and what was left out. Raises ImportRefused."""
    pages, images = _read_pages(data)
    letters = sum(sum(c.isalnum() for c in line.text) for page in pages for line in page)
    if letters < LEAST_LETTERS_A_PAGE * max(len(pages), 1):
        raise refusal.scanned()
    kept, left_out = without_running_heads(pages)
    dropped = (Dropped("running_head", left_out), Dropped("image", images))
    return to_html(kept), tuple(each for each in dropped if each.count)


def _read_pages(data: bytes) -> tuple[list[list[Line]], int]:
    command = [sys.executable, "-m", "articles.importing.pdf_lines"]
    try:
        done = subprocess.run(  # noqa: S603 - our own module, with nothing of the person's in the command
            command, input=data, capture_output=True, timeout=SECONDS, cwd=ROOT, check=True
        )
        found: dict[str, Any] = json.loads(done.stdout)
    except (subprocess.SubprocessError, ValueError):
        raise refusal.broken("PDF") from None
    if why := found.get("refused"):
        raise {"locked": refusal.locked, "long": refusal.too_many_pages}.get(why, lambda: refusal.broken("PDF"))()
    pages: list[list[list[Any]]] = found["pages"]
    return [[Line(*[*line, number]) for line in page] for number, page in enumerate(pages)], int(found["images"])


def without_running_heads(pages: Sequence[Sequence[Line]]) -> tuple[list[Line], int]:
    """Return the lines without page numbers and lines that stand at the edge of most pages, and how many went."""
    edges: Counter[str] = Counter()
    for page in pages:
        edges.update({_without_number(line.text) for line in _edge(page)})
    often = max(3, len(pages) // 2)
    repeated = {words for words, count in edges.items() if count >= often}
    kept = [
        line
        for page in pages
        for line in page
        if line not in _edge(page) or not (PAGE_NUMBER.fullmatch(line.text) or _without_number(line.text) in repeated)
    ]
    return kept, sum(map(len, pages)) - len(kept)


def _edge(page: Sequence[Line]) -> list[Line]:
    return [*page[:EDGE_LINES], *page[-EDGE_LINES:]]


def _without_number(text: str) -> str:
    return DIGITS.sub("0", text).casefold()


def to_html(lines: Sequence[Line]) -> str:
    """Return lines as headings and paragraphs of simple HTML."""
    if not lines:
        return ""
    usual = _Usual.of(lines)
    blocks = []
    for block in _blocks(lines, usual):
        text = html.escape(joined([line.text for line in block]))
        tag = "h2" if block[0].size >= usual.size * LARGER and len(text) <= LONGEST_HEADING else "p"
        blocks.append(f"<{tag}>{text}</{tag}>")
    return "\n".join(blocks)


def _blocks(lines: Sequence[Line], usual: _Usual) -> Iterator[list[Line]]:
    block = [lines[0]]
    for line in lines[1:]:
        if _begins(line, block[-1], usual):
            yield block
            block = []
        block.append(line)
    yield block


def _begins(line: Line, before: Line, usual: _Usual) -> bool:
    """Whether a new paragraph begins with this line."""
    if abs(line.size - before.size) > usual.size * (LARGER - 1):
        return True
    ended = before.text.endswith(tuple(ENDINGS))
    if line.page == before.page and before.bottom - line.bottom > usual.pitch * WIDER_GAP:
        return True
    if ended and before.right - before.left < usual.width * SHORT_LINE:
        return True
    indent = line.left - usual.left
    return ended and usual.size * 0.8 < indent < usual.size * 5 and before.left - usual.left < usual.size * 0.8


def joined(lines: Sequence[str]) -> str:
    """Return the lines of one paragraph as running text; a word divided at the end of a line is whole again."""
    text = ""
    for line in lines:
        if text and text[-1] in SOFT_HYPHENS:
            text = text.rstrip(SOFT_HYPHENS)
        elif text.endswith("-") and line[:1].islower() and text[-2:-1].isalpha():
            text = text[:-1]
        elif text:
            text += " "
        text += line
    return text.rstrip(SOFT_HYPHENS)
