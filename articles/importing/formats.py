"""The formats an article can come in, by file or by paste, and the limits that hold for all of them."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import PurePath

from articles.importing import refusal
from articles.importing.canonical import to_html
from articles.importing.decoding import decode
from articles.importing.document import Document, Dropped, Kind, TextBlock
from articles.importing.html import read_html
from articles.importing.images import Images, taken_apart
from articles.importing.markdown import markdown_without_first, read_markdown
from articles.importing.pdf import START as PDF_START
from articles.importing.pdf import read_pdf
from articles.importing.plain import plain_without_first, read_plain
from articles.importing.word import START as DOCX_START
from articles.importing.word import read_docx

READERS: dict[str, Callable[[str, Images], Document]] = {
    "plain": read_plain,
    "markdown": read_markdown,
    "html": read_html,
}
ENDINGS = {
    ".txt": "plain",
    ".text": "plain",
    ".md": "markdown",
    ".markdown": "markdown",
    ".mdown": "markdown",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
}
OTHERS = {
    ".doc": "Word (.doc)",
    ".odt": "ODT",
    ".rtf": "RTF",
    ".epub": "EPUB",
    ".pages": "Pages",
}
HTML_START = re.compile(
    r"\s*(?:<\?xml[^>]{0,200}>\s*)?"
    r"<(?:!doctype\s+html|html|head|body|article|section|main|div|p|h[1-6]|ul|ol|table|blockquote|figure|img)\b",
    re.IGNORECASE,
)
MARKDOWN_SIGNS = re.compile(
    r"^(?:#{1,6}[ \t]+\S|[-*+][ \t]+\S|>[ \t]?\S|```|\|.+\|[ \t]*$)|\]\(https?://|\*\*\S",
    re.MULTILINE,
)


@dataclass(frozen=True)
class Source:
    """A text as it came, the format it is in, the encoding if that had to be guessed, and what was left out before.

    `images` are those at hand; the text names them by their addresses.
    """

    text: str
    format: str
    guessed_encoding: str = ""
    left_out: tuple[Dropped, ...] = ()
    images: Images = field(default_factory=Images)


def source_of_file(data: bytes, filename: str) -> Source:
    """Return the text of an uploaded file; what it is, its first bytes tell, then its name.

    A DOCX or PDF becomes simple HTML. Raises ImportRefused for what cannot be read.
    """
    if len(data) > refusal.MAX_BYTES:
        raise refusal.too_many_bytes()
    ending = PurePath(filename).suffix.lower()
    if data.lstrip()[:4] == PDF_START:
        text, left_out = read_pdf(data)
        return Source(text, "html", left_out=left_out)
    if data.startswith(DOCX_START):
        text, images = read_docx(data)
        return Source(text, "html", images=images)
    if ending in OTHERS and data.strip():
        raise refusal.not_read(OTHERS[ending])
    decoded = decode(data)
    return replace(source_of_text(decoded.text, ENDINGS.get(ending, "")), guessed_encoding=decoded.guessed)


def source_of_text(text: str, given: str = "") -> Source:
    """Return a text that was pasted, in a format or in the one it looks like, and the images that it holds."""
    text, images = taken_apart(unified(text))
    return Source(text, given if given in READERS else guess_format(text), images=images)


def unified(text: str) -> str:
    """Return the text with one kind of line end and without a byte order mark."""
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    return text.replace("\u2028", "\n").replace("\u2029", "\n\n").replace("\x85", "\n").replace("\f", "\n\n")


def guess_format(text: str) -> str:
    """Return the format that a text of no known kind looks like; plain text when in doubt."""
    if HTML_START.match(text):
        return "html"
    return "markdown" if len(MARKDOWN_SIGNS.findall(text[:20_000])) >= 2 else "plain"


def read_source(source: Source) -> Document:
    """Return the document in a source, cleaned and within the limits, or raise ImportRefused."""
    if not source.text.strip():
        raise refusal.empty()
    if "\x00" in source.text:
        raise refusal.not_text()
    if source.format != "html" and len(source.text) > refusal.MAX_CHARACTERS * 2:
        raise refusal.too_many_characters(len(source.text))
    document = READERS[source.format](source.text, source.images)
    blocks = tuple(block for block in document.blocks if _says_something(block))
    if not any(block.kind not in (Kind.HEADING, Kind.IMAGE) for block in blocks):
        raise refusal.empty()
    if document.character_count > refusal.MAX_CHARACTERS:
        raise refusal.too_many_characters(document.character_count)
    if len(blocks) > refusal.MAX_SENTENCES:
        raise refusal.too_many_sentences(len(blocks))
    return replace(document, blocks=with_even_headings(blocks), dropped=source.left_out + document.dropped)


def without_first_block(source: Source, document: Document) -> tuple[Source, Document]:
    """Return source and document without the first block; the one still reads to the other.

    Markdown whose first block cannot be cut out on its own becomes HTML.
    """
    rest = replace(document, blocks=with_even_headings(document.blocks[1:]))
    if source.format == "plain":
        return replace(source, text=plain_without_first(document.blocks)), rest
    if source.format == "markdown":
        shorter = replace(source, text=markdown_without_first(source.text))
        if shorter.text.strip() and blocks_of(shorter) == rest.blocks:
            return shorter, rest
    return replace(source, format="html", text=to_html(rest.blocks)), rest


def blocks_of(source: Source) -> tuple[TextBlock, ...]:
    """Return what a source reads to, whatever its size. Raises ImportRefused for what is too tangled."""
    blocks = READERS[source.format](source.text, source.images).blocks
    return with_even_headings(tuple(block for block in blocks if _says_something(block)))


def _says_something(block: TextBlock) -> bool:
    return block.image is not None or any(c.isalnum() for c in block.text)


def with_even_headings(blocks: tuple[TextBlock, ...]) -> tuple[TextBlock, ...]:
    """Return the blocks with headings that begin at level 2 and never skip one on the way down.

    The page's own heading is level 1: the article's title.
    """
    given: list[int] = []
    even = []
    for block in blocks:
        if block.kind is not Kind.HEADING:
            even.append(block)
            continue
        while given and given[-1] >= block.level:
            given.pop()
        given.append(block.level)
        even.append(replace(block, level=min(6, len(given) + 1)))
    return tuple(even)
