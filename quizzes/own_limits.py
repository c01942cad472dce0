"""A student's own limits beside those of the class, in words. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from flask_babel import gettext as _
from flask_babel import ngettext

from classroom.allowances import Allowance, factor_in_words
from quizzes.attempts import DeliveryRow
from quizzes.deliveries import minutes_in_words
from quizzes.timing import own_limit


class Terms(Protocol):
    """A quiz in a class: None is no limit, any number of attempts."""

    @property
    def time_limit_seconds(self) -> int | None:
        """The class's time limit."""

    @property
    def attempts_allowed(self) -> int | None:
        """The class's attempts."""


@dataclass(frozen=True)
class TermsInWords:
    """Time and attempts; in `time` and `attempts`, where they differ, what the class has is said in brackets."""

    time: str
    attempts: str
    own_time: str
    own_attempts: str


def terms_in_words(terms: Terms, allowance: Allowance) -> TermsInWords:
    """Say what a quiz is for a student with this allowance."""
    own_time, own_attempts = _time(terms, allowance), _attempts(terms, allowance)
    return TermsInWords(
        own_time + _usual_time(terms, allowance),
        own_attempts + _usual_attempts(terms, allowance),
        own_time,
        own_attempts,
    )


def _time(terms: Terms, allowance: Allowance) -> str:
    own = own_limit(terms.time_limit_seconds, allowance.time_factor_percent)
    return minutes_in_words(own) if own else str(_("No limit"))


def _usual_time(terms: Terms, allowance: Allowance) -> str:
    seconds, percent = terms.time_limit_seconds, allowance.time_factor_percent
    if not seconds or own_limit(seconds, percent) == seconds:
        return ""
    said = {"usual": minutes_in_words(seconds), "factor": factor_in_words(percent)}
    return " " + str(_("(%(usual)s for the class, × %(factor)s)", **said))


def _attempts(terms: Terms, allowance: Allowance) -> str:
    usual = terms.attempts_allowed
    return str(_("No limit")) if usual is None else str(usual + allowance.extra_attempts)


def _usual_attempts(terms: Terms, allowance: Allowance) -> str:
    usual, extra = terms.attempts_allowed, allowance.extra_attempts
    if usual is None or not extra:
        return ""
    return " " + str(_("(%(usual)s for the class, %(extra)s extra)", usual=usual, extra=extra))


def own_dates_in_words(delivery: DeliveryRow) -> str:
    """Say by how much the dates of a reading are the student's own; "" where they are the class's."""
    if not delivery.extra_days or not (delivery.due_at or delivery.closes_at):
        return ""
    return str(ngettext("one day after the class", "%(num)s days after the class", delivery.extra_days))


def has_own_terms(delivery: DeliveryRow) -> bool:
    """Whether this quiz is anything else for the reader than for the class."""
    stretched = delivery.own_limit_seconds != delivery.time_limit_seconds
    more = delivery.own_attempts != delivery.attempts_allowed
    return stretched or more or delivery.hides_timer or bool(own_dates_in_words(delivery))
