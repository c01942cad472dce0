"""Forms of the types whose answer is written: short answer, numeric."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from flask_babel import lazy_gettext
from wtforms import (
    BooleanField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.fields import SelectChoice  # type: ignore[attr-defined]  # newer than its types

from core.forms import Rows
from core.points import FRACTION_ONE
from quizzes.forms.fields import PercentField
from quizzes.forms.questions import QuestionForm, RowForm
from quizzes.question_types import numeric, short_answer, units
from quizzes.question_types.numeric import AcceptedNumber, NumericContent
from quizzes.question_types.short_answer import ShortAnswerContent
from quizzes.question_types.units import Unit, UnitRules

SHARE = lazy_gettext("Per cent of the points")
EXPLANATION = lazy_gettext("Explanation")


def _share(value: int | None) -> int:
    """An answer is worth all points unless something else was written."""
    return FRACTION_ONE if value is None else value


class AcceptedFormForm(RowForm):
    """One accepted answer."""

    text = StringField(lazy_gettext("Accepted answer"))
    match = SelectField(
        lazy_gettext("Compared"),
        choices=[SelectChoice(*pair) for pair in short_answer.MATCH_NAMES.items()],
        default=short_answer.EXACT,
    )
    fraction = PercentField(SHARE)
    feedback = TextAreaField(EXPLANATION)

    def words(self) -> list[Any]:
        return [self.text.data, self.feedback.data]


class ShortAnswerForm(QuestionForm):
    """A line of text, compared with accepted answers."""

    kind = "short_answer"
    rows_name = "forms"
    blank_rows = 3

    forms = Rows(AcceptedFormForm, lazy_gettext("Accepted answers"))
    case_sensitive = BooleanField(lazy_gettext("Capital and small letters are different"))

    @staticmethod
    def values_of(content: ShortAnswerContent) -> dict[str, Any]:
        rows = [{**vars(form)} for form in content.forms]
        return {"forms": rows, "case_sensitive": content.case_sensitive}

    def read_content(self) -> ShortAnswerContent:
        forms = tuple(
            short_answer.Form(
                row.key.data, row.text.data or "", row.match.data, _share(row.fraction.data), row.feedback.data or ""
            )
            for row in self.written_rows()
        )
        return ShortAnswerContent(forms, bool(self.case_sensitive.data))


class AcceptedNumberForm(RowForm):
    """One accepted number: a value with how far off an answer may be, or a range."""

    value = StringField(lazy_gettext("Number"))
    kind = SelectField(
        lazy_gettext("Compared"),
        choices=[SelectChoice(*pair) for pair in numeric.KIND_NAMES.items()],
        default=numeric.ABSOLUTE,
    )
    tolerance = StringField(lazy_gettext("By how much, or up to"))
    fraction = PercentField(SHARE)
    feedback = TextAreaField(EXPLANATION)

    def words(self) -> list[Any]:
        return [self.value.data, self.tolerance.data, self.feedback.data]

    def number(self) -> AcceptedNumber:
        """Return what was written; the second number ends a range, and is the tolerance of a value."""
        second = _with_point(self.tolerance.data or "")
        is_range = self.kind.data == numeric.RANGE
        return AcceptedNumber(
            key=self.key.data or "",
            value=_with_point(self.value.data or ""),
            kind=self.kind.data,
            tolerance="0" if is_range else second or "0",
            high=second if is_range else "",
            fraction=_share(self.fraction.data),
            feedback=self.feedback.data or "",
        )


def _with_point(text: str) -> str:
    """Read a decimal comma, unless it could stand between thousands."""
    return text.replace(",", ".") if text.count(",") == 1 and "." not in text else text


class UnitForm(RowForm):
    """One unit: how many of the unit of the accepted numbers one of it is."""

    name = StringField(lazy_gettext("Unit"))
    factor = StringField(lazy_gettext("Factor"))

    def words(self) -> list[Any]:
        return [self.name.data, self.factor.data]

    def unit(self) -> Unit:
        """Return what was written; without a factor it is 1."""
        return Unit(" ".join((self.name.data or "").split()), _with_point(self.factor.data or "1"))


class NumericForm(QuestionForm):
    """A number, compared with accepted numbers, and its unit."""

    kind = "numeric"
    rows_name = "accepted"
    blank_rows = 2
    more_lists: ClassVar[Mapping[str, int]] = {"units": 2}

    accepted = Rows(AcceptedNumberForm, lazy_gettext("Accepted numbers"))
    unit_rule = RadioField(
        lazy_gettext("Unit"),
        choices=[SelectChoice(*pair) for pair in units.RULE_NAMES.items()],
        default=units.NOT_ALLOWED,
        validate_choice=False,
    )
    units = Rows(UnitForm, lazy_gettext("Accepted units"))
    unit_loss = PercentField(lazy_gettext("What a wrong unit costs"))

    @staticmethod
    def values_of(content: NumericContent) -> dict[str, Any]:
        rows = [
            {**vars(number), "tolerance": number.high if number.kind == numeric.RANGE else number.tolerance}
            for number in content.accepted
        ]
        rules = content.units
        return {
            "accepted": [{name: row[name] for name in row if name != "high"} for row in rows],
            "unit_rule": rules.rule,
            "units": [vars(unit) for unit in rules.units],
            "unit_loss": None if rules.loss == FRACTION_ONE else rules.loss,
        }

    def read_content(self) -> NumericContent:
        accepted = tuple(row.number() for row in self.written_rows())
        rule = self.unit_rule.data or ""
        if rule == units.NOT_ALLOWED:
            return NumericContent(accepted)
        named = tuple(row.unit() for row in self.written_rows("units"))
        return NumericContent(accepted, UnitRules(rule, named, _share(self.unit_loss.data)))

    def row_field(self, name: str) -> str:
        return "tolerance" if name == "high" else name
