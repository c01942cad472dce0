"""Numeric: a number within a tolerance of an accepted value, or in a range."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from decimal import Decimal
from fractions import Fraction

from flask_babel import gettext as _
from flask_babel import lazy_gettext

from quizzes.points import FRACTION_ONE, FractionUnits, clamp
from quizzes.question_types.base import (
    Answer,
    AnswerFields,
    AnswerRefusedError,
    Json,
    OptionRow,
    Problem,
    QuestionType,
    one_line,
)
from quizzes.question_types.numerals import LONGEST_NUMERAL, canonical, read_numeral
from quizzes.question_types.options import LONGEST_FEEDBACK, new_key

ABSOLUTE, RELATIVE, RANGE = "absolute", "relative", "range"
MOST_VALUES = 20


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
    """The accepted values; of those that fit, the one that earns most counts."""

    accepted: tuple[AcceptedNumber, ...]


class Numeric(QuestionType[NumericContent]):
    """Answers are {"text": the number as typed}."""

    name = "numeric"
    label = lazy_gettext("Numeric")

    def blank(self) -> NumericContent:
        return NumericContent((AcceptedNumber(new_key(), ""),))

    def read(self, data: Json) -> NumericContent:
        return NumericContent(tuple(AcceptedNumber(**row) for row in data["accepted"]))

    def write(self, content: NumericContent) -> Json:
        return {"accepted": [asdict(number) for number in content.accepted]}

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
        return problems

    def public_content(self, content: NumericContent, order: Sequence[str] | None = None) -> Json:
        return {"longest": LONGEST_NUMERAL}

    def parse_answer(self, content: NumericContent, fields: AnswerFields) -> Answer | None:
        text = one_line(fields)
        if len(text) > LONGEST_NUMERAL:
            raise AnswerRefusedError(_("Keep your answer to %(n)s characters.", n=LONGEST_NUMERAL))
        return {"text": text} if text else None

    def as_typed(self, fields: AnswerFields) -> Answer | None:
        return {"text": "".join(fields.get("answer", ())[-1:])}

    def remark(self, content: NumericContent, answer: Answer) -> str | None:
        if read_numeral(answer["text"]):
            return None
        return str(_("We cannot read this as a number. Type the number alone, such as 1200 or 3.5"))

    def grade(self, content: NumericContent, answer: Answer | None) -> FractionUnits:
        fit = _best_fit(content, answer)
        return clamp(fit[0].fraction) if fit else 0

    def answer_key(self, content: NumericContent, answer: Answer) -> str:
        """The number in one spelling: "1,200" and "1200" are one answer."""
        fit = _best_fit(content, answer)
        readings = [fit[1]] if fit else read_numeral(answer["text"])
        return canonical(readings[0]) if readings else " ".join(answer["text"].casefold().split())

    def option_rows(self, content: NumericContent) -> list[OptionRow]:
        """The accepted values; for a range, its lower end."""
        return [
            OptionRow(
                canonical(_exact(number.value)),
                _in_words(number),
                number.fraction,
                number.fraction == FRACTION_ONE,
            )
            for number in content.accepted
        ]

    def feedback_for(self, content: NumericContent, answer: Answer) -> list[str]:
        fit = _best_fit(content, answer)
        return [fit[0].feedback] if fit and fit[0].feedback else []

    def answer_lines(self, content: NumericContent, answer: Answer) -> list[str]:
        return [answer["text"]]

    def key_lines(self, content: NumericContent) -> list[str]:
        return [_in_words(number) for number in content.accepted if number.fraction == FRACTION_ONE]


def _best_fit(content: NumericContent, answer: Answer | None) -> tuple[AcceptedNumber, Decimal] | None:
    """The accepted number that earns most, with the reading of the answer that fits it."""
    readings = read_numeral(answer["text"]) if answer else ()
    fits = [
        (number, reading) for number in content.accepted for reading in readings if _fits(number, Fraction(reading))
    ]
    return max(fits, key=lambda fit: fit[0].fraction, default=None)


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


def _is_plain(text: str) -> bool:
    """Whether a text is a plain decimal: digits, a point, a sign, perhaps an exponent."""
    return len(text) <= LONGEST_NUMERAL and any(
        str(value) and _same_spelling(text, value) for value in read_numeral(text)
    )


def _same_spelling(text: str, value: Decimal) -> bool:
    try:
        return Decimal(text) == value
    except ArithmeticError:
        return False


def _number_problems(number: AcceptedNumber) -> list[tuple[str, str]]:
    readable = _("Write a number with a point for decimals, such as 3.5")
    problems = []
    if not _is_plain(number.value):
        problems.append(("value", readable))
    if number.kind not in (ABSOLUTE, RELATIVE, RANGE):
        problems.append(("kind", _("Choose how the number is compared.")))
    if number.kind == RANGE:
        if not _is_plain(number.high):
            problems.append(("high", readable))
        elif not problems and _exact(number.high) < _exact(number.value):
            problems.append(("high", _("The range ends before it begins.")))
    elif not _is_plain(number.tolerance) or _exact(number.tolerance) < 0:
        problems.append(("tolerance", _("Write how far off an answer may be, 0 or more.")))
    if not 0 <= number.fraction <= FRACTION_ONE:
        problems.append(("fraction", _("A number is worth from 0 to 100 per cent.")))
    if len(number.feedback) > LONGEST_FEEDBACK:
        problems.append(("feedback", _("Keep feedback to %(n)s characters.", n=LONGEST_FEEDBACK)))
    return problems


def _in_words(number: AcceptedNumber) -> str:
    if number.kind == RANGE:
        return str(_("%(low)s to %(high)s", low=number.value, high=number.high))
    if _exact(number.tolerance) == 0:
        return number.value
    unit = " %" if number.kind == RELATIVE else ""
    return f"{number.value} ± {number.tolerance}{unit}"
