"""HTML: a whole web page, of which the article is picked, or a piece of one, which is taken as it is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from urllib.parse import urljoin, urlsplit

from articles.images import MOST_IMAGES, ImageFacts
from articles.importing.block_builder import BlockBuilder
from articles.importing.document import Document, Dropped, ImageRef, Kind, TextBlock
from articles.importing.images import Images
from articles.importing.main_content import pick
from articles.importing.markup_tree import INLINE, Node, parse

MARK_TAGS = {"i": "em", "b": "strong", "kbd": "code", "samp": "code", "del": "s", "cite": "em"}
HEADINGS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6}
CELLS = {"td", "th"}
WHOLE_PAGE = re.compile(r"<(?:html|body|head)\b", re.IGNORECASE)
TITLE = re.compile(r"<title\b[^>]{0,200}>([^<]{0,500})", re.IGNORECASE)
LANGUAGE = re.compile(r"<html\b[^>]{0,500}?\slang\s*=\s*[\"']?([A-Za-z0-9-]{2,20})", re.IGNORECASE)
BASE = re.compile(r"<base\b[^>]{0,200}?\shref\s*=\s*[\"']?([^\"'\s>]{1,500})", re.IGNORECASE)
NEVER_IN_ADDRESSES = re.compile(r"[\x00-\x20\x7f]")
COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
# What is told to the instructor, and the elements that count as it.
LOST = {
    "script": ("script",),
    "frame": ("iframe", "frame", "object", "embed"),
    "media": ("video", "audio"),
    "drawing": ("svg", "canvas"),
    "field": ("input", "select", "textarea", "button"),
}


def read_html(source: str, images: Images) -> Document:
    """Return the article in an HTML source. Raises ImportRefused when its markup is too tangled."""
    source = source.replace("\x00", "")
    root = parse(source)
    around = 0
    if WHOLE_PAGE.search(source[:20_000]):
        picked = pick(root)
        root, around = picked.node, picked.left_out
    base = BASE.search(source)
    reading = _Reading(unescape(base.group(1)) if base else "", images)
    reading.walk(root)
    blocks = tuple(reading.builder.blocks)
    return Document(
        blocks,
        title=_title(source, blocks),
        language=_language(source, root),
        dropped=(*_lost(source, around), *reading.dropped()),
    )


class _Reading:
    """Walks a tree once and fills the blocks; knows which quotes, lists and tables it stands in."""

    def __init__(self, base: str, images: Images) -> None:
        self.builder = BlockBuilder()
        self._base = base
        self._kinds: list[Kind] = [Kind.PARAGRAPH]
        self._lists: list[bool] = []
        self._images = images
        self._waiting: list[ImageRef] = []
        self._room = MOST_IMAGES
        self._lost: dict[str, list[str]] = {}
        self._tables = 0
        self._links = 0

    def walk(self, root: Node) -> None:
        """Read everything below `root`; a stack instead of recursion, as depth is up to the author."""
        waiting: list[tuple[Node | str, bool]] = [(root, False)]
        while waiting:
            item, leaving = waiting.pop()
            if isinstance(item, str):
                self.builder.add(item, keep_space=self._kinds[-1] is Kind.PREFORMATTED)
            elif leaving:
                self._leave(item)
            else:
                self._enter(item)
                waiting.append((item, True))
                waiting.extend((child, False) for child in reversed(list(_children(item))))
        self._finish()

    def _enter(self, node: Node) -> None:
        tag = node.tag
        if tag == "br":
            self.builder.break_line()
        elif tag == "img":
            self._image(node)
        elif tag in INLINE:
            self._open_mark(node)
        elif tag in CELLS:
            self.builder.next_cell()
        elif tag == "p" and self._kinds[-1] is Kind.LIST_ITEM:
            self.builder.break_line()
        elif tag != "wbr" and not self._inside_cell(tag):
            self._finish()
            self._enter_block(tag)

    def _enter_block(self, tag: str) -> None:
        if tag in HEADINGS:
            self._kinds.append(Kind.HEADING)
        elif tag == "blockquote":
            self._kinds.append(Kind.QUOTE)
        elif tag == "pre":
            self._kinds.append(Kind.PREFORMATTED)
        elif tag in {"ul", "ol"}:
            self._lists.append(tag == "ol")
        elif tag == "li":
            self._kinds.append(Kind.LIST_ITEM)
        elif tag in {"figcaption", "caption"}:
            self._kinds.append(Kind.CAPTION)
        elif tag == "table":
            self._tables += 1
        elif tag == "tr":
            self._kinds.append(Kind.TABLE_ROW)

    def _leave(self, node: Node) -> None:
        tag = node.tag
        if tag in INLINE:
            self.builder.close(MARK_TAGS.get(tag, tag))
        elif tag in CELLS or tag in {"br", "img", "wbr"} or self._inside_cell(tag):
            return
        elif tag == "p" and self._kinds[-1] is Kind.LIST_ITEM:
            self.builder.break_line()
        else:
            self._finish(HEADINGS.get(tag, 0))
            if tag in {"ul", "ol"}:
                self._lists.pop()
            elif tag in HEADINGS or tag in {"blockquote", "pre", "li", "figcaption", "caption", "tr"}:
                self._kinds.pop()

    def _inside_cell(self, tag: str) -> bool:
        """Whether a block stands in a table cell: the row stays one block, whatever its cells hold."""
        return self._kinds[-1] is Kind.TABLE_ROW and tag in {"p", "div", "section", "center", "address"}

    def _finish(self, heading: int = 0) -> None:
        kind = self._kinds[-1]
        if kind is Kind.LIST_ITEM:
            depth = max(1, len(self._lists))
            self.builder.finish(kind, depth, bool(self._lists and self._lists[-1]))
        else:
            self.builder.finish(kind, heading or (1 if kind is Kind.HEADING else 0))
        self._set_images()

    def _open_mark(self, node: Node) -> None:
        tag = MARK_TAGS.get(node.tag, node.tag)
        href = self._address(node.attributes.get("href", "")) if tag == "a" else ""
        self.builder.open(tag, href)

    def _address(self, href: str) -> str:
        """Return a link's whole address; relative ones need the page's <base>, else they lead nowhere."""
        href = NEVER_IN_ADDRESSES.sub("", href)
        try:
            whole = urljoin(self._base, href) if self._base else href
            parts = urlsplit(whole)
        except ValueError:
            return ""
        reaches = parts.scheme == "mailto" or (parts.scheme in {"http", "https"} and parts.netloc)
        return whole if reaches else ""

    def _image(self, node: Node) -> None:
        """Keep an image as a block of its own: before the running text, or right after it if it has begun."""
        said = node.attributes.get("alt")
        alternative = None if said is None else " ".join(said.split())
        found = self._images.find(node.attributes.get("src", ""))
        if isinstance(found, ImageFacts) and self._room:
            self._room -= 1
            self._waiting.append(ImageRef(found.digest, alternative))
            if not self.builder.has_text:
                self._set_images()
            return
        self._lost.setdefault("image_many" if isinstance(found, ImageFacts) else found, []).append(alternative or "")
        if alternative:
            self.builder.add(f"[Image: {alternative}]")

    def _set_images(self) -> None:
        self.builder.blocks.extend(TextBlock(Kind.IMAGE, "", image=image) for image in self._waiting)
        self._waiting.clear()

    def dropped(self) -> Iterator[Dropped]:
        """Yield what the walk met and could not keep as it was."""
        for why, lost in self._lost.items():
            yield Dropped(why, len(lost), tuple(alternative for alternative in lost if alternative))
        if self._tables:
            yield Dropped("table", self._tables)


def _children(node: Node) -> Iterator[Node | str]:
    """Yield a node's children; a paragraph with empty lines in it (<br><br>) becomes several."""
    run: list[Node | str] = []
    breaks = 0
    for child in node.children:
        if isinstance(child, Node) and child.tag == "br":
            breaks += 1
        elif not (isinstance(child, str) and not child.strip()):
            if breaks >= 2 and node.tag not in {"pre", "td", "th"}:
                yield from _paragraph(run)
                run = []
            breaks = 0
        run.append(child)
    yield from run


def _paragraph(run: list[Node | str]) -> Iterator[Node | str]:
    while run and _is_blank(run[-1]):
        run.pop()
    yield from run
    yield Node("div")


def _is_blank(item: Node | str) -> bool:
    return item.tag == "br" if isinstance(item, Node) else not item.strip()


def _title(source: str, blocks: tuple[TextBlock, ...]) -> str:
    """Return the first heading if it stands at the top, else the page's <title>, else any first heading."""
    said = [block for block in blocks if block.kind is not Kind.IMAGE]
    headings = [block.text for block in said if block.kind is Kind.HEADING]
    named = TITLE.search(source)
    page_title = " ".join(unescape(named.group(1)).split()) if named else ""
    if headings and (said[0].kind is Kind.HEADING or not page_title or headings[0] in page_title):
        return headings[0]
    return page_title


def _language(source: str, root: Node) -> str:
    for node in root.elements():
        if node.attributes.get("lang"):
            return node.attributes["lang"]
        if node.tag in {"p", "h1", "h2", "h3"}:
            break
    found = LANGUAGE.search(source)
    return found.group(1) if found else ""


def _lost(source: str, around: int) -> Iterator[Dropped]:
    plain = COMMENT.sub("", source) if source.count("<!--") < 10_000 else source
    for kind, tags in LOST.items():
        count = len(re.findall(rf"<(?:{'|'.join(tags)})\b", plain, re.IGNORECASE))
        if count:
            yield Dropped(kind, count)
    if around:
        yield Dropped("around", around)
