"""Fields whose data are values: points, whole numbers. What was typed is shown again as it was typed."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from flask_babel import LazyString
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import StringField, TextAreaField
from wtforms.validators import DataRequired, Length

from core.points import POINT, NotANumberError, parse_points


def reason_field(missing: LazyString) -> TextAreaField:
    """Return a field for a reason of at most 500 characters; `missing` is said where there is none."""
    at_most = Length(max=500, message=_l("Keep it under 500 characters."))
    return TextAreaField(_l("Why"), validators=[DataRequired(missing), at_most])


class TypedField(StringField):
    """A text field whose `data` is a value. What was typed is shown again as it was typed."""

    data: Any

    def parse(self, text: str) -> Any:
        """Return the value of a text that is not empty; raises ValueError."""
        raise NotImplementedError

    def show(self, value: Any) -> str:
        """Return a value as its author would type it."""
        raise NotImplementedError

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read what was sent; an empty field is None."""
        text = valuelist[0].strip() if valuelist else ""
        self.data = None
        if text:
            try:
                self.data = self.parse(text)
            except ValueError as error:
                raise ValueError(self.refusal()) from error

    def refusal(self) -> str:
        """Return what to tell an author whose text cannot be read."""
        raise NotImplementedError

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return "" if self.data is None else self.show(self.data)


def plain_decimal(value: Decimal) -> str:
    """Return a decimal without idle zeros and without an exponent."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


class PointsField(TypedField):
    """Points as "1.5" or "1,5"; data in hundred-thousandths."""

    def parse(self, text: str) -> int:
        return parse_points(text)

    def show(self, value: int) -> str:
        return plain_decimal(Decimal(value) / POINT)

    def refusal(self) -> str:
        return str(_("Write the points as a number from 0 to 1000, such as 1 or 1.5."))


class WholeNumberField(TypedField):
    """A whole number of at least 0; data None when left empty."""

    def parse(self, text: str) -> int:
        if not (text.isascii() and text.isdigit() and len(text) < 8):
            raise NotANumberError(text)
        return int(text)

    def show(self, value: int) -> str:
        return str(value)

    def refusal(self) -> str:
        return str(_("Write a whole number, such as 20."))
