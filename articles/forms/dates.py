"""The form of an assignment's dates."""

from __future__ import annotations

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from articles.operations import Dates
from core.forms import Form, LocalDateTimeField


class DatesForm(Form):
    """The three dates of an article in one class, as wall-clock times in the class's zone."""

    opens_at = LocalDateTimeField(_l("Opens"))
    due_at = LocalDateTimeField(_l("Due"))
    closes_at = LocalDateTimeField(_l("Closes"))

    def in_zone(self, zone: str) -> DatesForm:
        """Take and show the times in this zone."""
        for field in (self.opens_at, self.due_at, self.closes_at):
            field.zone = zone
        return self

    def read(self) -> Dates | None:
        """Return the dates that were given, or None, with what is wrong at the fields."""
        if not self.validate():
            return None
        opens, due, closes = self.opens_at.data, self.due_at.data, self.closes_at.data
        if opens and due and due < opens:
            self.due_at.errors = [_("Due comes before it opens. Choose a later time.")]
        if closes and due and closes < due:
            self.closes_at.errors = [_("It closes before it is due. Choose a later time.")]
        elif closes and opens and closes < opens:
            self.closes_at.errors = [_("It closes before it opens. Choose a later time.")]
        return None if self.errors else Dates(opens, due, closes)
