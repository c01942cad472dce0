"""How many edits lead from one text to another, or to a part of it. Pure.

Myers' bit-parallel form of the edit distance (J. ACM 46, 1999), on whole numbers of any size: a row of the
table is one number, so a text costs a few operations a character, whatever the length of what is looked for.
"""

from __future__ import annotations


def edits_to_ends(pattern: str, text: str, *, anchored: bool = False) -> list[int]:
    """Return, for each end 0..len(text), the least edits from `pattern` to a part of `text` that ends there.

    The part may begin anywhere, or only at the beginning of `text` if `anchored`. An edit is one code point
    inserted, left out or replaced. `pattern` is not empty.
    """
    size = len(pattern)
    full, top = (1 << size) - 1, 1 << (size - 1)
    places: dict[str, int] = {}
    for index, letter in enumerate(pattern):
        places[letter] = places.get(letter, 0) | 1 << index
    more, less, edits = full, 0, size  # where the row rises and falls by one, and its last value
    found = [size]
    for letter in text:
        same = places.get(letter, 0)
        down = same | less
        across = (((same & more) + more) ^ more) | same
        rising, falling = less | full & ~(across | more), more & across
        edits += bool(rising & top) - bool(falling & top)
        rising, falling = (rising << 1 | anchored) & full, falling << 1 & full
        more, less = falling | full & ~(down | rising), rising & down
        found.append(edits)
    return found


def likeness_at_start(wanted: str, text: str) -> float:
    """Return how much of `wanted` begins `text`, 0 to 1; nothing wanted is found everywhere."""
    if not wanted:
        return 1.0
    return 1 - min(edits_to_ends(wanted, text[: 2 * len(wanted)], anchored=True)) / len(wanted)


def likeness_at_end(wanted: str, text: str) -> float:
    """Return how much of `wanted` ends `text`, 0 to 1."""
    return likeness_at_start(wanted[::-1], text[: -2 * len(wanted) - 1 : -1])
