"""Whether a gap between two classes may be chance. Pure."""

from __future__ import annotations

from math import sqrt

NORMAL_95 = 1.96


def widest_chance_gap(first_n: int, second_n: int) -> float | None:
    """Return the gap between two shares (0 to 1) that chance alone may make; None without answers.

    The half width of the 95 % interval of a difference of two proportions at its widest
    (both at one half): 1.96 sqrt(0.25/n1 + 0.25/n2).
    """
    if not first_n or not second_n:
        return None
    return min(1.0, NORMAL_95 * sqrt(0.25 / first_n + 0.25 / second_n))
