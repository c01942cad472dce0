"""Sums of sums: the formulas of the rule book, exact up to the last root."""

from __future__ import annotations

import math
from collections.abc import Sequence
from decimal import Decimal, getcontext
from fractions import Fraction
from functools import cache
from statistics import NormalDist, median

getcontext().prec = 40
Z = NormalDist().inv_cdf(0.975)
Number = Fraction | Decimal | float | None


def exact(value: Fraction) -> Decimal:
    """A fraction with forty digits."""
    return Decimal(value.numerator) / Decimal(value.denominator)


def root(value: Fraction) -> Decimal:
    """The square root with forty digits."""
    return exact(value).sqrt()


def mean(values: Sequence[int]) -> Fraction:
    """The average."""
    return Fraction(sum(values), len(values))


def covariance(first: Sequence[int], second: Sequence[int]) -> Fraction:
    """Divisor S - 1; of two at least."""
    a, b = mean(first), mean(second)
    return sum(((x - a) * (y - b) for x, y in zip(first, second, strict=True)), Fraction()) / (len(first) - 1)


def variance(values: Sequence[int]) -> Fraction:
    """Divisor S - 1; of two at least."""
    return covariance(values, values)


def wilson(share: float, n: int) -> tuple[float, float]:
    """Wilson's interval: the two roots of (p - x)^2 = z^2 x (1 - x) / n."""
    a, b, c = 1 + Z * Z / n, -(2 * share + Z * Z / n), share * share
    half = math.sqrt(max(b * b - 4 * a * c, 0.0))
    return (-b - half) / (2 * a), (-b + half) / (2 * a)


def newcombe(p: float, n: int, q: float, m: int) -> tuple[float, float]:
    """The interval of p - q, from Wilson's of each (Newcombe's method 10)."""
    (low, high), (least, most) = wilson(p, n), wilson(q, m)
    return p - q - math.hypot(p - low, most - q), p - q + math.hypot(high - p, q - least)


def fisher(r: float, n: int) -> tuple[float, float] | None:
    """The interval of a correlation."""
    if n < 4 or abs(r) > 1 - 1e-12:
        return None
    at, half = 0.5 * math.log((1 + r) / (1 - r)), Z / math.sqrt(n - 3)
    low, high = (math.exp(2 * end) for end in (at - half, at + half))
    return (low - 1) / (low + 1), (high - 1) / (high + 1)


@cache
def student(freedom: int) -> float:
    """The quantile 0.975 of Student's distribution, found by halving over its integral."""
    scale = math.exp(math.lgamma((freedom + 1) / 2) - math.lgamma(freedom / 2)) / math.sqrt(freedom * math.pi)

    def below(t: float) -> float:
        steps = 2_000
        heights = [(1 + (t * at / steps) ** 2 / freedom) ** (-(freedom + 1) / 2) for at in range(steps + 1)]
        whole = heights[0] + heights[-1] + 4 * sum(heights[1:-1:2]) + 2 * sum(heights[2:-1:2])
        return 0.5 + scale * whole * t / steps / 3

    low, high = 1.9, 13.0
    for _step in range(40):
        low, high = (low, (low + high) / 2) if below((low + high) / 2) > 0.975 else ((low + high) / 2, high)
    return low


def bonett(alpha: float, items: int, n: int) -> tuple[float, float] | None:
    """The interval of the internal consistency (1: all)."""
    if items < 2 or n < 3 or alpha > 1 - 1e-12:
        return None
    half = Z * math.sqrt(2 * items / ((items - 1) * (n - 2)))
    return 1 - (1 - alpha) * math.exp(half), 1 - (1 - alpha) * math.exp(-half)


def shape(totals: Sequence[int]) -> tuple[Number, Number]:
    """Skewness k3/k2^1.5 and kurtosis k4/k2^2, by k-statistics from sums of powers."""
    n = len(totals)
    s1, s2, s3, s4 = (Fraction(sum(each**power for each in totals)) for power in (1, 2, 3, 4))
    k2 = (n * s2 - s1**2) / (n * (n - 1))
    if not k2:
        return None, None
    skewness = kurtosis = None
    if n >= 3:
        k3 = (2 * s1**3 - 3 * n * s1 * s2 + n**2 * s3) / (n * (n - 1) * (n - 2))
        skewness = exact(k3) / (exact(k2) * root(k2))
    if n >= 4:
        k4 = -6 * s1**4 + 12 * n * s1**2 * s2 - 3 * n * (n - 1) * s2**2
        k4 += -4 * n * (n + 1) * s1 * s3 + n**2 * (n + 1) * s4
        kurtosis = exact(k4 / (n * (n - 1) * (n - 2) * (n - 3)) / k2**2)
    return skewness, kurtosis


def whole_figures(columns: Sequence[Sequence[int]], totals: Sequence[int], *, complete: bool) -> dict[str, Number]:
    """The figures of the totals; `columns` are the items', whole where every attempt held them all."""
    if len(totals) < 2 or not columns:
        return dict.fromkeys(("mean", "median", "sd", "skewness", "kurtosis", "alpha", "error_ratio", "standard_error"))
    spread, skewed = variance(totals), shape(totals)
    alpha = None
    if complete and len(columns) >= 2 and len(totals) >= 3 and spread:
        apart = sum((variance(column) for column in columns), Fraction())
        alpha = Fraction(100 * len(columns), len(columns) - 1) * (1 - apart / spread)
    ratio = None if alpha is None else 100 * root(1 - alpha / 100)
    return {
        "mean": mean(totals),
        "median": Fraction(median(map(Fraction, totals))),
        "sd": root(spread),
        "skewness": skewed[0],
        "kurtosis": skewed[1],
        "alpha": alpha,
        "error_ratio": ratio,
        "standard_error": None if ratio is None else ratio * root(spread) / 100,
    }
