"""Points and fractions as whole numbers, so that three times 0.1 is 0.3 on every database.

Points are counted in hundred-thousandths of a point, fractions in units of 1e-10. Nothing here
rounds twice: a product of the two is rounded once, half up.
"""

import re
from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from functools import lru_cache
from typing import TypeAlias

from core.translation import gettext as _

Points: TypeAlias = int
"""Hundred-thousandths of a point."""

FractionUnits: TypeAlias = int
"""Ten-thousand-millionths: FRACTION_ONE is the whole."""

POINT: Points = 100_000
FRACTION_ONE: FractionUnits = 10_000_000_000
MOST_POINTS: Points = 1_000 * POINT

_SNAP = Fraction(1, 1_000_000)
_SIMPLE_DENOMINATOR = 20
_PLAIN_NUMBER = re.compile(r"[-+−]?(\d{1,6}([.,]\d{0,12})?|[.,]\d{1,12})", re.ASCII)


class NotANumberError(ValueError):
    """The text is no plain decimal number, or lies outside of what is allowed."""


def parse_points(text: str) -> Points:
    """The points that "1.5" or "1,5" says; NotANumberError below 0, above MOST_POINTS, or for other text."""
    points = half_up(_plain_number(text) * POINT)
    if not 0 <= points <= MOST_POINTS:
        raise NotANumberError(text)
    return points


def parse_percent(text: str) -> FractionUnits:
    """The fraction that "33.333" or "-50 %" says, from -1 to 1, snapped to a simple one close by."""
    fraction = snap(_plain_number(text.strip().removesuffix("%")) / 100)
    if not -FRACTION_ONE <= fraction <= FRACTION_ONE:
        raise NotANumberError(text)
    return fraction


def format_points(points: Points | Fraction) -> str:
    """Two places at most, half up, no idle zeros: "1.5", "0.33", "2". A part of them is rounded here, once."""
    if isinstance(points, Fraction):
        return _short_decimal(Decimal(half_up(points * 100 / POINT)) / 100)
    return _format_whole(points)


@lru_cache(maxsize=4096)  # the same few numbers fill a table
def _format_whole(points: Points) -> str:
    return _short_decimal(Decimal(points) / POINT)


def points_in_words(points: Points | Fraction) -> str:
    """As `format_points`, with the word: "1 point", "2.5 points"."""
    if points == POINT:
        return str(_("1 point"))
    return str(_("%(n)s points", n=format_points(points)))


def format_percent(fraction: FractionUnits) -> str:
    """A fraction as a percentage, two places at most: "33.33", "-50", "100"."""
    return _short_decimal(Decimal(fraction) * 100 / FRACTION_ONE)


def fraction_of(part: int, whole: int) -> FractionUnits:
    """part / whole in units, rounded half up; a whole of 0 gives 0."""
    return divided(part * FRACTION_ONE, whole) if whole else 0


def snap(value: Fraction) -> FractionUnits:
    """`value` in units; a fraction within 1e-6 of a simple one (thirds to twentieths) becomes that one."""
    simple = value.limit_denominator(_SIMPLE_DENOMINATOR)
    near = abs(simple - value) <= _SNAP
    return half_up((simple if near else value) * FRACTION_ONE)


def clamp(fraction: FractionUnits) -> FractionUnits:
    """`fraction` held within 0 and 1."""
    return min(max(fraction, 0), FRACTION_ONE)


def earned(points: Points, fraction: FractionUnits) -> Points:
    """Points times fraction, rounded once, half up."""
    return divided(points * fraction, FRACTION_ONE)


def mean(points: Iterable[Points]) -> Points:
    """The average of at least one number of points, rounded once, half up."""
    values = list(points)
    return divided(sum(values), len(values))


def _plain_number(text: str) -> Fraction:
    compact = text.strip()
    if not _PLAIN_NUMBER.fullmatch(compact):
        raise NotANumberError(text)
    return Fraction(Decimal(compact.replace(",", ".").replace("−", "-")))


def half_up(value: Fraction) -> int:
    """The nearest whole number, a half away from zero."""
    return divided(value.numerator, value.denominator)


def divided(number: int, by: int) -> int:
    """number / by (above 0) to the nearest whole number, a half away from zero."""
    nearest = (abs(number) * 2 + by) // (2 * by)
    return nearest if number >= 0 else -nearest


def _short_decimal(value: Decimal) -> str:
    text = f"{value.quantize(Decimal('0.01'), rounding=ROUND_HALF_UP):f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text
