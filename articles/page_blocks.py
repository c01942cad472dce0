"""The text of a version block by block, as HTML that others may put something into; made once for each version."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from flask import render_template, request
from flask_babel import get_locale

from articles.queries import BlockRow, list_blocks
from core.memory import recall
from core.text import rendered

SLOT, END = "\x00-", "\x00/"  # in no text that the database keeps
_SENTENCE = re.compile(r'<span class="sentence" id="s(\d+)"[^>]*>(.*?)</span>', re.DOTALL)


@dataclass(frozen=True)
class SentencePiece:
    """Where a sentence stands in the markup of its block: its element from `start`, its words between the others."""

    id: int
    start: int
    inner: int
    end: int


@dataclass(frozen=True)
class PageBlock:
    """A block as templates/articles/_text.html prints it. `slot`: where a paragraph's own things go; -1 without one."""

    html: str
    number: int | None
    sentences: tuple[SentencePiece, ...]
    slot: int


def page_blocks(version_id: int) -> Sequence[PageBlock]:
    """Return the blocks of a version in reading order, without choices or marks."""

    def make() -> Sequence[PageBlock]:
        blocks = list_blocks(version_id)
        printed = render_template("articles/_page_blocks.html", blocks=blocks, slot=SLOT, end=END)
        return tuple(_cut(html, block) for html, block in zip(printed.split(END), blocks, strict=False))

    return recall(("page_blocks", version_id, str(get_locale()), request.script_root), make)


def _cut(printed: str, block: BlockRow) -> PageBlock:
    slot = printed.find(SLOT)
    html = rendered(printed.replace(SLOT, ""))
    found = (
        SentencePiece(int(match[1]), match.start(), match.start(2), match.end(2)) for match in _SENTENCE.finditer(html)
    )
    return PageBlock(html, block.number, tuple(found), slot)
