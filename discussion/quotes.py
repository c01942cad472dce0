"""Quotations that somebody begins a post with: Markdown, ready to be changed and added to. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence

from articles.spans import Placed, UnknownSentence, describe, format_reference

LONGEST = 600  # characters that are taken of a post or of the article
_PASSAGE = re.compile(r"(\d{1,12})-(\d{1,12})", re.ASCII)
_MARKS = re.compile(r"([\\*_`\[\]<])")


def quote_post(body: str, source: str) -> str:
    """Return what was written in Markdown as a quotation that begins with `source`, a link to it.

    What it quotes itself is left out, unless it is nothing else. Names are not put in: a post may be anonymous.
    """
    lines = body.strip().split("\n")
    own = "\n".join(line for line in lines if not line.startswith(">")).strip()
    return _quoted(f"{source}\n\n{_shortened(own or body.strip())}")


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
