"""Any HTML, however broken or hostile, as a small tree of allowed elements."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

import nh3

from articles.importing import refusal

INLINE = {"a", "em", "i", "strong", "b", "code", "kbd", "samp", "sub", "sup", "s", "del", "u", "cite"}
BLOCKS = {
    "p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "dl", "dt", "dd", "blockquote", "pre",
    "figure", "figcaption", "table", "caption", "tr", "td", "th", "hr", "div", "section", "article",
    "main", "header", "footer", "nav", "aside", "hgroup", "address", "details", "summary", "center",
}  # fmt: skip
SILENT = {
    "script", "style", "noscript", "template", "title", "iframe", "frame", "object", "embed", "applet",
    "svg", "canvas", "video", "audio", "form", "select", "textarea", "button", "input", "dialog",
    "annotation", "annotation-xml", "head", "map", "option", "datalist", "noframes", "noembed", "xmp",
    "rp", "rt", "menu",
}  # fmt: skip
# A form often wraps a whole page, so that its text stays and only its fields go.
KEPT_INSIDE = {"form", "head"}
VOID = {"br", "hr", "img", "wbr"}
ATTRIBUTES = {
    "*": {"id", "class", "role", "lang", "dir", "hidden", "aria-hidden", "itemprop"},
    "a": {"href"},
    "img": {"alt", "src"},
    "ol": {"start"},
}
# Elements whose end tag may be left out: they cannot nest in themselves without another between.
OPTIONAL_END = VOID | {
    "p", "li", "dt", "dd", "tr", "td", "th", "thead", "tbody", "tfoot", "colgroup", "col", "option",
    "optgroup", "meta", "link", "base", "input", "html", "body", "head", "source", "track", "area",
    "param", "embed", "frame", "hr",
}  # fmt: skip
TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9-]{0,30})")
# The parser's time grows with the square of the open elements; real pages stay far below this.
DEEPEST = 1000


@dataclass
class Node:
    """An element: its tag, its attributes and its children, elements and texts in order."""

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: list[Node | str] = field(default_factory=list)

    def elements(self) -> Iterator[Node]:
        """Yield this element and every one below it, in document order."""
        waiting = [self]
        while waiting:
            node = waiting.pop()
            yield node
            waiting.extend(child for child in reversed(node.children) if isinstance(child, Node))

    def text(self) -> str:
        """Return all text below, runs of space as one."""
        return " ".join("".join(self._pieces()).split())

    def _pieces(self) -> Iterator[str]:
        waiting: list[Node | str] = [self]
        while waiting:
            item = waiting.pop()
            if isinstance(item, str):
                yield item
                continue
            waiting.extend(reversed(item.children))
            if item.tag not in INLINE:
                yield " "


class _Reader(HTMLParser):
    """Builds the tree from the cleaned, well-formed HTML that nh3 returns."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Node("root")
        self._open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        node = Node(tag, {name: value or "" for name, value in attrs})
        self._open[-1].children.append(node)
        if tag not in VOID:
            self._open.append(node)

    def handle_endtag(self, tag: str) -> None:
        if len(self._open) > 1 and self._open[-1].tag == tag:
            self._open.pop()

    def handle_data(self, data: str) -> None:
        self._open[-1].children.append(data)


def parse(html: str) -> Node:
    """Return the allowed elements of `html` as a tree. Raises ImportRefused when it is too tangled."""
    counts: dict[str, int] = {}
    for found in TAG.finditer(html):
        name = found.group(2).lower()
        if name not in OPTIONAL_END:
            counts[name] = counts.get(name, 0) + (-1 if found.group(1) else 1)
            if counts[name] > DEEPEST:
                raise refusal.too_tangled()
    cleaned = nh3.clean(
        html,
        tags=INLINE | BLOCKS | VOID,
        attributes=ATTRIBUTES,
        clean_content_tags=SILENT - KEPT_INSIDE,
        url_schemes={"http", "https", "mailto"},
        link_rel=None,
    )
    reader = _Reader()
    reader.feed(cleaned)
    reader.close()
    return reader.root
