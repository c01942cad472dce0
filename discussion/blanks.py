"""Forms that nobody has filled in: all that a page needs of one, and made once."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class _BlankField:
    data: str | None = None
    errors: tuple[str, ...] = ()


@dataclass(frozen=True)
class BlankPost:
    """A PostForm. `is_begun`: with words in it to go on from."""

    body: _BlankField = _BlankField()
    parent: _BlankField = _BlankField()
    anonymous: _BlankField = _BlankField()
    group: _BlankField = _BlankField()
    errors: tuple[str, ...] = ()
    is_begun: bool = False


@dataclass(frozen=True)
class BlankNote(BlankPost):
    """A NoteForm."""

    first: _BlankField = _BlankField()
    choice: _BlankField = _BlankField()


BLANK = BlankPost()
BLANK_NOTE = BlankNote()


def begun(body: str) -> BlankPost:
    """Return a form that somebody goes on from: with these words in it."""
    return BlankPost(body=_BlankField(body), is_begun=True) if body else BLANK
