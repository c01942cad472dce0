"""Markdown: read as CommonMark with tables, then taken in like a piece of HTML."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token

from articles.importing import refusal
from articles.importing.document import Document
from articles.importing.html import read_html
from articles.importing.images import Images

# HTML inside Markdown is let through here because the HTML reader cleans all of it.
_markdown = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])


def _image(renderer: RendererHTML, tokens: Sequence[Token], at: int, *rest: Any) -> str:
    """Markdown cannot say that an image only decorates: one without words has none yet."""
    tag = str(renderer.image(tokens, at, *rest))
    return tag if tokens[at].attrs["alt"] else tag.replace(' alt=""', "", 1)


_markdown.add_render_rule("image", _image)
FRONT_MATTER = re.compile(r"\A---[ \t]*\n(.{0,5000}?)\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
FIELD = re.compile(r"^(title|lang|language):[ \t]*[\"']?(.*?)[\"']?[ \t]*$", re.MULTILINE | re.IGNORECASE)
# The parser's time grows with the square of the marks in one paragraph.
MOST_MARKS = 4000
MARKS = "[]*_~<`"


def read_markdown(text: str, images: Images) -> Document:
    """Return the blocks of a Markdown text; its front matter may tell the title and the language."""
    fields: dict[str, str] = {}
    front = FRONT_MATTER.match(text)
    if front:
        fields = {name.lower(): value for name, value in FIELD.findall(front.group(1))}
        text = text[front.end() :]
    for paragraph in re.split(r"\n\s*\n", text):
        if sum(paragraph.count(mark) for mark in MARKS) > MOST_MARKS:
            raise refusal.too_tangled()
    document = read_html(_markdown.render(text), images)
    return replace(
        document,
        title=fields.get("title") or document.title,
        language=fields.get("lang") or fields.get("language") or document.language,
    )


def markdown_without_first(text: str) -> str:
    """Return a Markdown text without its first block and without front matter."""
    front = FRONT_MATTER.match(text)
    text = text[front.end() :] if front else text
    ends = block_ends(text)
    return "\n".join(text.split("\n")[ends[0] :]).strip("\n") if ends else text


def block_ends(text: str) -> list[int]:
    """Return after how many lines each outermost block of a Markdown text ends, in order."""
    return [token.map[1] for token in _markdown.parse(text) if token.level == 0 and token.map]
