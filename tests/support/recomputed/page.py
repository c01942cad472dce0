"""A page as a tree, so that figures are found by where they stand."""

from __future__ import annotations

from collections.abc import Iterator
from html.parser import HTMLParser

ALONE = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"}


class Node:
    """An element with what it holds."""

    def __init__(self, tag: str, attributes: dict[str, str]) -> None:
        self.tag, self.attributes = tag, attributes
        self.held: list[Node | str] = []
        self.order: list[Node] = []  # every element of the page
        self.start = self.end = 0  # its own stand from `start` on, before `end`

    def __iter__(self) -> Iterator[Node]:
        return iter(self.order[self.start : self.end])

    @property
    def classes(self) -> list[str]:
        """The names in its class attribute."""
        return self.attributes.get("class", "").split()

    @property
    def text(self) -> str:
        """Its words as they are read: pictures without a title say nothing, spaces are one."""
        return " ".join("".join(self._words()).split())

    def _words(self) -> Iterator[str]:
        for each in self.held:
            if isinstance(each, str):
                yield each
            elif each.tag != "svg":
                yield from each._words()

    def all(self, tag: str = "", of: str = "", **attributes: str) -> list[Node]:
        """The elements below it of this tag, class and attributes."""
        return [
            node
            for node in self
            if (not tag or node.tag == tag)
            and (not of or of in node.classes)
            and all(node.attributes.get(name) == value for name, value in attributes.items())
        ]

    def one(self, tag: str = "", of: str = "", **attributes: str) -> Node:
        """The first of them; there has to be one."""
        found = self.all(tag, of, **attributes)
        assert found, (tag, of, attributes)
        return found[0]

    def rows(self) -> list[list[str]]:
        """The cells of each row of a table's body, in words."""
        body = self.one("tbody")
        return [[cell.text for cell in row.held if isinstance(cell, Node)] for row in body.all("tr")]


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.top = Node("", {})
        self._open = [self.top]

    def _add(self, tag: str, attrs: list[tuple[str, str | None]]) -> Node:
        node, order = Node(tag, {name: value or "" for name, value in attrs}), self.top.order
        self._open[-1].held.append(node)
        order.append(node)
        node.order, node.start, node.end = order, len(order), len(order)
        return node

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        node = self._add(tag, attrs)
        if tag not in ALONE:
            self._open.append(node)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._add(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if tag in [node.tag for node in self._open[1:]]:
            while (closed := self._open.pop()).tag != tag:
                closed.end = len(self.top.order)
            closed.end = len(self.top.order)

    def handle_data(self, data: str) -> None:
        self._open[-1].held.append(data)


def read_page(html: str) -> Node:
    """The tree of a page."""
    reader = _Reader()
    reader.feed(html)
    reader.top.end = len(reader.top.order)
    return reader.top
