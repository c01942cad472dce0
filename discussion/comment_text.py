"""What a person wrote, rendered: made before the write transaction, because Markdown takes its time."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from core.text import render_markdown
from discussion.references import mark, without_marks

LONGEST = 5_000  # characters
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


@dataclass(frozen=True)
class CommentText:
    """A comment to be saved: as typed, as safe HTML with marks, the references by mark number, what it answers."""

    body: str
    html: str
    references: tuple[str, ...] = ()
    parent_id: int | None = None


NO_WORDS = CommentText("", "")


def compose(body: str, parent_id: int | None = None) -> CommentText:
    """Render what was typed. Slow (up to a tenth of a second): call it before any write."""
    typed = _CONTROL.sub("", body.replace("\r\n", "\n").replace("\r", "\n"))
    html, references = mark(render_markdown(without_marks(typed)).strip())
    return CommentText(typed, html, references, parent_id)


def is_empty(text: CommentText) -> bool:
    """Tell whether nothing a reader could see is left ("<p></p>", bare spaces, an image that was dropped)."""
    return not re.sub(r"<[^>]*>|&nbsp;|\s|[\u200b-\u200f\u2060\ufeff]", "", text.html)


def stamp(edited_at: datetime | None) -> str:
    """Return what a form carries to say which version of a comment it was made from."""
    return edited_at.isoformat() if edited_at else ""
