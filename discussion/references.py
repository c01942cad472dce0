"""References to the article in what people write: found when saved, numbered when shown.

In stored HTML a reference is a mark with a number: the position of its span among the spans
of the comment. What stands there on screen ("¶ 4.3") is looked up each time.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from html import escape

from flask_babel import gettext as _

from articles.linking import replace_references

OPEN, CLOSE = "\ue000", "\ue001"
MOST_WORDS_LOST = 120  # characters of a passage that is not in the text any more
MOST = 20  # distinct references of one comment that become links
_MARK = re.compile(f"{OPEN}(\\d+){CLOSE}")


@dataclass(frozen=True)
class Chip:
    """A reference ready to show: its words ("¶ 4.3") and the sentence it leads to; or the words that it lost."""

    label: str
    sentence_id: int | None
    lost: str = ""


def without_marks(text: str) -> str:
    """Return `text` without the two characters that marks are made of."""
    return text.replace(OPEN, "").replace(CLOSE, "")


def mark(html: str) -> tuple[str, tuple[str, ...]]:
    """Return safe `html` with a mark for each reference in its text, and the references by mark number."""
    found: dict[str, int] = {}

    def marked(reference: str) -> str | None:
        if reference not in found and len(found) >= MOST:
            return None
        return f"{OPEN}{found.setdefault(reference, len(found))}{CLOSE}"

    return replace_references(html, marked), tuple(found)


def unmark(html: str, words: Mapping[int, str]) -> str:
    """Return `html` with the marks in `words` turned back into what was typed."""
    return _replace(html, lambda number: escape(words[number], quote=False) if number in words else None)


def fill(html: str, chips: Mapping[int, Chip], reading_url: str) -> str:
    """Return `html` with each mark shown as a link to its sentence.

    A passage that is not in the text any more is shown with its words; a mark that nothing is known of as a bare ¶.
    """
    if OPEN not in html:
        return html

    def link(number: int) -> str:
        chip = chips.get(number)
        if chip is None:
            return '<span class="ref">¶</span>'
        if chip.lost:
            words = _("no longer in the text: “%(words)s”", words=_short(chip.lost))
            return f'<span class="ref lost">{escape(words)}</span>'
        href = escape(f"{reading_url}#s{chip.sentence_id}")
        return f'<a class="ref" href="{href}">{escape(chip.label)}</a>'

    return _replace(html, link)


def _short(words: str) -> str:
    return words if len(words) <= MOST_WORDS_LOST else f"{words[: MOST_WORDS_LOST - 1].rstrip()}…"


def preview(html: str, references: Sequence[str], unknown: Collection[str] = ()) -> str:
    """Return `html` with each mark as a chip of what was typed, leading nowhere yet; as bare text where unknown."""

    def chip(number: int) -> str:
        words = escape(references[number])
        return words if references[number] in unknown else f'<span class="ref">{words}</span>'

    return _replace(html, chip)


def _replace(html: str, words: Callable[[int], str | None]) -> str:
    def one(match: re.Match[str]) -> str:
        text = words(int(match.group(1)))
        return match.group() if text is None else text

    return _MARK.sub(one, html)
