"""A post without the names of people, for a screen that everybody sees. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from html import escape, unescape
from itertools import pairwise

from flask_babel import gettext as _

from discussion.references import OPEN

_MENTION = re.compile(r'<span class="mention">[^<]*</span>')
_TAG = re.compile(r'<(/?)([a-z0-9]+)(?:[^>"]|"[^"]*")*>')
_INLINE = frozenset(("a", "b", "code", "del", "em", "i", "ins", "mark", "s", "span", "strong", "sub", "sup", "u"))
"""Tags within which a word goes on; at all others it ends."""
_APART = "\x00"
_ALONE = "\u2e80-\u9fff\uac00-\ud7a3\uf900-\ufaff"  # scripts that set no spaces, or put endings to a name
_TOKEN = re.compile(rf"[{_ALONE}]|[^\W\d_{_ALONE}]+|\d+")
SHORTEST = 3
"""A part of a name that is shorter stands alone too often as a word."""
FAR = 3
"""So many characters may stand between the words of a name, as in "O’Hara", "Lind-Berg" and "J. Lind"."""


@lru_cache(maxsize=10_000)
def _folded(character: str) -> str:
    """A character without case, accents and what is not seen: as names are compared."""
    parts = unicodedata.normalize("NFKD", character)
    kept = "".join(part for part in parts if unicodedata.category(part) not in ("Mn", "Me", "Cf"))
    return unicodedata.normalize("NFC", kept).casefold()


@dataclass(frozen=True)
class _Token:
    """A word of a text: how it is compared, how it is written, and from where to where it goes there."""

    folded: str
    written: str
    start: int
    end: int


def _tokens(text: str) -> list[_Token]:
    """Return the words of a text, whose characters are known by their number in it."""
    folded: list[str] = []
    places: list[int] = []
    for at, character in enumerate(text):
        for one in _folded(character):
            folded.append(one)
            places.append(at)
    places.append(len(text))
    found = []
    for match in _TOKEN.finditer("".join(folded)):
        start, end = places[match.start()], places[match.end()]
        found.append(_Token(match.group(), text[start:end], start, end))
    return found


class Covering:
    """Covers the names of a class's people as they are read: whole or in part, in any case, also through markup.

    A part that the article writes the same way (a name may be a town's, or a word) is left, or nobody could speak of
    the article. Names that are spelled otherwise, nicknames and initials stay.
    """

    def __init__(self, names: Collection[str], article: str) -> None:
        self._own = {token.written for token in _tokens(article)}
        self._whole: set[tuple[str, ...]] = set()
        self._lengths: dict[str, set[int]] = {}  # of whole names, by their first words
        self._parts: set[str] = set()
        for name in names:
            self._add(_tokens(name))
            for word in name.split():
                tokens = _tokens(word)
                if len(tokens) > 1 and len(word) >= SHORTEST:  # "O’Hara"
                    self._add(tokens)
                parts = (token for token in tokens if not token.folded.isdigit() and len(token.folded) >= SHORTEST)
                self._parts |= {token.folded for token in parts if token.written not in self._own}

    def _add(self, tokens: Sequence[_Token]) -> None:
        words = tuple(token.folded for token in tokens)
        if len("".join(words)) > 1:
            self._whole.add(words)
            self._lengths.setdefault(words[0], set()).add(len(words))

    def cover(self, html: str) -> str:
        """Return safe `html` with every name covered, those that are mentioned as well."""
        html = _MENTION.sub(escape(self._cover), html)
        spans = list(self._spans(_text_of(html)))
        return _without(html, spans, escape(self._cover)) if spans else html

    @property
    def _cover(self) -> str:
        return _("(a name)")

    def _spans(self, text: str) -> Iterator[tuple[int, int]]:
        """From where to where names stand in a text."""
        tokens, at = _tokens(text), 0
        while at < len(tokens):
            count = self._whole_at(text, tokens, at) or self._is_part(tokens[at])
            if count:
                yield tokens[at].start, tokens[at + count - 1].end
            at += count or 1

    def _whole_at(self, text: str, tokens: Sequence[_Token], at: int) -> int:
        """Of how many words the longest name is that begins with a word; 0: none does."""
        for count in sorted(self._lengths.get(tokens[at].folded, ()), reverse=True):
            found = tokens[at : at + count]
            if tuple(token.folded for token in found) in self._whole and _are_together(text, found):
                return len(found)
        return 0

    def _is_part(self, token: _Token) -> bool:
        return token.folded in self._parts and token.written not in self._own


def _are_together(text: str, tokens: Sequence[_Token]) -> bool:
    between = [text[one.end : other.start] for one, other in pairwise(tokens)]
    return all(len(each) <= FAR and not {_APART, OPEN} & set(each) for each in between)


def _pieces(html: str) -> Iterator[tuple[str, str]]:
    """Of safe HTML each stretch of text, as it is read, and the tag after it ("": the end)."""
    end = 0
    for tag in _TAG.finditer(html):
        yield unescape(html[end : tag.start()]), tag.group()
        end = tag.end()
    yield unescape(html[end:]), ""


def _apart(tag: str) -> str:
    """What stands for a tag in the text."""
    found = _TAG.fullmatch(tag)
    return _APART if found and found.group(2) not in _INLINE else ""


def _text_of(html: str) -> str:
    return "".join(text + _apart(tag) for text, tag in _pieces(html))


def _without(html: str, spans: Sequence[tuple[int, int]], cover: str) -> str:
    """Return `html` with the cover where each span of its text begins, and without the rest of it."""
    covered = {place: place == start for start, end in spans for place in range(start, end)}
    out: list[str] = []
    at = 0
    for text, tag in _pieces(html):
        for place, character in enumerate(text, at):
            if place not in covered:
                out.append(escape(character, quote=False))
            elif covered[place]:
                out.append(cover)
        out.append(tag)
        at += len(text) + len(_apart(tag))
    return "".join(out)
