"""The form that puts a passage back which lost its place."""

from __future__ import annotations

from collections.abc import Sequence

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, StringField, ValidationError

from articles.spans import Placed, parse_reference
from core.forms import Form


class PlaceForm(Form):
    """Where a passage belongs that lost its place, typed as "¶ 4.3" or "¶ 4.3–5"; `version` is the one seen."""

    place = StringField(_l("Where it belongs"))
    version = HiddenField()

    sentences: Sequence[Placed] = ()
    ends: tuple[int, int] | None = None

    def validate_place(self, field: StringField) -> None:
        """There must be such a place."""
        text = field.data or ""
        self.ends = parse_reference(text if text.startswith("¶") else f"¶ {text}", self.sentences)
        if self.ends is None:
            raise ValidationError(_("There is no such place in the article. Write it like ¶ 4.3 or ¶ 4.3–5."))
