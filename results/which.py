"""Which attempts a results page means: from its address, and in words. Pure."""

from __future__ import annotations

from flask_babel import gettext as _

from quizzes.standings import Which

DEFAULT: Which = "first"
RULES: tuple[Which, ...] = ("first", "last", "best", "all")


def which_asked(text: str | None) -> Which:
    """Return the rule that an address names; the first attempts for anything else."""
    return next((rule for rule in RULES if rule == text), DEFAULT)


def in_address(which: Which) -> str | None:
    """Return what links carry on: nothing for the default."""
    return None if which == DEFAULT else which


def in_words(which: Which) -> str:
    """Return the attempts meant as a page names them."""
    return {
        "first": _("First attempts"),
        "last": _("Last attempts"),
        "best": _("Best attempts"),
        "all": _("All attempts"),
    }[which]


def explained(which: Which) -> str:
    """Return whose attempts count on the page, in a sentence."""
    return {
        "first": _("Each student counts with the first attempt."),
        "last": _("Each student counts with the last attempt handed in."),
        "best": _("Each student counts with the best attempt: most points before late credit, the earlier of equals."),
        "all": _("Every attempt counts, so a student who tried twice counts twice."),
    }[which]
