"""The only place that turns what people typed into markup."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

import nh3
from flask import Flask
from markdown_it import MarkdownIt
from markupsafe import Markup, escape

RENDERER_VERSION = 1
SAFE = frozenset((Markup, int))
GAP = "\x00"  # in no text that the database keeps
_markdown = (
    MarkdownIt("commonmark", {"html": False, "linkify": True, "typographer": False, "breaks": True})
    .enable(["linkify", "strikethrough"])
    .disable(["image", "html_block", "html_inline", "heading", "lheading"])
)
# Without any of these, Markdown reads as it is typed.
_MARK = re.compile(r"[*_`~\[\\<&]|^\s*([-+>]|\d+[.)]\s)", re.MULTILINE)
BREAKS = ("softbreak", "hardbreak")
COMMENT_TAGS = {
    "p",
    "br",
    "em",
    "strong",
    "s",
    "a",
    "ul",
    "ol",
    "li",
    "blockquote",
    "code",
    "pre",
    "hr",
}
INLINE_TAGS = {
    "em",
    "strong",
    "a",
    "code",
    "sub",
    "sup",
    "br",
    "s",
    "u",
    "small",
    "q",
    "cite",
    "abbr",
    "mark",
}
LINK_SCHEMES = {"http", "https", "mailto"}


# One paragraph of bare words: no character that Markdown, HTML or a link could begin with. A full stop ends a
# sentence, for within a word it may make it an address; a letter comes first, for "1." begins a list.
_BARE_WORDS = re.compile(r"""[^\W\d_](?:[^\W_]|[ ,;:?!'"’‘“”…–—()%¶-]|\.(?=[ "”]|\Z))*""")


def _clean(html: str, tags: set[str]) -> str:
    return nh3.clean(
        html,
        tags=tags,
        attributes={"a": {"href", "title"}, "ol": {"start"}},
        url_schemes=LINK_SCHEMES,
        link_rel="nofollow noopener noreferrer",
        clean_content_tags={"script", "style"},
    )


def render_markdown(text: str) -> str:
    """Return safe HTML for Markdown that a person typed: no raw HTML, no images, no headings.

    Two layers: the parser emits no raw HTML, and what it emits is cleaned again.
    Render when saving, outside the write transaction, and keep the result.
    """
    if _BARE_WORDS.fullmatch(text) and not text.endswith(" "):  # as most posts are: nothing to parse or clean
        return f"<p>{text}</p>\n"
    return render_any_markdown(text)


def render_any_markdown(text: str) -> str:
    """Return the same as render_markdown(), which takes a short way for bare words, by the long way."""
    return _clean(_markdown.render(text), COMMENT_TAGS)


def clean_inline(html: str) -> str:
    """Return the safe inline part of `html`: emphasis, links, code, line breaks; nothing else."""
    return _clean(html, INLINE_TAGS)


def excerpt(text: str, length: int = 80) -> str:
    """Return the first `length` characters of a text on one line, cut at a word, with an ellipsis."""
    line = " ".join(text.split())
    if len(line) <= length:
        return line
    cut = line[: length - 1]
    return (cut.rsplit(" ", 1)[0] if " " in cut else cut).rstrip(",;:.") + "…"


def gist(markdown: str, length: int = 80) -> str:
    """Return the first words of what was written in Markdown as they are read: on one line, without its marks."""
    return excerpt(_words_of(markdown[: 4 * length + 200]), length)


@lru_cache(maxsize=4096)
def _words_of(markdown: str) -> str:
    if not _MARK.search(markdown):
        return markdown
    lines = []
    for token in _markdown.parse(markdown):
        parts = token.children if token.children is not None else [token]
        lines.append("".join("\n" if part.type in BREAKS else part.content for part in parts))
    return "\n".join(lines)


def rendered(html: str | None) -> Markup:
    """Print HTML that `render_markdown` or `clean_inline` made and the database kept."""
    return Markup(html or "")  # noqa: S704 - cleaned when it was saved


def formatted(message: str, variables: dict[str, object]) -> Markup:
    """Return words of ours with `variables` put in, each escaped unless it is safe already.

    Words of ours hold no markup; "%%" stands for a per cent sign, with or without variables.
    """
    if not variables and "%" not in message:
        return _plain(message)
    return Markup(message) % variables  # noqa: S704 - from our own catalogues


def assembled(pattern: str, *parts: str | int) -> str:
    """Return markup of ours with each `{}` filled in; what is neither a number nor safe already is escaped.

    For pieces that a page prints by the hundred. `pattern` is written out in the code: nothing a person typed.
    """
    safe = [part if type(part) in SAFE else escape(part) for part in parts]
    return Markup(pattern.format(*safe))  # noqa: S704 - our pattern, escaped parts


def with_marks(text: str, spans: Iterable[tuple[int, int]]) -> Markup:
    """Return a text, escaped, with a <mark> around each span (offsets in code points, in order, apart)."""
    pieces, at = [], 0
    for start, end in spans:
        pieces += [escape(text[at:start]), Markup("<mark>%s</mark>") % text[start:end]]
        at = end
    return Markup("").join([*pieces, escape(text[at:])])


def mentioning(name: str) -> str:
    """Return the mark of somebody who is named in what was written, safe: for HTML that is kept."""
    return f'<span class="mention">{escape(name)}</span>'


def joined(pieces: Iterable[str]) -> str:
    """Return pieces of markup one after the other; what is not safe already is escaped."""
    safe = [piece if type(piece) is Markup else escape(piece) for piece in pieces]
    return Markup("".join(safe))  # noqa: S704 - every piece is safe


@lru_cache(maxsize=4096)
def _plain(message: str) -> Markup:
    return Markup(message)  # noqa: S704 - from our own catalogues


_AS_IT_IS = frozenset((int, Markup))
_escaped = lru_cache(maxsize=8192, typed=True)(escape)  # names, scores and options come again and again


def fill(pattern: str, rows: Iterable[tuple[object, ...]]) -> Markup:
    """Return `pattern` (markup of a template, with a %s for each value) filled with each row, one after the other.

    Texts are escaped; whole numbers and what is safe already go in as they are. For tables of thousands of
    rows, in which a template's own loop would cost most of the page.
    """
    plain = str(pattern)
    filled = [plain % tuple([v if v.__class__ in _AS_IT_IS else _escaped(v) for v in row]) for row in rows]
    return Markup("".join(filled))  # noqa: S704 - every text in it is escaped above


def framed(printed: str) -> Markup:
    """Return what a template printed, with a GAP for each value, as a pattern for `fill`."""
    return Markup(str(printed).replace("%", "%%").replace(GAP, "%s"))  # noqa: S704 - a template has escaped it


def init_text(app: Flask) -> None:
    """Register the filters `rendered`, `excerpt`, `gist` and `framed`, and `fill` and `gap`."""
    app.jinja_env.globals.update(fill=fill, gap=GAP)
    app.jinja_env.filters.update(rendered=rendered, excerpt=excerpt, gist=gist, framed=framed)
