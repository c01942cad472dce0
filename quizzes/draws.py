"""Which question each draw of a quiz asks: every one once, and none left empty that could be filled. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from random import Random


def draw(slots: Mapping[int, Sequence[int]], random: Random) -> dict[int, int]:
    """Return a question for as many slots as can have one: {slot: question}, each question once.

    `slots` are the questions that each may ask. Where tags overlap, a slot gives way if it has another choice.
    """
    shuffled = {slot: random.sample(list(choices), len(choices)) for slot, choices in slots.items()}
    taken: dict[int, int] = {}
    for slot in random.sample(list(shuffled), len(shuffled)):
        _seat(slot, shuffled, taken, set())
    return {slot: question for question, slot in taken.items()}


def _seat(slot: int, slots: Mapping[int, Sequence[int]], taken: dict[int, int], tried: set[int]) -> bool:
    """Find a question for a slot, moving others on where need be."""
    free = next((question for question in slots[slot] if question not in taken), None)
    if free is not None:
        taken[free] = slot
        return True
    for question in slots[slot]:
        if question in tried:
            continue
        tried.add(question)
        if _seat(taken[question], slots, taken, tried):
            taken[question] = slot
            return True
    return False
