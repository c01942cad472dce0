"""What an attempt shows, fixed at its start: the order of items, and of the options in each."""

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random
from typing import TypedDict, TypeVar

from core.points import Points

T = TypeVar("T")


@dataclass(frozen=True)
class PlacedItem:
    """An item as the quiz has it now. `option_keys` are those that may change places, and with `mixed` must."""

    item_id: int
    version_id: int
    points: Points
    option_keys: tuple[str, ...] = ()
    mixed: bool = False


class LayoutRow(TypedDict):
    """One item as the attempt keeps it, in JSON."""

    item: int
    version: int
    points: Points
    options: list[str]


def make_layout(items: Sequence[PlacedItem], random: Random, *, questions: bool, options: bool) -> list[LayoutRow]:
    """The rows of an attempt, shuffled where asked for; the items given are in the author's order."""
    placed = _shuffled(items, random) if questions else list(items)
    return [
        {
            "item": item.item_id,
            "version": item.version_id,
            "points": item.points,
            "options": _ordered(item, random, shuffle=options),
        }
        for item in placed
    ]


def _ordered(item: PlacedItem, random: Random, *, shuffle: bool) -> list[str]:
    """The option keys of one item; where they must be mixed never as the author wrote them."""
    if not (shuffle or item.mixed):
        return list(item.option_keys)
    keys = _shuffled(item.option_keys, random)
    if item.mixed and keys == list(item.option_keys):
        return keys[1:] + keys[:1]
    return keys


def _shuffled(values: Sequence[T], random: Random) -> list[T]:
    return random.sample(values, len(values))
