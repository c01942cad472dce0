"""Markdown: read as CommonMark with tables, then taken in like a piece of HTML."""

from __future__ import annotations

import re
from dataclasses import replace

from markdown_it import MarkdownIt

from articles.importing import refusal
from articles.importing.document import Document
from articles.importing.html import read_html

# HTML inside Markdown is let through here because the HTML reader cleans all of it.
_markdown = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
FRONT_MATTER = re.compile(r"\A---[ \t]*\n(.{0,5000}?)\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
FIELD = re.compile(r"^(title|lang|language):[ \t]*[\"']?(.*?)[\"']?[ \t]*$", re.MULTILINE | re.IGNORECASE)
# The parser's time grows with the square of the marks in one paragraph.
MOST_MARKS = 4000
MARKS = "[]*_~<`"


def read_markdown(text: str) -> Document:
    """Return the blocks of a Markdown text; its front matter may tell the title and the language."""
    fields: dict[str, str] = {}
    front = FRONT_MATTER.match(text)
    if front:
        fields = {name.lower(): value for name, value in FIELD.findall(front.group(1))}
        text = text[front.end() :]
    for paragraph in re.split(r"\n\s*\n", text):
        if sum(paragraph.count(mark) for mark in MARKS) > MOST_MARKS:
            raise refusal.too_tangled()
    document = read_html(_markdown.render(text))
    return replace(
        document,
        title=fields.get("title") or document.title,
        language=fields.get("lang") or fields.get("language") or document.language,
    )


def markdown_without_first(text: str) -> str:
    """Return a Markdown text without its first block and without front matter."""
    front = FRONT_MATTER.match(text)
    text = text[front.end() :] if front else text
    places = [token.map for token in _markdown.parse(text) if token.level == 0 and token.map]
    return "\n".join(text.split("\n")[places[0][1] :]).strip("\n") if places else text
