"""Safe HTML, changed in its text alone. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

_TAG = re.compile(r'<(/?)([a-z0-9]+)(?:[^>"]|"[^"]*")*>')
VERBATIM = ("a", "code", "pre")  # no link within a link, and code is left as it is
VERBATIM_AND_QUOTED = (*VERBATIM, "blockquote")


def in_text(html: str, change: Callable[[str], str], kept: Sequence[str] = VERBATIM) -> str:
    """Return safe `html` with its text changed, piece by piece between tags; what stands in the tags `kept` stays."""
    pieces: list[str] = []
    depth, end = 0, 0
    for tag in _TAG.finditer(html):
        pieces.append(change(html[end : tag.start()]) if depth == 0 else html[end : tag.start()])
        pieces.append(tag.group())
        end = tag.end()
        if tag.group(2) in kept:
            depth += -1 if tag.group(1) else 1
    pieces.append(change(html[end:]) if depth == 0 else html[end:])
    return "".join(pieces)
