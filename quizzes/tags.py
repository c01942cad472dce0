"""Tags of questions as people type them: "causes, 1953". Pure."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

LONGEST_TAG = 60
MOST_TAGS = 20


def tag_key(tag: str) -> str:
    """A tag folded for comparing: "Causes" and "causes" are one tag."""
    return " ".join(unicodedata.normalize("NFKC", tag).casefold().split())[:LONGEST_TAG]


def tags_of(texts: Iterable[str]) -> tuple[str, ...]:
    """Tidy tags, each once and in the order given; empty and overlong ones are left out."""
    tidy = {tag_key(text): " ".join(text.split()) for text in reversed(list(texts))}
    return tuple(tag for key, tag in reversed(tidy.items()) if key and len(tag) <= LONGEST_TAG)


def read_tags(text: str) -> tuple[str, ...]:
    """The tags that a line names, parted by commas."""
    return tags_of(text.replace(";", ",").replace("\n", ",").split(","))


def too_long(text: str) -> str | None:
    """The first tag of a line that is too long, if there is one."""
    tags = (" ".join(part.split()) for part in text.replace(";", ",").split(","))
    return next((tag for tag in tags if len(tag) > LONGEST_TAG), None)
