"""Classical statistics of a quiz and of its items (PRODUCT 4). Pure.

Points are whole numbers of any one unit, so sums are exact; only the last step of a formula divides or takes a
root. V and C are the sample variance and covariance (divisor S - 1), S the attempts, T an attempt's total,
X = T - x its rest. What is not defined is None, never 0 or NaN. Formulas: classical test theory as in Lord and
Novick, "Statistical Theories of Mental Test Scores" (1968); k-statistics as in Kendall and Stuart, volume 1.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import sqrt
from statistics import median

Column = Sequence[int]
Cells = Mapping[int, Sequence[int | None]]
"""The points of each item, by item id: one cell for each attempt, None where the attempt did not hold the item."""


@dataclass(frozen=True)
class ItemStatistics:
    """The figures of one item over the `n` attempts that held it.

    `facility` 0 to 1; `sd` is a percentage of the item's points; weights, `discrimination` and `efficiency` are
    percentages. `is_inverse`: there is no effective weight, because the item ran against the total.
    """

    n: int
    facility: Fraction | None
    sd: float | None
    intended_weight: float | None
    effective_weight: float | None
    is_inverse: bool
    discrimination: float | None
    efficiency: float | None


@dataclass(frozen=True)
class QuizStatistics:
    """The figures of the totals of `n` attempts: points in the unit that went in; alpha and error ratio in per cent."""

    n: int
    mean: float | None = None
    median: float | None = None
    sd: float | None = None
    skewness: float | None = None
    kurtosis: float | None = None
    alpha: float | None = None
    error_ratio: float | None = None
    standard_error: float | None = None


def covariance(first: Column, second: Column) -> Fraction | None:
    """Return the sample covariance, exact; None for fewer than two."""
    size = len(first)
    if size < 2:
        return None
    products = sum(a * b for a, b in zip(first, second, strict=True))
    return Fraction(size * products - sum(first) * sum(second), size * (size - 1))


def variance(values: Column) -> Fraction | None:
    """Return the sample variance, exact; None for fewer than two."""
    return covariance(values, values)


def correlation(first: Column, second: Column) -> float | None:
    """Return Pearson's correlation, -1 to 1; None where one of the two does not vary."""
    joint, one, other = covariance(first, second), variance(first), variance(second)
    if joint is None or not one or not other:
        return None
    return float(joint) / sqrt(one * other)


def cronbach_alpha(columns: Sequence[Column]) -> float | None:
    """Return the internal consistency in per cent; None below two items or three attempts, or if totals are equal."""
    items = len(columns)
    totals = _totals(columns)
    whole = variance(totals)
    if items < 2 or len(totals) < 3 or not whole:
        return None
    parts = sum((variance(column) or Fraction(0) for column in columns), Fraction(0))
    return float(100 * Fraction(items, items - 1) * (1 - parts / whole))


def _totals(columns: Sequence[Column]) -> list[int]:
    return [sum(points) for points in zip(*columns, strict=True)]


def totals_of(cells: Cells) -> list[int]:
    """Return the total of each attempt over the items that it held."""
    return [sum(points or 0 for points in row) for row in zip(*cells.values(), strict=True)]


def is_complete(cells: Cells) -> bool:
    """Tell whether every attempt held every item: otherwise totals are not of the same thing."""
    return all(None not in column for column in cells.values())


def quiz_statistics(cells: Cells) -> QuizStatistics:
    """Return the figures of the totals. Those that compare items need every attempt to hold every item."""
    totals = totals_of(cells)
    size = len(totals)
    if size < 2:
        return QuizStatistics(size)
    spread = sqrt(variance(totals) or 0)
    alpha = cronbach_alpha(_whole_columns(cells)) if is_complete(cells) else None
    ratio = 100 * sqrt(1 - alpha / 100) if alpha is not None else None
    return QuizStatistics(
        n=size,
        mean=sum(totals) / size,
        median=float(median(totals)),
        sd=spread,
        skewness=_skewness(totals),
        kurtosis=_kurtosis(totals),
        alpha=alpha,
        error_ratio=ratio,
        standard_error=ratio * spread / 100 if ratio is not None else None,
    )


def _whole_columns(cells: Cells) -> list[Column]:
    return [_filled(column) for column in cells.values()]


def _moment(values: Column, power: int) -> Fraction:
    """Return the central moment, exact: every deviation is taken S times as large."""
    size, whole = len(values), sum(values)
    return Fraction(sum((size * value - whole) ** power for value in values), size ** (power + 1))


def _skewness(values: Column) -> float | None:
    size, spread = len(values), variance(values)
    if size < 3 or not spread:
        return None
    third = size**2 * _moment(values, 3) / ((size - 1) * (size - 2))
    return float(third) / float(spread) ** 1.5


def _kurtosis(values: Column) -> float | None:
    size, spread = len(values), variance(values)
    if size < 4 or not spread:
        return None
    second, fourth = _moment(values, 2), _moment(values, 4)
    scale = Fraction(size**2, (size - 1) * (size - 2) * (size - 3))
    return float(scale * ((size + 1) * fourth - 3 * (size - 1) * second**2) / spread**2)


def item_statistics(cells: Cells, maxima: Mapping[int, int]) -> dict[int, ItemStatistics]:
    """Return the figures of each item. `maxima`: what each is worth, in the same unit."""
    totals = totals_of(cells)
    weights = _effective_weights(cells, totals) if is_complete(cells) else {}
    possible = sum(maxima[item] for item in cells)
    found = {}
    for item, column in cells.items():
        held = [(points, total) for points, total in zip(column, totals, strict=True) if points is not None]
        intended = 100 * maxima[item] / possible if possible else None
        found[item] = _item(held, maxima[item], intended, weights.get(item))
    return found


def part_statistics(column: Sequence[int | None], totals: Column, maximum: int) -> ItemStatistics:
    """Return the figures of a question that some of the attempts held in the place of one item.

    `totals` are those of all attempts. It has no weight of its own: the item has.
    """
    held = [(points, total) for points, total in zip(column, totals, strict=True) if points is not None]
    return _item(held, maximum, None, None)


def _item(
    held: Sequence[tuple[int, int]], maximum: int, intended: float | None, weight: _Weight | None
) -> ItemStatistics:
    points, rest = [each for each, _total in held], [total - each for each, total in held]
    spread = variance(points)
    related = correlation(points, rest)
    return ItemStatistics(
        n=len(held),
        facility=Fraction(sum(points), maximum * len(held)) if maximum and held else None,
        sd=100 * sqrt(spread) / maximum if spread is not None and maximum else None,
        intended_weight=intended,
        effective_weight=weight.share if weight else None,
        is_inverse=bool(weight and weight.is_inverse),
        discrimination=None if related is None else 100 * related,
        efficiency=_efficiency(points, rest),
    )


def _efficiency(points: Column, rest: Column) -> float | None:
    """Return the covariance as a percentage of the greatest that these two lists can have, both sorted."""
    joint, most = covariance(points, rest), covariance(sorted(points), sorted(rest))
    return float(100 * joint / most) if joint is not None and most else None


@dataclass(frozen=True)
class _Weight:
    share: float | None
    is_inverse: bool


def _effective_weights(cells: Cells, totals: Column) -> dict[int, _Weight]:
    joint = {item: covariance(_filled(column), totals) for item, column in cells.items()}
    roots = {item: sqrt(each) for item, each in joint.items() if each is not None and each >= 0}
    whole = sum(roots.values())
    return {
        item: _Weight(100 * roots[item] / whole if item in roots and whole else None, each is not None and each < 0)
        for item, each in joint.items()
    }


def _filled(column: Iterable[int | None]) -> list[int]:
    return [points or 0 for points in column]
