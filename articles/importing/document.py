"""What every source format is read into: one neutral, frozen structure without any markup."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


class Kind(StrEnum):
    """What a block of text is."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    QUOTE = "quote"
    LIST_ITEM = "list_item"
    PREFORMATTED = "preformatted"
    TABLE_ROW = "table_row"
    CAPTION = "caption"
    IMAGE = "image"


@dataclass(frozen=True)
class Mark:
    """Inline markup over text[start:end] of a block: `tag` is em, strong, a, code, sub, sup, s or u."""

    start: int
    end: int
    tag: str
    href: str = ""


@dataclass(frozen=True)
class ImageRef:
    """An image in a text: its digest, and what it shows in words. "": it only decorates; None: nobody has said yet."""

    digest: str
    alt: str | None


@dataclass(frozen=True)
class TextBlock:
    """One block: its plain text, in which a line break is a newline, and the marks over it; or an image.

    `level` is 1 to 6 for a heading and the depth, from 1, for a list item; otherwise 0.
    """

    kind: Kind
    text: str
    marks: tuple[Mark, ...] = ()
    level: int = 0
    ordered: bool = False
    image: ImageRef | None = None


@dataclass(frozen=True)
class Dropped:
    """Something that could not come along: `kind` and how often; `kept` lists text that stayed in its place."""

    kind: str
    count: int
    kept: tuple[str, ...] = ()


@dataclass(frozen=True)
class Document:
    """A text as it was read: a title and a language when the source tells, blocks in reading order."""

    blocks: tuple[TextBlock, ...]
    title: str = ""
    language: str = ""
    dropped: tuple[Dropped, ...] = field(default=())

    @property
    def character_count(self) -> int:
        """How many characters of text the blocks hold."""
        return sum(len(block.text) for block in self.blocks)
