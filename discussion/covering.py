"""A post without the names of people, for a screen that everybody sees. Pure."""

from __future__ import annotations

import re
from collections.abc import Collection
from html import escape, unescape

from flask_babel import gettext as _

from discussion.references import in_text

_MENTION = re.compile(r'<span class="mention">[^<]*</span>')
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
SHORTEST = 3
"""A part of a name that is shorter stands alone too often as a word."""


class Covering:
    """Covers the names of a class's people: whole, in any case, and in part where a part stands as a name does.

    A part that the article uses itself (a name may be a town's) is left, or nobody could speak of the article.
    """

    def __init__(self, names: Collection[str], article: str) -> None:
        own = set(_WORD.findall(article))
        self._whole = sorted({name.strip() for name in names if name.strip()}, key=len, reverse=True)
        self._parts = {
            part for name in self._whole for part in _WORD.findall(name) if len(part) >= SHORTEST and part not in own
        }

    def cover(self, html: str) -> str:
        """Return safe `html` with every name covered, those that are mentioned as well."""
        return in_text(_MENTION.sub(escape(self._cover), html), self._covered, ())

    @property
    def _cover(self) -> str:
        return _("(a name)")

    def _covered(self, segment: str) -> str:
        text = unescape(segment)
        folded = text.casefold()
        for name in self._whole:
            if name.casefold() in folded:
                text = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", self._cover, text, flags=re.IGNORECASE)
        text = _WORD.sub(lambda word: self._cover if word.group() in self._parts else word.group(), text)
        return escape(text, quote=False)
