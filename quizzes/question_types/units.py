"""Units that a numeric question takes, and what an answer's unit comes to. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Context, Decimal

from flask_babel import LazyString, lazy_gettext
from flask_babel import gettext as _

from core.points import FRACTION_ONE, FractionUnits
from quizzes.question_types.base import Problem
from quizzes.question_types.numerals import LONGEST_NUMERAL, plain_unit, read_numeral, read_quantity

NOT_ALLOWED, OPTIONAL, REQUIRED = "not_allowed", "optional", "required"
RULE_NAMES: dict[str, LazyString] = {
    NOT_ALLOWED: lazy_gettext("not allowed: a number alone"),
    OPTIONAL: lazy_gettext("allowed"),
    REQUIRED: lazy_gettext("asked for"),
}
MOST_UNITS = 20
LONGEST_UNIT = 30
_EXACT = Context(prec=400)


@dataclass(frozen=True)
class Unit:
    """A unit by its name, and how many of the unit of the accepted numbers one of it is, in plain decimals."""

    name: str
    factor: str = "1"


@dataclass(frozen=True)
class UnitRules:
    """Which units an answer may have. `loss` is the part of the points that a wrong or missing unit costs.

    not_allowed: an answer is a number alone. optional: a number alone is in the unit of the accepted numbers.
    required: a number alone lacks its unit.
    """

    rule: str = NOT_ALLOWED
    units: tuple[Unit, ...] = ()
    loss: FractionUnits = FRACTION_ONE

    @property
    def base(self) -> str:
        """The unit of the accepted numbers: the first whose factor is 1; "" when there is none."""
        names = (unit.name for unit in self.units if is_plain(unit.factor) and Decimal(unit.factor) == 1)
        return next(names, "") if self.rule != NOT_ALLOWED else ""


@dataclass(frozen=True)
class Reading:
    """One way to take an answer: its value in the unit of the accepted numbers, and whether its unit is right.

    `typed` and `unit` are the number and the unit as they were read.
    """

    value: Decimal
    has_right_unit: bool
    typed: Decimal
    unit: str


def readings(rules: UnitRules, text: str) -> list[Reading]:
    """Every honest reading of an answer, the likelier one first; none when it is no number.

    A unit that is known converts the number; the number as it stands is read too, with a wrong unit.
    """
    if rules.rule == NOT_ALLOWED:
        return [Reading(value, True, value, "") for value in read_numeral(text)]
    quantity = read_quantity(text)
    if quantity is None:
        return []
    unit = find_unit(rules.units, quantity.unit) if quantity.unit else None
    name = unit.name if unit else quantity.unit
    found = []
    if unit:
        factor = Decimal(unit.factor)
        found = [Reading(_EXACT.multiply(value, factor), True, value, name) for value in quantity.values]
    is_right = not quantity.unit and rules.rule == OPTIONAL
    if unit is None or Decimal(unit.factor) != 1:
        found += [Reading(value, is_right, value, name) for value in quantity.values]
    return found


def find_unit(units: Sequence[Unit], typed: str) -> Unit | None:
    """The unit that was typed: by its name, else by its name whatever its case if no other is so called."""
    exact = [unit for unit in units if _key(unit.name) == _key(typed)]
    folded = [unit for unit in units if _key(unit.name).casefold() == _key(typed).casefold()]
    return next(iter(exact), folded[0] if len(folded) == 1 else None)


def unit_problems(rules: UnitRules) -> Iterator[Problem]:
    """What an author has to put right: fields "unit_rule", "unit_loss", "units", "units.0.name", "units.0.factor"."""
    if rules.rule not in (NOT_ALLOWED, OPTIONAL, REQUIRED):
        yield Problem("unit_rule", _("Choose whether an answer has a unit."))
    if not 0 <= rules.loss <= FRACTION_ONE:
        yield Problem("unit_loss", _("A wrong unit costs from 0 to 100 per cent."))
    if rules.rule != NOT_ALLOWED and not rules.base:
        yield Problem("units", _("Give the unit of your accepted numbers: the one with the factor 1."))
    if len(rules.units) > MOST_UNITS:
        yield Problem("units", _("Keep to %(n)s units at most.", n=MOST_UNITS))
    seen: set[str] = set()
    for at, unit in enumerate(rules.units):
        if message := _name_problem(unit.name):
            yield Problem(f"units.{at}.name", message)
        elif _key(unit.name) in seen:
            yield Problem(f"units.{at}.name", _("This unit is there twice."))
        if not is_plain(unit.factor) or Decimal(unit.factor) <= 0:
            yield Problem(f"units.{at}.factor", _("Write a number above 0 with a point for decimals, such as 0.001"))
        seen.add(_key(unit.name))


def is_plain(text: str) -> bool:
    """Whether a text is a plain decimal: digits, a point, a sign, perhaps an exponent."""
    return len(text) <= LONGEST_NUMERAL and any(_same_spelling(text, value) for value in read_numeral(text))


def _same_spelling(text: str, value: Decimal) -> bool:
    try:
        return Decimal(text) == value
    except ArithmeticError:
        return False


def _name_problem(name: str) -> str:
    if not name.strip():
        return str(_("Write the unit or take it away."))
    if len(name) > LONGEST_UNIT:
        return str(_("Keep a unit to %(n)s characters.", n=LONGEST_UNIT))
    found = read_quantity(f"1 {name}")
    if found is None or found.unit != plain_unit(name):
        return str(_("A unit begins with a letter or a sign, such as km or %%."))
    return ""


def _key(name: str) -> str:
    return plain_unit(name).replace("^", "").rstrip(".")
