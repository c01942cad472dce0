"""Options that an author writes: what single choice and multiple answers share."""

import secrets
from collections.abc import Collection, Iterable, Sequence
from dataclasses import asdict, dataclass

from flask_babel import gettext as _

from core.points import FRACTION_ONE, FractionUnits
from quizzes.question_types.base import AnswerRefusedError, Json, OptionRow, Problem

MOST_OPTIONS = 20
LONGEST_OPTION = 1_000
LONGEST_FEEDBACK = 2_000


@dataclass(frozen=True)
class Option:
    """One option. Its key stays the same across versions of the question; texts are plain text."""

    key: str
    text: str
    fraction: FractionUnits = 0
    feedback: str = ""


def new_key(taken: Collection[str] = ()) -> str:
    """A short random token that is not among `taken`."""
    while True:
        key = secrets.token_hex(2)
        if key not in taken:
            return key


def blank_options(count: int) -> tuple[Option, ...]:
    """`count` empty options with fresh keys, none of them right."""
    keys: list[str] = []
    for _number in range(count):
        keys.append(new_key(keys))
    return tuple(Option(key, "") for key in keys)


def read_options(rows: Iterable[Json]) -> tuple[Option, ...]:
    """Options from their JSON."""
    return tuple(Option(row["key"], row["text"], row["fraction"], row.get("feedback", "")) for row in rows)


def write_options(options: Iterable[Option]) -> list[Json]:
    """Options as JSON."""
    return [asdict(option) for option in options]


def in_order(options: Sequence[Option], order: Sequence[str] | None) -> list[Option]:
    """The options as an attempt keeps them; keys that the order does not know come last."""
    if order is None:
        return list(options)
    place = {key: at for at, key in enumerate(order)}
    return sorted(options, key=lambda option: place.get(option.key, len(place)))


def public_options(options: Sequence[Option], order: Sequence[str] | None) -> list[Json]:
    """Key and text only."""
    return [{"key": option.key, "text": option.text} for option in in_order(options, order)]


def rows_of(options: Iterable[Option], right_from: FractionUnits) -> list[OptionRow]:
    """Rows for results; an option is right when its fraction reaches `right_from`."""
    return [OptionRow(option.key, option.text, option.fraction, option.fraction >= right_from) for option in options]


def known_keys(options: Sequence[Option], sent: Iterable[str]) -> list[str]:
    """The keys sent, once each and in the author's order; AnswerRefusedError for one that is not there."""
    chosen = {key for key in sent if key}
    if not chosen <= {option.key for option in options}:
        raise AnswerRefusedError(_("That option is not part of this question. Load the page again."))
    return [option.key for option in options if option.key in chosen]


def option_problems(options: Sequence[Option]) -> list[Problem]:
    """What is wrong with a list of options, whatever the type."""
    problems = []
    if len(options) < 2:
        problems.append(Problem("options", _("Give at least two options.")))
    if len(options) > MOST_OPTIONS:
        problems.append(Problem("options", _("Keep to %(n)s options at most.", n=MOST_OPTIONS)))
    seen: set[str] = set()
    for at, option in enumerate(options):
        folded = " ".join(option.text.split()).casefold()
        if not folded:
            problems.append(Problem(f"options.{at}.text", _("Write the option or take it away.")))
        elif folded in seen:
            problems.append(Problem(f"options.{at}.text", _("This option is there twice.")))
        seen.add(folded)
        problems += _length_problems(at, option)
    return problems


def _length_problems(at: int, option: Option) -> list[Problem]:
    problems = []
    if len(option.text) > LONGEST_OPTION:
        message = _("Keep an option to %(n)s characters.", n=LONGEST_OPTION)
        problems.append(Problem(f"options.{at}.text", message))
    if len(option.feedback) > LONGEST_FEEDBACK:
        message = _("Keep feedback to %(n)s characters.", n=LONGEST_FEEDBACK)
        problems.append(Problem(f"options.{at}.feedback", message))
    if not -FRACTION_ONE <= option.fraction <= FRACTION_ONE:
        message = _("An option is worth from -100 to 100 per cent.")
        problems.append(Problem(f"options.{at}.fraction", message))
    return problems
