"""An order that tells nothing about the author's, for types whose order is part of the key."""

from collections.abc import Mapping, Sequence
from hashlib import sha256


def mixed(texts: Mapping[str, str], order: Sequence[str] | None) -> list[str]:
    """The keys of some texts as an attempt keeps them; without one always the same order, and never the author's.

    Keys that the attempt's order does not know come last.
    """
    keys = list(texts)
    told_nothing = sorted(keys, key=lambda key: sha256(f"mixed {texts[key]}".encode()).digest())
    if order is None:
        is_authors = len(keys) > 1 and told_nothing == keys
        return told_nothing[1:] + told_nothing[:1] if is_authors else told_nothing
    place = {key: at for at, key in enumerate(order)}
    return sorted(told_nothing, key=lambda key: place.get(key, len(place)))
