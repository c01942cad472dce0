"""Quotations: what a post can begin with, in Markdown, and what is left out of one that quotes hidden words. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Sequence

from articles.spans import Placed, UnknownSentence, describe, format_reference

LONGEST = 600  # characters that are taken of a post or of the article
_PASSAGE = re.compile(r"(\d{1,12})-(\d{1,12})", re.ASCII)
_SOURCE = re.compile(r"/comments/(\d{1,18})(?!\d)", re.ASCII)
_BLOCK = re.compile(r"<(/?)blockquote>")
_QUOTED_LINES = re.compile(r"(?m)^ {0,3}>.*(?:\n(?!\s*$).*)*")
_MARKS = re.compile(r"([\\*_`\[\]<])")


def quote_post(body: str, source: str) -> str:
    """Return what was written in Markdown as a quotation that begins with `source`, a link to it.

    What it quotes itself is left out, unless it is nothing else. Names are not put in: a post may be anonymous.
    """
    return _quoted(f"{source}\n\n{_shortened(own_words(body))}")


def own_words(body: str) -> str:
    """Return what was written in Markdown without what it quotes; all of it where it is nothing but quotations."""
    lines = body.strip().split("\n")
    return "\n".join(line for line in lines if not line.startswith(">")).strip() or body.strip()


def quote_passage(passage: str, sentences: Sequence[Placed]) -> str:
    """Return the sentences of a passage ("12-14", ids) as a quotation with its place; "" if it is not in the text."""
    found = _PASSAGE.fullmatch(passage)
    if not found:
        return ""
    first, last = int(found[1]), int(found[2])
    try:
        words = describe(sentences, first, last).quote
    except UnknownSentence:
        return ""
    words = _MARKS.sub(r"\\\1", _shortened(words))
    place = format_reference(sentences, first, last)
    return _quoted(f"{words} ({place})" if place else words)


def _quoted(text: str) -> str:
    return "".join(f"> {line}".rstrip() + "\n" for line in text.split("\n")) + "\n"


def _shortened(text: str) -> str:
    if len(text) <= LONGEST:
        return text
    return text[: LONGEST - 1].rsplit(" ", 1)[0].rstrip(" \n,;:.") + "…"


Spans = Callable[[str], Iterator[tuple[int, int]]]
"""Where the quotations of a text begin and end: outermost ones."""


def in_html(html: str) -> Iterator[tuple[int, int]]:
    """Say where the quotations of safe HTML stand."""
    depth, start = 0, 0
    for tag in _BLOCK.finditer(html):
        if not tag.group(1):
            start = start if depth else tag.start()
            depth += 1
        elif depth:
            depth -= 1
            if depth == 0:
                yield start, tag.end()


def in_markdown(body: str) -> Iterator[tuple[int, int]]:
    """Say where the quotations of what was typed stand, each with the lines that it runs on into."""
    for found in _QUOTED_LINES.finditer(body):
        yield found.span()


def quoted_in(text: str, spans: Spans) -> set[int]:
    """Return the ids of the posts to which the quotations of a text lead."""
    return {int(number) for start, end in spans(text) for number in _SOURCE.findall(text[start:end])}


def leave_out(text: str, spans: Spans, hidden: Collection[int], instead: str) -> str:
    """Return a text with `instead` in the place of each quotation that leads to one of the `hidden` posts."""
    pieces, done = [], 0
    for start, end in spans(text):
        is_hidden = any(int(number) in hidden for number in _SOURCE.findall(text[start:end]))
        pieces += [text[done:start], instead if is_hidden else text[start:end]]
        done = end
    return "".join([*pieces, text[done:]])
