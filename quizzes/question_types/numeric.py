"""Numeric: a number within a tolerance of an accepted value, or in a range; with a unit if the author asks for one."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from decimal import Decimal
from fractions import Fraction

from flask_babel import LazyString, lazy_gettext
from flask_babel import gettext as _

from core.points import FRACTION_ONE, FractionUnits, clamp, earned
from quizzes.question_types import units
from quizzes.question_types.base import (
    ANSWER_KEY_LENGTH,
    Answer,
    AnswerFields,
    AnswerRefusedError,
    Json,
    OptionRow,
    Problem,
    QuestionType,
    one_line,
)
from quizzes.question_types.numerals import LONGEST_NUMERAL, canonical
from quizzes.question_types.options import LONGEST_FEEDBACK, new_key
from quizzes.question_types.units import Reading, Unit, UnitRules, is_plain

ABSOLUTE, RELATIVE, RANGE = "absolute", "relative", "range"
KIND_NAMES: dict[str, LazyString] = {
    ABSOLUTE: lazy_gettext("give or take"),
    RELATIVE: lazy_gettext("± per cent"),
    RANGE: lazy_gettext("up to"),
}
MOST_VALUES = 20
NO_UNITS = UnitRules()


@dataclass(frozen=True)
class AcceptedNumber:
    """One accepted value, in plain decimals ("3.5").

    absolute: at most `tolerance` away. relative: at most `tolerance` per cent of the value away.
    range: from `value` to `high`, both inside.
    """

    key: str
    value: str
    kind: str = ABSOLUTE
    tolerance: str = "0"
    high: str = ""
    fraction: FractionUnits = FRACTION_ONE
    feedback: str = ""


@dataclass(frozen=True)
class NumericContent:
    """The accepted values, of which the one that earns most counts, and the units that an answer may have."""

    accepted: tuple[AcceptedNumber, ...]
    units: UnitRules = NO_UNITS


@dataclass(frozen=True)
class _Fit:
    """An accepted number with the reading of an answer that fits it, and what that earns."""

    number: AcceptedNumber
    reading: Reading
    fraction: FractionUnits


class Numeric(QuestionType[NumericContent]):
    """Answers are {"text": the number as typed, with its unit}."""

    name = "numeric"
    label = lazy_gettext("Numeric")
    tells_reading = True

    def blank(self) -> NumericContent:
        return NumericContent((AcceptedNumber(new_key(), ""),))

    def read(self, data: Json) -> NumericContent:
        accepted = tuple(AcceptedNumber(**row) for row in data["accepted"])
        return NumericContent(accepted, _read_units(data["units"]) if "units" in data else NO_UNITS)

    def write(self, content: NumericContent) -> Json:
        written: Json = {"accepted": [asdict(number) for number in content.accepted]}
        rules = content.units
        if rules != NO_UNITS:
            rows = [asdict(unit) for unit in rules.units]
            written["units"] = {"rule": rules.rule, "units": rows, "loss": rules.loss}
        return written

    def validate(self, content: NumericContent) -> list[Problem]:
        problems = []
        if not any(number.fraction == FRACTION_ONE for number in content.accepted):
            message = _("Give at least one number that earns all points.")
            problems.append(Problem("accepted", message))
        if len(content.accepted) > MOST_VALUES:
            message = _("Keep to %(n)s numbers at most.", n=MOST_VALUES)
            problems.append(Problem("accepted", message))
        for at, number in enumerate(content.accepted):
            problems += [Problem(f"accepted.{at}.{field}", message) for field, message in _number_problems(number)]
        return [*problems, *units.unit_problems(content.units)]

    def public_content(self, content: NumericContent, order: Sequence[str] | None = None) -> Json:
        return {"unit": content.units.rule}

    def parse_answer(self, content: NumericContent, fields: AnswerFields) -> Answer | None:
        text = one_line(fields)
        if len(text) > LONGEST_NUMERAL:
            raise AnswerRefusedError(_("Keep your answer to %(n)s characters.", n=LONGEST_NUMERAL))
        return {"text": text} if text else None

    def as_typed(self, fields: AnswerFields) -> Answer | None:
        return {"text": "".join(fields.get("answer", ())[-1:])}

    def remark(self, content: NumericContent, answer: Answer) -> str | None:
        found = units.readings(content.units, answer["text"])
        if found and content.units.rule == units.REQUIRED and not found[0].unit:
            return str(_("Add the unit"))
        if found:
            return None
        if content.units.rule == units.NOT_ALLOWED:
            return str(_("We cannot read this as a number. Type the number alone, such as 1200 or 3.5"))
        return str(_("We cannot read this as a number. Type a number and its unit, such as 3.5 kg"))

    def understood(self, content: NumericContent, answer: Answer) -> str | None:
        """Every reading, whichever fits: the words tell nothing about the key."""
        found = units.readings(content.units, answer["text"])
        said = list(dict.fromkeys(f"{canonical(one.typed)} {one.unit}".strip() for one in found))
        if not said or said == [answer["text"].strip()]:
            return None
        if len(said) == 1:
            return str(_("Read as %(number)s", number=said[0]))
        return str(_("Read as %(number)s or as %(other)s, whichever fits", number=said[0], other=said[1]))

    def grade(self, content: NumericContent, answer: Answer | None) -> FractionUnits:
        fit = _best_fit(content, answer)
        return fit.fraction if fit else 0

    def answer_key(self, content: NumericContent, answer: Answer) -> str:
        """The number in one spelling, in the unit of the accepted numbers: "1,200 m" and "1.2 km" are one answer."""
        fit = _best_fit(content, answer)
        found = [fit.reading] if fit else units.readings(content.units, answer["text"])
        if not found:
            return " ".join(answer["text"].casefold().split())[:ANSWER_KEY_LENGTH]
        unit = content.units.base if found[0].has_right_unit else found[0].unit
        return f"{canonical(found[0].value)} {unit}".strip()[:ANSWER_KEY_LENGTH]

    def option_rows(self, content: NumericContent) -> list[OptionRow]:
        """The accepted values; for a range, its lower end."""
        unit = content.units.base
        return [
            OptionRow(
                f"{canonical(_exact(number.value))} {unit}".strip(),
                _in_words(number, unit),
                number.fraction,
                number.fraction == FRACTION_ONE,
            )
            for number in content.accepted
        ]

    def feedback_for(self, content: NumericContent, answer: Answer) -> list[str]:
        fit = _best_fit(content, answer)
        return [fit.number.feedback] if fit and fit.number.feedback else []

    def answer_lines(self, content: NumericContent, answer: Answer) -> list[str]:
        return [answer["text"]]

    def key_lines(self, content: NumericContent) -> list[str]:
        right = (number for number in content.accepted if number.fraction == FRACTION_ONE)
        return [_in_words(number, content.units.base) for number in right]


def _read_units(data: Json) -> UnitRules:
    return UnitRules(data["rule"], tuple(Unit(**row) for row in data["units"]), data["loss"])


def _best_fit(content: NumericContent, answer: Answer | None) -> _Fit | None:
    """The accepted number that earns most with one of the readings of the answer."""
    found = units.readings(content.units, answer["text"]) if answer else []
    fits = [
        _Fit(number, reading, _worth(number, reading, content.units))
        for number in content.accepted
        for reading in found
        if _fits(number, Fraction(reading.value))
    ]
    return max(fits, key=lambda fit: fit.fraction, default=None)


def _worth(number: AcceptedNumber, reading: Reading, rules: UnitRules) -> FractionUnits:
    fraction = clamp(number.fraction)
    return fraction if reading.has_right_unit else fraction - earned(fraction, rules.loss)


def _fits(number: AcceptedNumber, given: Fraction) -> bool:
    value = Fraction(_exact(number.value))
    if number.kind == RANGE:
        return value <= given <= Fraction(_exact(number.high))
    margin = Fraction(_exact(number.tolerance))
    if number.kind == RELATIVE:
        margin = abs(value) * margin / 100
    return abs(given - value) <= margin


def _exact(plain: str) -> Decimal:
    """A plain decimal, as `validate` demands of an author."""
    return Decimal(plain)


def _number_problems(number: AcceptedNumber) -> list[tuple[str, str]]:
    readable = _("Write a number with a point for decimals, such as 3.5")
    problems = []
    if not is_plain(number.value):
        problems.append(("value", readable))
    if number.kind not in (ABSOLUTE, RELATIVE, RANGE):
        problems.append(("kind", _("Choose how the number is compared.")))
    if number.kind == RANGE:
        if not is_plain(number.high):
            problems.append(("high", readable))
        elif not problems and _exact(number.high) < _exact(number.value):
            problems.append(("high", _("The range ends before it begins.")))
    elif not is_plain(number.tolerance) or _exact(number.tolerance) < 0:
        problems.append(("tolerance", _("Write how far off an answer may be, 0 or more.")))
    if not 0 <= number.fraction <= FRACTION_ONE:
        problems.append(("fraction", _("A number is worth from 0 to 100 per cent.")))
    if len(number.feedback) > LONGEST_FEEDBACK:
        problems.append(("feedback", _("Keep feedback to %(n)s characters.", n=LONGEST_FEEDBACK)))
    return problems


def _in_words(number: AcceptedNumber, unit: str) -> str:
    if number.kind == RANGE:
        words = str(_("%(low)s to %(high)s", low=number.value, high=number.high))
    elif _exact(number.tolerance) == 0:
        words = number.value
    else:
        words = f"{number.value} ± {number.tolerance}{' %' if number.kind == RELATIVE else ''}"
    return f"{words} {unit}".strip()
