"""From text and its marks to inline HTML that is balanced whatever part of the text is taken."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from articles.importing.document import Mark


def inline_html(text: str, marks: Sequence[Mark], start: int, end: int) -> str:
    """Return text[start:end] as HTML: marks that reach beyond it are closed at its edge.

    Newlines become <br>. Marks that cross each other are closed and opened again.
    """
    inside = [
        Mark(max(mark.start, start), min(mark.end, end), mark.tag, mark.href)
        for mark in marks
        if mark.start < end and mark.end > start
    ]
    edges = sorted({start, end, *(m.start for m in inside), *(m.end for m in inside)})
    pieces: list[str] = []
    opened: list[Mark] = []
    for here, following in zip(edges, [*edges[1:], end], strict=True):
        opened = _change(pieces, opened, [m for m in inside if m.start <= here < m.end])
        pieces.append(escape(text[here:following], quote=False).replace("\n", "<br>"))
    _change(pieces, opened, [])
    return "".join(pieces)


def _change(pieces: list[str], opened: list[Mark], wanted: list[Mark]) -> list[Mark]:
    """Write the end and start tags that lead from the open marks to the wanted ones."""
    keep = 0
    while keep < len(opened) and opened[keep] in wanted:
        keep += 1
    pieces.extend(f"</{mark.tag}>" for mark in reversed(opened[keep:]))
    still = opened[:keep]
    for mark in wanted:
        # A link in a link is no HTML; the outer one stays.
        if mark in still or (mark.tag == "a" and any(m.tag == "a" for m in still)):
            continue
        href = f' href="{escape(mark.href)}"' if mark.tag == "a" else ""
        pieces.append(f"<{mark.tag}{href}>")
        still.append(mark)
    return still
