"""References such as "¶ 4.3" in what people wrote, replaced by what leads there. Pure."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from html import escape, unescape

from articles.addresses import to_passages
from articles.spans import Placed, find_references, parse_reference
from core.markup import in_text


def replace_references(html: str, replaced: Callable[[str], str | None]) -> str:
    """Return safe `html` with each reference in its text replaced by safe HTML; those for which it is None stay.

    Links and code are left as they are.
    """
    return in_text(html, lambda segment: _replaced(segment, replaced)) if "¶" in html else html


def _replaced(segment: str, replaced: Callable[[str], str | None]) -> str:
    if "¶" not in segment:
        return segment
    text, pieces, done = unescape(segment), [], 0
    for start, end, reference in find_references(text):
        if (instead := replaced(reference)) is not None:
            pieces += [escape(text[done:start], quote=False), instead]
            done = end
    return "".join([*pieces, escape(text[done:], quote=False)])


def link_references(html: str, sentences: Sequence[Placed], reading_url: str) -> str:
    """Return safe `html` with each reference to a place among the sentences that its writer saw as a link to it."""

    def link(reference: str) -> str | None:
        ends = parse_reference(reference, sentences)
        if ends is None:
            return None
        return f'<a class="ref" href="{escape(reading_url + to_passages([ends]))}">{escape(reference)}</a>'

    return replace_references(html, link)
