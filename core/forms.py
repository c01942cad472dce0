"""What every form shares: text without stray white space, times in a class's zone, the refusal."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from flask import render_template, request
from flask_babel import gettext as _
from flask_wtf import FlaskForm
from wtforms import DateTimeLocalField, FieldList, FormField, ValidationError
from wtforms import Form as PlainForm

from core.dates import to_local, to_utc
from core.translation import FieldWords

# A moment at the edge of the calendar is in no year at all in another zone.
YEARS = (2000, 2199)
MOST_ROWS = 60
_FIELD_WORDS = FieldWords()


def _strip(value: Any) -> Any:
    return value.replace("\x00", "").strip() if isinstance(value, str) else value


class Form(FlaskForm):
    """A form whose text comes without white space at its ends and with unified line ends."""

    class Meta(FlaskForm.Meta):
        csrf = False  # core.security asks every POST for the token, before any form is made

        def bind_field(self, form: Any, unbound_field: Any, options: dict[str, Any]) -> Any:
            filters = list(unbound_field.kwargs.get("filters", ()))
            if unbound_field.field_class.__name__ in {
                "StringField",
                "TextAreaField",
                "EmailField",
                "SearchField",
            }:
                filters.append(_strip)
            return unbound_field.bind(form=form, filters=filters, **options)

        def render_field(self, field: Any, render_kw: dict[str, Any]) -> Any:
            # A browser cuts what is pasted to this length without a word; a refusal keeps it and says so.
            return super().render_field(field, {"maxlength": False, **render_kw})

        def get_translations(self, form: Any) -> FieldWords:
            return _FIELD_WORDS

    def text(self, name: str) -> str:
        """Return what was typed into the field `name`, "" if nothing was."""
        return str(self[name].data or "")


class LocalDateTimeField(DateTimeLocalField):
    """A wall-clock time in a class's zone, given and taken as an aware UTC moment.

    Set `field.zone` (a tz database name) before `validate()` or rendering.
    """

    zone = "UTC"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("format", ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M"])
        super().__init__(*args, **kwargs)

    def _value(self) -> str:
        if self.raw_data:
            return " ".join(self.raw_data)
        if self.data is None:
            return ""
        local: datetime = to_local(self.data, self.zone) if self.data.tzinfo else self.data
        return local.strftime("%Y-%m-%dT%H:%M")

    def process_formdata(self, valuelist: list[str]) -> None:
        if not valuelist or not valuelist[0].strip():
            self.data = None
            return
        try:
            super().process_formdata(valuelist)
        except ValueError as error:
            raise ValueError(_("Write the day and the time as in 2027-03-28 23:59.")) from error

    def post_validate(self, form: Any, validation_stopped: bool) -> None:
        if self.data is None or self.data.tzinfo is not None:
            return
        if not YEARS[0] <= self.data.year <= YEARS[1]:
            raise ValidationError(_("Choose a year from %(first)s to %(last)s.", first=YEARS[0], last=YEARS[1]))
        moment = to_utc(self.data, self.zone)
        if moment is None:
            raise ValidationError(_("The clock skips this time on that day. Choose another."))
        self.data = moment


class Rows(FieldList):  # type: ignore[type-arg]  # a class of this name takes no types when it runs
    """Rows that are each a form of their own, `most` of them. Where more were sent, the rest is left out, and said."""

    is_cut = False

    def __init__(self, row: type[PlainForm], label: Any = None, *, most: int = MOST_ROWS, **kwargs: Any) -> None:
        super().__init__(FormField(row), label, max_entries=most, **kwargs)

    def _extract_indices(self, prefix: str, formdata: Iterable[str]) -> set[int]:
        row = re.compile(rf"{re.escape(prefix)}-([0-9]{{1,6}})(?:-|\Z)")
        found = {int(named[1]) for named in map(row.match, formdata) if named}
        self.is_cut = len(found) > (self.max_entries or 0)
        return found

    def validate(self, form: Any, extra_validators: Any = ()) -> bool:
        """Check every row, and that all of them came."""
        is_right = super().validate(form, extra_validators)
        if self.is_cut:
            self.errors = [*self.errors, str(_("Keep to %(n)s rows at most.", n=self.max_entries))]
        return is_right and not self.is_cut


def asked(template: str, **context: Any) -> str | tuple[str, int]:
    """Answer with a form: 422 with everything in it where it was sent and refused, else the page that asks."""
    return refused(template, **context) if request.method == "POST" else render_template(template, **context)


def refused(template: str, **context: Any) -> tuple[str, int]:
    """Answer 422 with the page again, everything the person wrote still in it."""
    return render_template(template, **context), 422
