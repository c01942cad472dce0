"""Which sentences of an edited text are still the same ones. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import SequenceMatcher
from itertools import pairwise

# How alike two sentences must be for one to be the other, edited (1: the same text).
ALIKE = 0.75
CLEARLY = 0.9
# Below this share of common pairs of letters, two sentences are not compared any closer.
RELATED = 0.5
SHORTEST_PART = 12
# How far ahead the old sentence is looked for, to bound the time.
WINDOW = 12


def carry_over(old: Sequence[tuple[int, str]], new: Sequence[str]) -> list[int | None]:
    """Return for each new sentence the id of the old one that it is, or None for one that is new.

    The same text keeps its id, also where it moved; a nearly same text in its place does too. Of a
    sentence that was split the first part keeps the id; of sentences that were merged the first's
    id is kept. No id is given twice.
    """
    kept: list[int | None] = [None] * len(new)
    used: set[int] = set()
    matcher = SequenceMatcher(None, [text for _id, text in old], list(new))
    changed: list[tuple[int, int, int, int]] = []
    for tag, old_start, old_end, new_start, new_end in matcher.get_opcodes():
        if tag == "equal":
            for offset in range(old_end - old_start):
                _keep(kept, used, new_start + offset, old[old_start + offset][0])
        else:
            changed.append((old_start, old_end, new_start, new_end))
    _find_moved(old, new, kept, used)
    for old_start, old_end, new_start, new_end in changed:
        _find_edited(
            [pair for pair in old[old_start:old_end] if pair[0] not in used],
            [(place, new[place]) for place in range(new_start, new_end) if kept[place] is None],
            kept,
            used,
        )
    return kept


def _keep(kept: list[int | None], used: set[int], place: int, sentence_id: int) -> None:
    kept[place] = sentence_id
    used.add(sentence_id)


def _find_moved(old: Sequence[tuple[int, str]], new: Sequence[str], kept: list[int | None], used: set[int]) -> None:
    left: dict[str, list[int]] = {}
    for sentence_id, text in old:
        if sentence_id not in used:
            left.setdefault(text, []).append(sentence_id)
    for place, text in enumerate(new):
        if kept[place] is None and left.get(text):
            _keep(kept, used, place, left[text].pop(0))


def _find_edited(
    old: Sequence[tuple[int, str]],
    new: Sequence[tuple[int, str]],
    kept: list[int | None],
    used: set[int],
) -> None:
    """Give the ids of old sentences to the new ones most like them, in order within a changed stretch."""
    known = [(sentence_id, text, _pairs(text)) for sentence_id, text in old]
    begin = 0
    for index, (place, text) in enumerate(new):
        ahead = known[begin : max(begin, index) + WINDOW + 1]
        best = _most_like(text, ahead)
        if best is not None:
            _keep(kept, used, place, ahead[best][0])
            begin += best + 1


def _most_like(text: str, candidates: Sequence[tuple[int, str, frozenset[str]]]) -> int | None:
    """Return the place of the first candidate that is clearly the sentence, else of the most like; None if none is."""
    pairs = _pairs(text)
    best, most = None, 0.0
    for at, (_id, old_text, old_pairs) in enumerate(candidates):
        if _begins_alike(old_text, text):
            return at
        if 2 * len(pairs & old_pairs) < RELATED * (len(pairs) + len(old_pairs)):
            continue
        found = SequenceMatcher(None, old_text, text, autojunk=False).ratio()
        if found >= CLEARLY:
            return at
        if found >= ALIKE and found > most:
            best, most = at, found
    return best


def _pairs(text: str) -> frozenset[str]:
    """Return the pairs of neighbouring letters: a quick look at what a sentence is about, in any script."""
    return frozenset(map("".join, pairwise(text)))


def _begins_alike(old: str, new: str) -> bool:
    """Whether one sentence begins with all of the other: it was split there, or merged with the next."""
    for part, whole in ((old, new), (new, old)):
        beginning = part.strip(" .!?…")
        if len(beginning) >= SHORTEST_PART and whole.startswith(beginning):
            return True
    return False
