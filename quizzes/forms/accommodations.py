"""The form of what one student is allowed beyond others."""

from __future__ import annotations

import re
from decimal import Decimal

from flask_babel import gettext as _
from flask_babel import lazy_gettext
from wtforms import BooleanField, Field, ValidationError

from classroom.allowances import MOST_EXTRA_DAYS, USUAL_PERCENT, Allowance
from core.fields import TypedField, WholeNumberField
from core.forms import Form

MOST_PERCENT, MOST_EXTRA_ATTEMPTS = 1_000, 100
_FACTOR = re.compile(r"\d{1,2}([.,]\d{1,2})?", re.ASCII)


class FactorField(TypedField):
    """A factor as "1.5" or "1,5", to two places; data in per cent."""

    def parse(self, text: str) -> int:
        if not _FACTOR.fullmatch(text):
            raise ValueError(text)
        return int(Decimal(text.replace(",", ".")) * 100)

    def show(self, value: int) -> str:
        return f"{Decimal(value) / 100:f}"

    def refusal(self) -> str:
        return str(_("Write a number from 1 to 10, such as 1.5."))


class AllowanceForm(Form):
    """Time factor, extra days, extra attempts and the timer; an empty field is what everybody has."""

    time_factor_percent = FactorField(lazy_gettext("Time, multiplied by"))
    extra_days = WholeNumberField(lazy_gettext("Extra days"))
    extra_attempts = WholeNumberField(lazy_gettext("Extra attempts"))
    hides_timer = BooleanField(lazy_gettext("No visible timer"))

    def allowance(self) -> Allowance:
        """Return what was set; only once the form is valid."""
        percent = self.time_factor_percent.data or USUAL_PERCENT
        days, attempts = self.extra_days.data or 0, self.extra_attempts.data or 0
        return Allowance(percent, days, attempts, bool(self.hides_timer.data))

    def validate_time_factor_percent(self, field: Field) -> None:
        """Time is only ever added."""
        if field.data is not None and not USUAL_PERCENT <= field.data <= MOST_PERCENT:
            raise ValidationError(_("Write a number from 1 to 10, such as 1.5."))

    def validate_extra_days(self, field: Field) -> None:
        """A year at most."""
        if (field.data or 0) > MOST_EXTRA_DAYS:
            raise ValidationError(_("Give a number of days from 0 to %(n)s.", n=MOST_EXTRA_DAYS))

    def validate_extra_attempts(self, field: Field) -> None:
        """As many as there can be attempts."""
        if (field.data or 0) > MOST_EXTRA_ATTEMPTS:
            raise ValidationError(_("Give a number of attempts from 0 to %(n)s.", n=MOST_EXTRA_ATTEMPTS))
