"""A student's grade for a class, from what the columns of the gradebook came to. Pure, and exact: rounded when shown.

**A part** is a category, or the rest: the columns without a category. Its share is what was earned in its columns
divided by what they are worth together. A category that drops its lowest n leaves out so many of its columns, those
with the lowest share, but never the last one.

**The total** is the mean of the parts' shares by their weights, in per cent. The rest weighs what the categories leave
of 100. A part in which nothing counts yet is left out, and the others weigh in proportion. What weighs nothing does
not count.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from core.points import POINT, Points

ALL = 100 * POINT
"""100 per cent, as weights are kept."""


@dataclass(frozen=True)
class Category:
    """Columns that count together. `weight`: per cent of the total, in hundred-thousandths of one."""

    id: int
    name: str
    weight: Points
    drop_lowest: int = 0


@dataclass(frozen=True, slots=True)
class Mark:
    """A column that counts: its key, its category, what was earned of what it is worth (above 0), in points."""

    key: str
    category_id: int | None
    earned: Fraction
    possible: Fraction

    @property
    def share(self) -> Fraction:
        """The part that was earned; above 1 where somebody gave more than it is worth."""
        return self.earned / self.possible


@dataclass(frozen=True)
class Part:
    """A category, or the rest (None): the marks that count, those that are dropped, and its weight from 0 to 1.

    `weight` is what it weighs in this total: together the parts weigh 1, or nothing at all.
    """

    category: Category | None
    kept: tuple[Mark, ...]
    dropped: tuple[Mark, ...]
    weight: Fraction

    @property
    def earned(self) -> Fraction:
        """What was earned in the marks that count."""
        return sum((mark.earned for mark in self.kept), Fraction())

    @property
    def possible(self) -> Fraction:
        """What they are worth."""
        return sum((mark.possible for mark in self.kept), Fraction())

    @property
    def share(self) -> Fraction:
        """The part that was earned."""
        return self.earned / self.possible


@dataclass(frozen=True)
class CourseGrade:
    """The total and the parts that it is made of. `share` is None while nothing counts."""

    share: Fraction | None
    parts: tuple[Part, ...]

    def is_dropped(self, key: str) -> bool:
        """Whether a column is left out as one of the lowest."""
        return any(mark.key == key for part in self.parts for mark in part.dropped)


def course_grade(categories: Sequence[Category], marks: Sequence[Mark]) -> CourseGrade:
    """Return the total over the marks, in whatever order they come. A category that is not known is the rest."""
    known = {category.id for category in categories}
    groups: list[tuple[Category | None, list[Mark], Points]] = [
        (category, [mark for mark in marks if mark.category_id == category.id], category.weight)
        for category in categories
    ]
    rest = [mark for mark in marks if mark.category_id not in known]
    groups.append((None, rest, rest_weight(categories)))
    counted = [group for group in groups if group[1]]
    total = sum(weight for _category, _marks, weight in counted)
    parts = tuple(_part(category, found, Fraction(weight, total or 1)) for category, found, weight in counted)
    share = sum((part.share * part.weight for part in parts), Fraction()) if total else None
    return CourseGrade(share, parts)


def rest_weight(categories: Sequence[Category]) -> Points:
    """Return what the categories leave of 100 per cent for the columns without one; never below 0."""
    return max(ALL - sum(category.weight for category in categories), 0)


def _part(category: Category | None, marks: Sequence[Mark], weight: Fraction) -> Part:
    drop = min(category.drop_lowest, len(marks) - 1) if category else 0
    if drop == 0:
        return Part(category, tuple(marks), (), weight)
    lowest = sorted(marks, key=lambda mark: (mark.share, mark.possible, mark.key)) if drop else ()
    dropped = {mark.key for mark in lowest[:drop]}
    return Part(
        category,
        tuple(mark for mark in marks if mark.key not in dropped),
        tuple(mark for mark in marks if mark.key in dropped),
        weight,
    )
