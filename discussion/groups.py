"""Who talks with whom where a thread is split into groups. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from random import Random

FEWEST = 2


def deal(students: Iterable[int], groups: int, seed: int) -> list[list[int]]:
    """Shuffle the students by `seed` and deal them to that many groups, whose sizes differ by one at most.

    The same students, groups and seed give the same groups, in whatever order the students are named.
    """
    order = sorted(students)
    Random(seed).shuffle(order)  # noqa: S311  # nobody must be unable to guess it; it must be the same again
    return [order[at::groups] for at in range(groups)]


def groups_for_size(students: int, size: int) -> int:
    """Return how many groups of about `size` so many students make: never larger ones, and two at least."""
    return max(FEWEST, -(-students // size))


def place(newcomers: Sequence[int], sizes: Mapping[int, int]) -> dict[int, int]:
    """Put each newcomer into the group (by id, with its size) that is the smallest then, of two such the first."""
    filled = dict(sizes)
    placed = {}
    for student in newcomers:
        group = min(filled, key=lambda each: (filled[each], each))
        filled[group] += 1
        placed[student] = group
    return placed
