"""The words of a reference to a place in the article, from where it stands in the class's version. Pure."""

from __future__ import annotations

from typing import NamedTuple


class Place(NamedTuple):
    """Where a span stands: ¶ number and number in it, first and last; None where it is not in the version.

    `ends_block`: nothing of the last sentence's block follows it.
    """

    first_block: int | None
    first_number: int | None
    last_block: int | None
    last_number: int | None
    ends_block: bool


def label(place: Place) -> str:
    """Return "¶ 4.3", "¶ 4.3–5", "¶ 4.3–5.1", "¶ 4" for a whole block, "" for what has no number here."""
    if place.first_block is None or place.last_block is None:
        return ""
    start = f"¶ {place.first_block}.{place.first_number}"
    if place.first_block != place.last_block:
        return f"{start}–{place.last_block}.{place.last_number}"
    if place.first_number == 1 and place.ends_block:
        return f"¶ {place.first_block}"
    return start if place.first_number == place.last_number else f"{start}–{place.last_number}"
