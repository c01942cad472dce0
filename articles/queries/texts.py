"""The text of one version: its blocks with their sentences, ready to be shown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import groupby
from typing import Any

from sqlalchemy import bindparam, select

from articles.images import MOST_IMAGES
from articles.importing.document import Kind
from articles.importing.images import Images
from articles.importing.refusal import MAX_SENTENCES
from articles.models import Block, BlockImage, Image, VersionSentence
from articles.sentences import SplitBlock
from core.database import AnySelect, db, read_connection
from core.memory import recall

NUMBERED_ITEM = "numbered_item"
MOST_ROWS = MAX_SENTENCES + MOST_IMAGES
FIGURE = "figure"
WRAPPERS = {Kind.LIST_ITEM.value: "ul", NUMBERED_ITEM: "ol", Kind.QUOTE.value: "blockquote"}


@dataclass(frozen=True)
class SentenceRow:
    """A sentence in its place. `label` is "4.3" (empty in a heading); `html` is safe inline HTML."""

    id: int
    position: int
    block_number: int | None
    number: int
    text: str
    html: str
    gap: bool

    @property
    def label(self) -> str:
        """How the sentence is cited: ¶ number and number in the block."""
        return f"{self.block_number}.{self.number}" if self.block_number is not None else ""


@dataclass(frozen=True)
class ImageInText:
    """An image in its place. `alt` is None where nobody has said yet what it shows; sides in pixels."""

    digest: str
    alt: str | None
    width: int
    height: int


@dataclass(frozen=True)
class BlockRow:
    """A block of text, or an image. `number` is its ¶ number, None for headings and images; `level` a heading's or a
    list item's depth.

    `ordinal` is the number an item of a numbered list bears, 0 elsewhere.

    `opens` and `closes` name the element that begins or ends around a run of blocks of one kind:
    "ul", "ol", "blockquote", "figure" (an image, with its caption if one follows) or nothing.
    """

    id: int
    kind: str
    level: int
    number: int | None
    sentences: tuple[SentenceRow, ...]
    opens: str = ""
    closes: str = ""
    ordinal: int = 0
    image: ImageInText | None = None

    @property
    def opens_item(self) -> bool:
        """Whether it is an item of a list."""
        return self.kind in (Kind.LIST_ITEM.value, NUMBERED_ITEM)

    @property
    def ordered(self) -> bool:
        """Whether it is an item of a numbered list."""
        return self.kind == NUMBERED_ITEM


@cache
def _text() -> AnySelect:
    return (
        select(
            Block.id,
            Block.kind,
            Block.level,
            Block.number.label("block_number"),
            VersionSentence.sentence_id,
            VersionSentence.position,
            VersionSentence.number,
            VersionSentence.text,
            VersionSentence.html,
            Image.digest,
            BlockImage.alt,
            Image.width,
            Image.height,
        )
        .outerjoin(VersionSentence, VersionSentence.block_id == Block.id)
        .outerjoin(BlockImage, BlockImage.block_id == Block.id)
        .outerjoin(Image, Image.id == BlockImage.image_id)
        .where(Block.version_id == bindparam("version_id"))
        .order_by(Block.position, VersionSentence.position, Block.id)
        .limit(MOST_ROWS)
    )


def list_blocks(version_id: int) -> tuple[BlockRow, ...]:
    """Return the whole text of a version in reading order: one statement, none once it is known here."""
    return recall(("blocks", version_id), lambda: _read_blocks(version_id))


def list_blocks_apart(version_id: int) -> tuple[BlockRow, ...]:
    """Return the same, read in a transaction of its own: before slow work on a request that will write."""
    with read_connection() as apart:
        return recall(("blocks", version_id), lambda: _as_blocks(apart.execute(_text(), {"version_id": version_id})))


def _read_blocks(version_id: int) -> tuple[BlockRow, ...]:
    return _as_blocks(db.session.execute(_text(), {"version_id": version_id}))


def _as_blocks(rows: Iterable[Any]) -> tuple[BlockRow, ...]:
    blocks = []
    for (block_id, kind, level, number), group in groupby(rows, key=lambda row: tuple(row[:4])):
        parts = list(group)
        sentences = tuple(
            SentenceRow(
                r.sentence_id,
                r.position,
                number,
                r.number,
                r.text,
                r.html.rstrip(" "),
                r.html.endswith(" "),
            )
            for r in parts
            if r.sentence_id is not None
        )
        image = ImageInText(*parts[0][-4:]) if parts[0].digest else None
        blocks.append(BlockRow(block_id, kind, level, number, sentences, image=image))
    return with_wrappers(blocks)


def list_sentences(version_id: int) -> tuple[SentenceRow, ...]:
    """Return the sentences of a version in reading order: one statement."""
    return sentences_of(list_blocks(version_id))


def sentences_of(blocks: Sequence[BlockRow]) -> tuple[SentenceRow, ...]:
    """Return the sentences of blocks that have been read already."""
    return tuple(sentence for block in blocks for sentence in block.sentences)


def rows_of_preview(split: Sequence[SplitBlock], images: Images | None = None) -> tuple[BlockRow, ...]:
    """Return a text that is not saved yet as rows to show; ids are positions. `images`: those to show with it."""
    blocks = []
    position = 0
    for place, part in enumerate(split, start=1):
        sentences = []
        for number, sentence in enumerate(part.sentences, start=1):
            position += 1
            sentences.append(
                SentenceRow(position, position, part.number, number, sentence.text, sentence.html, sentence.gap)
            )
        row = BlockRow(place, stored_kind(part), part.block.level, part.number, tuple(sentences))
        blocks.append(replace(row, image=_image_of(part, images or Images())))
    return with_wrappers(blocks)


def _image_of(part: SplitBlock, images: Images) -> ImageInText | None:
    named = part.block.image
    facts = images.facts(named.digest) if named else None
    return ImageInText(facts.digest, named.alt, facts.width, facts.height) if named and facts else None


def stored_kind(part: SplitBlock) -> str:
    """Return the kind as it is stored: items of bulleted and numbered lists are told apart."""
    is_numbered = part.block.kind is Kind.LIST_ITEM and part.block.ordered
    return NUMBERED_ITEM if is_numbered else part.block.kind.value


def _runs(blocks: Sequence[BlockRow]) -> Iterator[tuple[str, int]]:
    """Yield the element around each block, and which one of them it is; an image has one of its own."""
    tag, number, after_image = "", 0, False
    for block in blocks:
        in_figure = block.image or (after_image and block.kind == Kind.CAPTION.value)
        wanted = FIGURE if in_figure else WRAPPERS.get(block.kind, "")
        number += wanted != tag or bool(block.image)
        tag, after_image = wanted, bool(block.image)
        yield tag, number


def with_wrappers(blocks: Sequence[BlockRow]) -> tuple[BlockRow, ...]:
    """Return the blocks with the elements marked that begin and end around runs of one kind."""
    runs = [("", -1), *_runs(blocks), ("", -1)]
    return tuple(
        replace(
            block,
            opens=here[0] if here != before else "",
            closes=here[0] if here != after else "",
            ordinal=ordinal,
        )
        for block, ordinal, before, here, after in zip(
            blocks, _ordinals(blocks), runs, runs[1:], runs[2:], strict=False
        )
    )


def _ordinals(blocks: Sequence[BlockRow]) -> Iterator[int]:
    """Yield the number of each item of a numbered list; an inner list does not restart the outer one."""
    counts: dict[int, int] = {}
    for block in blocks:
        if block.image:  # a list goes on after it
            yield 0
            continue
        if not block.opens_item:
            counts.clear()
        counts = {level: count for level, count in counts.items() if level <= block.level}
        if block.ordered:
            counts[block.level] = counts.get(block.level, 0) + 1
        yield counts.get(block.level, 0) if block.ordered else 0
