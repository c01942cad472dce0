"""What one student of a class is allowed beyond what everybody is, and how that is said in words. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from flask_babel import format_decimal, ngettext
from flask_babel import gettext as _

USUAL_PERCENT = 100
MOST_EXTRA_DAYS = 365


@dataclass(frozen=True)
class Allowance:
    """Time limits are multiplied by `time_factor_percent` / 100; extra days move the due date and the close."""

    time_factor_percent: int = USUAL_PERCENT
    extra_days: int = 0
    extra_attempts: int = 0
    hides_timer: bool = False

    @property
    def is_usual(self) -> bool:
        """Whether nothing is allowed beyond what everybody is."""
        return self == USUAL


USUAL = Allowance()


def factor_in_words(percent: int) -> str:
    """Return 1.5 for 150."""
    return str(format_decimal(percent / 100))


def allowance_in_words(allowance: Allowance) -> list[str]:
    """Return what is allowed, one short phrase each; nothing for what is usual."""
    days, attempts = allowance.extra_days, allowance.extra_attempts
    words = []
    if allowance.time_factor_percent != USUAL_PERCENT:
        words.append(str(_("time × %(factor)s", factor=factor_in_words(allowance.time_factor_percent))))
    if days:
        words.append(str(ngettext("one extra day", "%(num)s extra days", days)))
    if attempts:
        words.append(str(ngettext("one extra attempt", "%(num)s extra attempts", attempts)))
    if allowance.hides_timer:
        words.append(str(_("no visible timer")))
    return words
