"""The rules under which a class takes a quiz, and how they are said in words. Pure."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any

from flask_babel import LazyString, lazy_gettext, ngettext
from flask_babel import gettext as _

RELEASES = ("release_score", "release_correctness", "release_feedback", "release_key")
MINUTE = 60
MOST_MINUTES = 24 * 60
MOST_ATTEMPTS = 100
DELAY_UNITS = {"days": 86_400, "hours": 3_600, "minutes": 60}
MOST_DELAY = 365 * DELAY_UNITS["days"]

RELEASE_WORDS: dict[str, LazyString] = {
    "at_once": lazy_gettext("As soon as they hand in"),
    "after_due": lazy_gettext("After the due date"),
    "after_close": lazy_gettext("After the close"),
    "by_instructor": lazy_gettext("When I release it"),
    "never": lazy_gettext("Never"),
}
RELEASE_PHRASES: dict[str, LazyString] = {
    "at_once": lazy_gettext("as soon as they hand in"),
    "after_due": lazy_gettext("after the due date"),
    "after_close": lazy_gettext("after the close"),
    "by_instructor": lazy_gettext("when it is released"),
    "never": lazy_gettext("never"),
}
WHICH_COUNTS_WORDS: dict[str, LazyString] = {
    "highest": lazy_gettext("The best one"),
    "average": lazy_gettext("The average"),
    "first": lazy_gettext("The first one"),
    "last": lazy_gettext("The last one"),
}
WHICH_COUNTS_PHRASES: dict[str, LazyString] = {
    "highest": lazy_gettext("the best one counts"),
    "average": lazy_gettext("the average counts"),
    "first": lazy_gettext("the first one counts"),
    "last": lazy_gettext("the last one counts"),
}
DELAY_WORDS: dict[str, LazyString] = {
    "minutes": lazy_gettext("minutes"),
    "hours": lazy_gettext("hours"),
    "days": lazy_gettext("days"),
}
CERTAINTY_WORDS: dict[str, LazyString] = {
    "off": lazy_gettext("Do not ask"),
    "reported": lazy_gettext("Ask, and report it beside the score"),
    "counted": lazy_gettext("Ask, and mix it into the score"),
}
LAYOUT_WORDS: dict[str, LazyString] = {
    "one": lazy_gettext("One question per page"),
    "all": lazy_gettext("All questions on one page"),
}


@dataclass(frozen=True)
class DeliveryRules:
    """Everything an instructor decides about a quiz in one class. None: no limit, any number of attempts."""

    time_limit_seconds: int | None = None
    attempts_allowed: int | None = 1
    which_counts: str = "highest"
    shuffle_questions: bool = False
    shuffle_options: bool = True
    layout: str = "one"
    late_credit_percent: int = 100
    release_score: str = "at_once"
    release_correctness: str = "at_once"
    release_feedback: str = "at_once"
    release_key: str = "after_close"
    access_code: str = ""
    delay_seconds: int = 0
    hides_names: bool = False
    certainty: str = "off"
    second_try_percent: int | None = None

    @classmethod
    def of(cls, source: Any) -> DeliveryRules:
        """Take the rules from anything that has attributes of these names."""
        return cls(**{field.name: getattr(source, field.name) for field in fields(cls)})

    @property
    def waits_for_release(self) -> bool:
        """Whether anything is shown only once the instructor releases it."""
        return "by_instructor" in (getattr(self, name) for name in RELEASES)


def attempts_in_words(rules: DeliveryRules) -> str:
    """Return "once", "twice", "5 times" or "as often as they like"."""
    count = rules.attempts_allowed
    if count is None:
        return str(_("as often as they like"))
    if count == 1:
        return str(_("once"))
    return str(_("twice")) if count == 2 else str(_("%(n)s times", n=count))


def limit_in_words(rules: DeliveryRules) -> str:
    """Return "20 minutes", or "" where there is no limit."""
    return minutes_in_words(rules.time_limit_seconds) if rules.time_limit_seconds else ""


def delay_unit(rules: DeliveryRules) -> str:
    """Return the largest unit of which the pause between attempts is a whole number; hours where there is none."""
    seconds = rules.delay_seconds
    return next((name for name, size in DELAY_UNITS.items() if seconds and seconds % size == 0), "hours")


def delay_in_words(rules: DeliveryRules) -> str:
    """Return "2 hours"; "" where nothing has to pass between two attempts."""
    count = rules.delay_seconds // DELAY_UNITS[delay_unit(rules)]
    if not count:
        return ""
    match delay_unit(rules):
        case "days":
            return str(ngettext("%(num)s day", "%(num)s days", count))
        case "hours":
            return str(ngettext("%(num)s hour", "%(num)s hours", count))
    return str(ngettext("%(num)s minute", "%(num)s minutes", count))


def minutes_in_words(duration: int) -> str:
    """Return "20 minutes" for 1200 seconds; seconds are named only if there are any."""
    minutes, seconds = divmod(duration, MINUTE)
    words = [str(ngettext("%(num)s minute", "%(num)s minutes", minutes))] if minutes else []
    if seconds:
        words.append(str(ngettext("%(num)s second", "%(num)s seconds", seconds)))
    return " ".join(words)


def released_together(rules: DeliveryRules) -> list[tuple[str, list[str]]]:
    """Return what is shown, grouped by when: [("as soon as they hand in", ["their score", …]), …]; "" is never."""
    names = {
        "release_score": str(_("their score")),
        "release_correctness": str(_("what was right")),
        "release_feedback": str(_("your feedback")),
        "release_key": str(_("the right answers")),
    }
    groups: dict[str, list[str]] = {}
    for name in RELEASES:
        groups.setdefault(getattr(rules, name), []).append(names[name])
    said = {**RELEASE_PHRASES, "never": ""}
    return [(str(phrase), groups[moment]) for moment, phrase in said.items() if moment in groups]
