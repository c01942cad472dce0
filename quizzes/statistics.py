"""Classical statistics of a quiz and of its items (PRODUCT 4). Pure.

Points are whole numbers of any one unit, so sums are exact; only the last step of a formula divides or takes a
root. V and C are the sample variance and covariance (divisor S - 1), S the attempts, T an attempt's total,
X = T - x its rest. What is not defined is None, never 0 or NaN. Formulas: classical test theory as in Lord and
Novick, "Statistical Theories of Mental Test Scores" (1968); k-statistics as in Kendall and Stuart, volume 1.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import chain
from math import sqrt
from statistics import median

Column = Sequence[int]
Pairs = Mapping[tuple[int, int], int]
"""How often each pair of values occurs. Of thousands of attempts few differ, so that counting them first is quicker."""
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


def covariance(pairs: Pairs) -> Fraction | None:
    """Return the sample covariance, exact; None for fewer than two."""
    size = sum(pairs.values())
    if size < 2:
        return None
    products = sum(a * b * n for (a, b), n in pairs.items())
    firsts, seconds = (sum(pair[at] * n for pair, n in pairs.items()) for at in (0, 1))
    return Fraction(size * products - firsts * seconds, size * (size - 1))


def variance(values: Mapping[int, int]) -> Fraction | None:
    """Return the sample variance of values by how often each occurs, exact; None for fewer than two."""
    return covariance({(value, value): n for value, n in values.items()})


def _part(pairs: Pairs, at: int) -> Counter[int]:
    """How often each first (0) or second (1) value occurs."""
    values: Counter[int] = Counter()
    for pair, n in pairs.items():
        values[pair[at]] += n
    return values


def correlation(first: Column, second: Column) -> float | None:
    """Return Pearson's correlation, -1 to 1; None where one of the two does not vary."""
    return _correlation(Counter(zip(first, second, strict=True)))


def _correlation(pairs: Pairs) -> float | None:
    joint, one, other = covariance(pairs), variance(_part(pairs, 0)), variance(_part(pairs, 1))
    if joint is None or not one or not other:
        return None
    return float(joint) / sqrt(one * other)


def cronbach_alpha(columns: Sequence[Column]) -> float | None:
    """Return the internal consistency in per cent; None below two items or three attempts, or if totals are equal."""
    items = len(columns)
    totals = _totals(columns)
    whole = variance(Counter(totals))
    if items < 2 or len(totals) < 3 or not whole:
        return None
    parts = sum((variance(Counter(column)) or Fraction(0) for column in columns), Fraction(0))
    return float(100 * Fraction(items, items - 1) * (1 - parts / whole))


def _totals(columns: Sequence[Column]) -> list[int]:
    return list(map(sum, zip(*columns, strict=True)))


def totals_of(cells: Cells) -> list[int]:
    """Return the total of each attempt over the items that it held."""
    return _totals(_whole_columns(cells))


def is_complete(cells: Cells) -> bool:
    """Tell whether every attempt held every item: otherwise totals are not of the same thing."""
    return all(None not in column for column in cells.values())


def quiz_statistics(cells: Cells) -> QuizStatistics:
    """Return the figures of the totals. Those that compare items need every attempt to hold every item."""
    totals = totals_of(cells)
    size, counts = len(totals), Counter(totals)
    if size < 2:
        return QuizStatistics(size)
    spread = sqrt(variance(counts) or 0)
    alpha = cronbach_alpha(_whole_columns(cells)) if is_complete(cells) else None
    ratio = 100 * sqrt(1 - alpha / 100) if alpha is not None else None
    return QuizStatistics(
        n=size,
        mean=sum(totals) / size,
        median=float(median(totals)),
        sd=spread,
        skewness=_skewness(counts),
        kurtosis=_kurtosis(counts),
        alpha=alpha,
        error_ratio=ratio,
        standard_error=ratio * spread / 100 if ratio is not None else None,
    )


def _whole_columns(cells: Cells) -> list[Column]:
    return [_filled(column) for column in cells.values()]


def _moment(values: Counter[int], power: int) -> Fraction:
    """Return the central moment, exact: every deviation is taken S times as large."""
    size, whole = values.total(), sum(value * n for value, n in values.items())
    return Fraction(sum(n * (size * value - whole) ** power for value, n in values.items()), size ** (power + 1))


def _skewness(values: Counter[int]) -> float | None:
    size, spread = values.total(), variance(values)
    if size < 3 or not spread:
        return None
    third = size**2 * _moment(values, 3) / ((size - 1) * (size - 2))
    return float(third) / float(spread) ** 1.5


def _kurtosis(values: Counter[int]) -> float | None:
    size, spread = values.total(), variance(values)
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
        held = _held(column, totals)
        intended = 100 * maxima[item] / possible if possible else None
        found[item] = _item(held, maxima[item], intended, weights.get(item))
    return found


def part_statistics(column: Sequence[int | None], totals: Column, maximum: int) -> ItemStatistics:
    """Return the figures of a question that some of the attempts held in the place of one item.

    `totals` are those of all attempts. It has no weight of its own: the item has.
    """
    return _item(_held(column, totals), maximum, None, None)


def _held(column: Sequence[int | None], totals: Column) -> Pairs:
    """How often points and total occur together, over the attempts that held the item."""
    pairs = Counter(zip(column, totals, strict=True))
    return {(points, total): n for (points, total), n in pairs.items() if points is not None}


def _item(held: Pairs, maximum: int, intended: float | None, weight: _Weight | None) -> ItemStatistics:
    apart = {(points, total - points): n for (points, total), n in held.items()}
    points, size = _part(held, 0), sum(held.values())
    spread, related = variance(points), _correlation(apart)
    earned = sum(value * n for value, n in points.items())
    return ItemStatistics(
        n=size,
        facility=Fraction(earned, maximum * size) if maximum and size else None,
        sd=100 * sqrt(spread) / maximum if spread is not None and maximum else None,
        intended_weight=intended,
        effective_weight=weight.share if weight else None,
        is_inverse=bool(weight and weight.is_inverse),
        discrimination=None if related is None else 100 * related,
        efficiency=_efficiency(apart),
    )


def _efficiency(pairs: Pairs) -> float | None:
    """Return the covariance as a percentage of the greatest that these two lists can have, both sorted."""
    ours, rest = (_in_order(_part(pairs, at)) for at in (0, 1))
    joint, most = covariance(pairs), covariance(Counter(zip(ours, rest, strict=True)))
    return float(100 * joint / most) if joint is not None and most else None


def _in_order(values: Counter[int]) -> Iterable[int]:
    """Every value as often as it occurs, the lowest first."""
    return chain.from_iterable([value] * values[value] for value in sorted(values))


@dataclass(frozen=True)
class _Weight:
    share: float | None
    is_inverse: bool


def _effective_weights(cells: Cells, totals: Column) -> dict[int, _Weight]:
    joint = {item: covariance(Counter(zip(_filled(column), totals, strict=True))) for item, column in cells.items()}
    roots = {item: sqrt(each) for item, each in joint.items() if each is not None and each >= 0}
    whole = sum(roots.values())
    return {
        item: _Weight(100 * roots[item] / whole if item in roots and whole else None, each is not None and each < 0)
        for item, each in joint.items()
    }


def _filled(column: Iterable[int | None]) -> list[int]:
    return [points or 0 for points in column]
