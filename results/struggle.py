"""Where in the article the class lost points. Pure: figures and places in, heat out.

A question counts for every sentence that it tests. Heat of a sentence or paragraph is
points lost / points possible over the graded first attempts of the questions anchored there.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

HEAT_FROM = (0, 10, 20, 35)
"""A level starts at this percentage of points lost, as it is shown: 1 under 10 %, 2, 3, and 4 at 35 % and over."""


@dataclass(frozen=True)
class AnchoredItem:
    """A question with what the class lost on it: its number, the sentences it tests, points, answers graded."""

    number: int
    sentence_ids: frozenset[int]
    lost: int
    possible: int
    graded: int


@dataclass(frozen=True)
class Struggle:
    """One place: share of the points lost (0 to 1, None where nothing is graded), level 0 to 4, questions, answers.

    Level 0: no question tests this place, or nobody has answered yet.
    """

    share: Fraction | None
    level: int
    numbers: tuple[int, ...]
    graded: int


UNTESTED = Struggle(None, 0, (), 0)


def level_of(share: Fraction) -> int:
    """Return the heat level, 1 to 4, of a share of points lost."""
    shown = int(share * 100 + Fraction(1, 2))
    return sum(shown >= start for start in HEAT_FROM)


def combine(items: Sequence[AnchoredItem]) -> Struggle:
    """Return what a place shows that all of `items` test."""
    if not items:
        return UNTESTED
    numbers = tuple(sorted({item.number for item in items}))
    possible = sum(item.possible for item in items)
    graded = max(item.graded for item in items)
    if not possible:
        return Struggle(None, 0, numbers, graded)
    share = Fraction(sum(item.lost for item in items), possible)
    return Struggle(share, level_of(share), numbers, graded)


def by_sentence(items: Iterable[AnchoredItem]) -> dict[int, Struggle]:
    """Return the struggle of each tested sentence."""
    tested: dict[int, list[AnchoredItem]] = defaultdict(list)
    for item in items:
        for sentence_id in item.sentence_ids:
            tested[sentence_id].append(item)
    return {sentence_id: combine(found) for sentence_id, found in tested.items()}


def by_place(items: Sequence[AnchoredItem], places: Mapping[int, frozenset[int]]) -> dict[int, Struggle]:
    """Return the struggle of each place (key to its sentence ids); a question counts once for a place."""
    return {
        key: combine([item for item in items if item.sentence_ids & sentences]) for key, sentences in places.items()
    }
