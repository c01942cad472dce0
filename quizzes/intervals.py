"""How sure a figure is: 95 % intervals. Pure."""

from __future__ import annotations

from math import atanh, sqrt, tanh

NORMAL_95 = 1.959963984540054
Interval = tuple[float, float]


def wilson_interval(share: float, n: int) -> Interval | None:
    """Return the interval of a mean share of points, 0 to 1; None without a value.

    Wilson's score interval (Journal of the American Statistical Association 22, 1927). With part marks it is wider
    than need be: a value between 0 and 1 varies at most as much as a right or wrong of the same mean.
    """
    if not n:
        return None
    z2 = NORMAL_95**2
    middle = (share + z2 / (2 * n)) / (1 + z2 / n)
    half = NORMAL_95 * sqrt(share * (1 - share) / n + z2 / (4 * n * n)) / (1 + z2 / n)
    return max(0.0, middle - half), min(1.0, middle + half)


def fisher_interval(correlation: float, n: int) -> Interval | None:
    """Return the interval of a correlation, -1 to 1; None below four values, or where it is 1 or -1.

    Fisher's transformation (Metron 1, 1921): atanh(r) has the standard error 1 / sqrt(n - 3).
    """
    if n < 4 or abs(correlation) >= 1:
        return None
    middle, half = atanh(correlation), NORMAL_95 / sqrt(n - 3)
    return tanh(middle - half), tanh(middle + half)
