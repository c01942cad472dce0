"""What an author changes about the images of a text beside the text itself, written into the text. Pure."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from articles.drafts import Draft
from articles.images import ImageFile
from articles.importing.canonical import to_html
from articles.importing.document import ImageRef, Kind, TextBlock
from articles.importing.formats import Source, blocks_of
from articles.importing.images import PATH, Images
from articles.importing.markdown import block_ends
from articles.importing.refusal import ImportRefused
from articles.sentences import UNNUMBERED

IN_MARKDOWN = re.compile(
    rf"!\[(?:[^\[\]\\]|\\.)*\]\(\s*<?{PATH}[0-9a-f]{{32}}>?(?:\s+\"[^\"]*\")?\s*\)"
    rf"|<img\b[^<>]*\ssrc=[\"']?{PATH}[0-9a-f]{{32}}[^<>]*>"
)
SPECIAL = re.compile(r"([\\\[\]`*_<&])")


@dataclass(frozen=True)
class AddedImage:
    """An image put after the paragraph with this ¶ number; None: at the end."""

    image: ImageRef
    after: int | None = None


@dataclass(frozen=True)
class ImageChanges:
    """What becomes of each image of a text, in order (None: it is left out), and one that is added.

    `new` are those that came with the changes.
    """

    every: Sequence[ImageRef | None]
    added: AddedImage | None
    new: Mapping[str, ImageFile]

    def change(self, draft: Draft) -> bool:
        """Whether they change anything."""
        return self.added is not None or list(self.every) != images_of(draft)


def images_of(draft: Draft) -> list[ImageRef]:
    """Return the images of a text, in order."""
    return [part.block.image for part in draft.blocks if part.block.image]


def last_number(draft: Draft) -> int:
    """Return the ¶ number of the last paragraph."""
    return max((part.number for part in draft.blocks if part.number), default=0)


def changed_source(draft: Draft, changes: ImageChanges) -> Source:
    """Return the text with the changes: in its own format where that can be done, else as HTML."""
    images = Images({**draft.source.images.new, **changes.new}, draft.source.images.kept)
    source, wanted = replace(draft.source, images=images), _changed_blocks(draft, changes)
    if source.format == "markdown":
        markdown = _in_markdown(source, changes)
        if markdown and _reads(markdown) == wanted:
            return markdown
    return replace(source, format="html", text=to_html(wanted))


def _changed_blocks(draft: Draft, changes: ImageChanges) -> tuple[TextBlock, ...]:
    blocks: list[TextBlock] = []
    images = iter(changes.every)
    for part in draft.blocks:
        if part.block.image is None:
            blocks.append(part.block)
        elif image := next(images):
            blocks.append(replace(part.block, image=image))
        if changes.added and part.number is not None and part.number == changes.added.after:
            blocks.append(_block(changes.added.image))
    if changes.added and changes.added.after is None:
        blocks.append(_block(changes.added.image))
    return tuple(blocks)


def _block(image: ImageRef) -> TextBlock:
    return TextBlock(Kind.IMAGE, "", image=image)


def _reads(source: Source) -> tuple[TextBlock, ...]:
    try:
        return blocks_of(source)
    except ImportRefused:
        return ()


def _in_markdown(source: Source, changes: ImageChanges) -> Source | None:
    """Return the text with the changes written into its Markdown; None where its images are not to be found in it."""
    pieces, done, found = [], 0, list(IN_MARKDOWN.finditer(source.text))
    if len(found) != len(changes.every):
        return None
    for place, image in zip(found, changes.every, strict=True):
        pieces += [source.text[done : place.start()], _as_markdown(image) if image else ""]
        done = place.end()
    changed = replace(source, text="".join([*pieces, source.text[done:]]))
    return _with_added(changed, changes.added) if changes.added else changed


def _as_markdown(image: ImageRef) -> str:
    if image.alt == "":  # Markdown has no words for an image that only decorates
        return f'<img src="{PATH}{image.digest}" alt="">'
    words = SPECIAL.sub(r"\\\1", image.alt or "")
    return f"![{words}]({PATH}{image.digest})"


def _with_added(source: Source, added: AddedImage) -> Source:
    lines = source.text.split("\n")
    ends = block_ends(source.text)
    if added.after is None:
        end = len(lines)
    else:
        at = bisect_left(ends, added.after, key=lambda end: _numbered(replace(source, text="\n".join(lines[:end]))))
        end = ends[min(at, len(ends) - 1)]
    return replace(source, text="\n".join([*lines[:end], "", _as_markdown(added.image), "", *lines[end:]]))


def _numbered(source: Source) -> int:
    return sum(1 for block in _reads(source) if block.kind not in UNNUMBERED)
