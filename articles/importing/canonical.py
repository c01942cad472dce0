"""A document written out again as the simplest HTML that reads back to the same blocks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

from articles.importing.document import Kind, TextBlock
from articles.importing.images import PATH
from articles.inline import inline_html

WRAPPERS = {Kind.QUOTE: "blockquote", Kind.TABLE_ROW: "table", Kind.IMAGE: "figure", Kind.CAPTION: "figure"}


def to_html(blocks: Sequence[TextBlock]) -> str:
    """Return HTML of nothing but the blocks, one a line: what an instructor edits later."""
    return "\n".join(_lines(blocks))


def _lines(blocks: Sequence[TextBlock]) -> Iterator[str]:
    lists: list[str] = []
    around = ""
    for block in blocks:
        wanted = _lists_of(block, lists)
        while lists[: len(wanted)] != wanted[: len(lists)] or len(lists) > len(wanted):
            yield f"</{lists.pop()}>"
        wrapper = WRAPPERS.get(block.kind, "")
        if around and wrapper != around:
            yield f"</{around}>"
        for tag in wanted[len(lists) :]:
            yield f"<{tag}>"
        lists = wanted
        if wrapper and wrapper != around:
            yield f"<{wrapper}>"
        around = wrapper
        yield _block(block)
    yield from (f"</{tag}>" for tag in reversed(lists))
    if around:
        yield f"</{around}>"


def _lists_of(block: TextBlock, current: list[str]) -> list[str]:
    """Return the lists a block stands in, outermost first: those it shares with the one before, then its own."""
    if block.kind is not Kind.LIST_ITEM:
        return []
    own = "ol" if block.ordered else "ul"
    outer = [*current, *[own] * block.level][: block.level - 1]
    return [*outer, own]


def _block(block: TextBlock) -> str:
    html = inline_html(block.text, block.marks, 0, len(block.text))
    if block.kind is Kind.HEADING:
        return f"<h{block.level}>{html}</h{block.level}>"
    if block.kind is Kind.LIST_ITEM:
        return f"<li>{html}</li>"
    if block.kind is Kind.PREFORMATTED:
        return f"<pre>{html.replace('<br>', chr(10))}</pre>"
    if block.kind is Kind.TABLE_ROW:
        return f"<tr><td>{html}</td></tr>"
    if block.kind is Kind.CAPTION:
        return f"<figcaption>{html}</figcaption>"
    if block.image:
        said = "" if block.image.alt is None else f' alt="{escape(block.image.alt)}"'
        return f'<img src="{PATH}{block.image.digest}"{said}>'
    return f"<p>{html}</p>"
