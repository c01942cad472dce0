"""The queue of who needs an instructor in words: why, in one sentence with its numbers. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

from flask_babel import format_timedelta, ngettext
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from core.dates import moment
from core.points import format_points
from results.need_facts import Flagged, Low, NotStarted, Question, Silent, Stuck, Ungraded
from results.needs import FLAGGED, LATER, LOW, NOT_STARTED, QUESTION, SILENT, SOON, STUCK, TODAY, UNGRADED, Need

KIND_WORDS = {
    STUCK: _l("Stuck"),
    FLAGGED: _l("Flagged"),
    NOT_STARTED: _l("Not started"),
    SILENT: _l("Silent"),
    QUESTION: _l("Question"),
    UNGRADED: _l("To read"),
    LOW: _l("Low score"),
}
LEVEL_WORDS = {TODAY: _l("Today"), SOON: _l("Soon"), LATER: _l("When you can")}


def long(span: timedelta) -> str:
    """Return how long something is: "3 days", "5 hours", "12 minutes"."""
    return str(format_timedelta(max(span, timedelta(minutes=1)), granularity="minute", threshold=1.5))


def who(need: Need) -> str:
    """Return whom or what a row is about."""
    about: Any = need.about
    if need.key.kind == UNGRADED:
        return ngettext("One answer waits", "%(num)s answers wait", about.count)
    return str(about.name)


def why(need: Need, zone: str, now: datetime) -> str:
    """Return why it is in the queue, with the numbers."""
    return _WHY[need.key.kind](need.about, zone, now)


def _not_started(about: NotStarted, zone: str, now: datetime) -> str:
    when = moment(about.due_at, zone)
    if not about.is_late(now):
        left = long(about.due_at - now)
        return _("Has not started “%(quiz)s”, due in %(left)s (%(when)s).", quiz=about.title, left=left, when=when)
    if about.closes_at is None:
        return _("Has not started “%(quiz)s”, which was due %(when)s.", quiz=about.title, when=when)
    closes = moment(about.closes_at, zone)
    return _(
        "Has not started “%(quiz)s”, which was due %(when)s and closes %(closes)s.",
        quiz=about.title,
        when=when,
        closes=closes,
    )


def _stuck(about: Stuck, _zone: str, now: datetime) -> str:
    done = {"quiz": about.title, "done": about.answered, "all": about.questions, "still": long(now - about.last_at)}
    if about.ends_at is not None and about.is_ending(now):
        done["left"] = long(about.ends_at - now)
        return _(
            "Has %(left)s left for “%(quiz)s”, has answered %(done)s of %(all)s and saved nothing for %(still)s.",
            **done,
        )
    return _("Began “%(quiz)s”, has answered %(done)s of %(all)s and saved nothing for %(still)s.", **done)


def _question(about: Question, _zone: str, now: datetime) -> str:
    asked = {"title": about.title, "ago": long(now - about.asked_at)}
    if about.is_for_staff:
        return _("Asked you in the margin of “%(title)s” %(ago)s ago, and nobody has answered.", **asked)
    return _("Asked the class in the margin of “%(title)s” %(ago)s ago, and nobody has answered.", **asked)


def _flagged(about: Flagged, _zone: str, now: datetime) -> str:
    return ngettext(
        "One person flagged this post in “%(title)s” %(ago)s ago.",
        "%(num)s people flagged this post in “%(title)s”, the first %(ago)s ago.",
        about.flags,
        title=about.title,
        ago=long(now - about.first_at),
    )


def _ungraded(about: Ungraded, _zone: str, now: datetime) -> str:
    ago = long(now - (about.oldest_at or now))
    return ngettext(
        "An answer to “%(quiz)s” has waited to be read for %(ago)s.",
        "%(num)s answers to “%(quiz)s” wait to be read, the oldest for %(ago)s.",
        about.count,
        quiz=about.title,
        ago=ago,
    )


def _low(about: Low, _zone: str, _now: datetime) -> str:
    return _(
        "Has %(points)s of %(most)s points in “%(quiz)s”, and %(wrong)s of %(asked)s times not the right sentence.",
        points=format_points(about.points),
        most=format_points(about.max_points),
        quiz=about.title,
        wrong=about.wrong,
        asked=about.asked,
    )


def _silent(about: Silent, zone: str, now: datetime) -> str:
    left, when = long(about.due_at - now), moment(about.due_at, zone)
    return _(
        "Has posted nothing in “%(prompt)s”, where posts are due in %(left)s (%(when)s).",
        prompt=about.title,
        left=left,
        when=when,
    )


_WHY: Mapping[str, Callable[[Any, str, datetime], str]] = {
    NOT_STARTED: _not_started,
    STUCK: _stuck,
    QUESTION: _question,
    FLAGGED: _flagged,
    UNGRADED: _ungraded,
    LOW: _low,
    SILENT: _silent,
}
