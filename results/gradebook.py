"""A student's grade for a class, from what the columns of the gradebook came to. Pure, and exact: rounded when shown.

**A part** is a category, or the rest: the columns without a category. Its share is what was earned in its columns
divided by what they are worth together. A category that drops its lowest n leaves out so many of its columns, those
with the lowest share, but never the last one.

**The total** is the mean of the parts' shares by their weights, in per cent. The rest weighs what the categories leave
of 100. A part in which nothing counts yet is left out, and the others weigh in proportion. What weighs nothing does
not count.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from math import lcm
from typing import NamedTuple, TypeAlias

from core.points import POINT, Points

Amount: TypeAlias = int | Fraction
"""Hundred-thousandths of a point: whole ones, as most are, or a part of one where a discussion earns it."""
ALL = 100 * POINT
"""100 per cent, as weights are kept."""


@dataclass(frozen=True)
class Category:
    """Columns that count together. `weight`: per cent of the total, in hundred-thousandths of one."""

    id: int
    name: str
    weight: Points
    drop_lowest: int = 0


class Mark(NamedTuple):
    """A column that counts: its key, its category, what was earned of what it is worth (above 0), in points."""

    key: str
    category_id: int | None
    earned: Amount
    possible: Amount

    @property
    def share(self) -> Fraction:
        """The part that was earned; above 1 where somebody gave more than it is worth."""
        return Fraction(self.earned) / self.possible


@dataclass(frozen=True)
class Part:
    """A category, or the rest (None): the marks that count, those that are dropped, and its weight from 0 to 1.

    `weight` is what it weighs in this total: together the parts weigh 1, or nothing at all.
    """

    category: Category | None
    kept: tuple[Mark, ...]
    dropped: tuple[Mark, ...]
    weight: Fraction

    @cached_property
    def earned(self) -> Fraction:
        """What was earned in the marks that count."""
        return exact_sum(mark.earned for mark in self.kept)

    @cached_property
    def possible(self) -> Fraction:
        """What they are worth."""
        return exact_sum(mark.possible for mark in self.kept)

    @cached_property
    def share(self) -> Fraction:
        """The part that was earned."""
        return self.earned / self.possible


@dataclass(frozen=True)
class CourseGrade:
    """The total and the parts that it is made of. `share` is None while nothing counts."""

    share: Fraction | None
    parts: tuple[Part, ...]

    @cached_property
    def dropped(self) -> Collection[str]:
        """The keys of the columns that are left out as the lowest."""
        return frozenset(mark.key for part in self.parts for mark in part.dropped)

    def is_dropped(self, key: str) -> bool:
        """Whether a column is left out as one of the lowest."""
        return key in self.dropped


def course_grade(categories: Sequence[Category], marks: Sequence[Mark]) -> CourseGrade:
    """Return the total over the marks, in whatever order they come. A category that is not known is the rest."""
    found: dict[int | None, list[Mark]] = {category.id: [] for category in categories}
    rest = found.setdefault(None, [])
    for mark in marks:
        found.get(mark.category_id, rest).append(mark)
    groups: list[tuple[Category | None, list[Mark], Points]] = [
        (category, found[category.id], category.weight) for category in categories
    ]
    groups.append((None, rest, rest_weight(categories)))
    counted = [group for group in groups if group[1]]
    total = sum(weight for _category, _marks, weight in counted)
    parts = tuple(_part(category, found, Fraction(weight, total or 1)) for category, found, weight in counted)
    share = sum((part.share * part.weight for part in parts), Fraction()) if total else None
    return CourseGrade(share, parts)


def rest_weight(categories: Sequence[Category]) -> Points:
    """Return what the categories leave of 100 per cent for the columns without one; never below 0."""
    return max(ALL - sum(category.weight for category in categories), 0)


def exact_sum(amounts: Iterable[Amount]) -> Fraction:
    """Return the sum; whole numbers are added as such, for one fraction among hundreds would make fractions of all."""
    whole, parts = 0, Fraction()
    for each in amounts:
        if isinstance(each, int):
            whole += each
        else:
            parts += each
    return parts + whole


def _part(category: Category | None, marks: Sequence[Mark], weight: Fraction) -> Part:
    drop = min(category.drop_lowest, len(marks) - 1) if category else 0
    if drop == 0:
        return Part(category, tuple(marks), (), weight)
    dropped = {mark.key for mark in _lowest_first(marks)[:drop]}
    return Part(
        category,
        tuple(mark for mark in marks if mark.key not in dropped),
        tuple(mark for mark in marks if mark.key in dropped),
        weight,
    )


def _lowest_first(marks: Sequence[Mark]) -> list[Mark]:
    """The marks by share, the one that is worth less first where shares are equal.

    Whole numbers stand for the shares, for fractions are slow to compare: two shares that differ do so by at least
    1 / most², so that what is left of them in so many parts differs as well.
    """
    common = lcm(*(each.denominator for mark in marks for each in (mark.earned, mark.possible)))
    parts = int(max(mark.possible for mark in marks) * common) ** 2

    def place(mark: Mark) -> tuple[int, Amount, str]:
        return int(mark.earned * common) * parts // int(mark.possible * common), mark.possible, mark.key

    return sorted(marks, key=place)
