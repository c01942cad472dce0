"""How sure a figure is: 95 % intervals. Pure."""

from __future__ import annotations

from math import atanh, exp, log, sqrt, tanh

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


def difference_interval(first: tuple[float, int], second: tuple[float, int]) -> Interval | None:
    """Return the interval of the first share less the second, -1 to 1, of (share, n) each; None without a value in one.

    Newcombe's hybrid of Wilson's score intervals for two independent proportions (Statistics in Medicine 17, 1998,
    873-890, method 10). With part marks it is wider than need be, as Wilson's is.
    """
    of_first, of_second = wilson_interval(*first), wilson_interval(*second)
    if of_first is None or of_second is None:
        return None
    (a, _n), (b, _m) = first, second
    below = sqrt((a - of_first[0]) ** 2 + (of_second[1] - b) ** 2)
    above = sqrt((of_first[1] - a) ** 2 + (b - of_second[0]) ** 2)
    return max(-1.0, a - b - below), min(1.0, a - b + above)


def fisher_interval(correlation: float, n: int) -> Interval | None:
    """Return the interval of a correlation, -1 to 1; None below four values, or where it is 1 or -1.

    Fisher's transformation (Metron 1, 1921): atanh(r) has the standard error 1 / sqrt(n - 3).
    """
    if n < 4 or abs(correlation) >= 1:
        return None
    middle, half = atanh(correlation), NORMAL_95 / sqrt(n - 3)
    return tanh(middle - half), tanh(middle + half)


_STUDENT_95 = (12.7062, 4.3027, 3.1824)
"""Student's quantile for one to three degrees of freedom, where the series below is too coarse."""


def mean_interval(mean: float, deviation: float, n: int) -> Interval | None:
    """Return the interval of a mean, in its own unit; None below two values.

    Student's (Biometrika 6, 1908); his quantile by Cornish and Fisher's series, right to 0.001.
    """
    if n < 2:
        return None
    half = _student(n - 1) * deviation / sqrt(n)
    return mean - half, mean + half


def _student(freedom: int) -> float:
    if freedom <= len(_STUDENT_95):
        return _STUDENT_95[freedom - 1]
    z = NORMAL_95
    terms = (
        (z**3 + z) / 4,
        (5 * z**5 + 16 * z**3 + 3 * z) / 96,
        (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / 384,
        (79 * z**9 + 776 * z**7 + 1482 * z**5 - 1920 * z**3 - 945 * z) / 92160,
    )
    return z + sum(float(term) / freedom**power for power, term in enumerate(terms, 1))


def alpha_interval(alpha: float, items: int, n: int) -> Interval | None:
    """Return the interval of Cronbach's alpha, up to 1; None below two items or three attempts, or where it is 1.

    Bonett's (Journal of Educational and Behavioral Statistics 27, 2002): ln(1 - alpha) has the variance
    2k / ((k - 1)(n - 2)).
    """
    if items < 2 or n < 3 or alpha >= 1:
        return None
    half = NORMAL_95 * sqrt(2 * items / ((items - 1) * (n - 2)))
    return 1 - exp(log(1 - alpha) + half), 1 - exp(log(1 - alpha) - half)
