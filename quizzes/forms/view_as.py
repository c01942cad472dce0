"""What staff choose when they view a quiz as one of its students; sent with GET, it changes nothing."""

from __future__ import annotations

from collections.abc import Iterable

from flask_babel import lazy_gettext
from wtforms import SelectField
from wtforms.fields import SelectChoice  # type: ignore[attr-defined]  # newer than its types
from wtforms.validators import Optional

from core.forms import Form, LocalDateTimeField

PAGES = ("start", "questions", "result")


class ViewAsForm(Form):
    """The student by the id of the place in the class, and the moment in the class's zone (empty: now)."""

    class Meta(Form.Meta):
        csrf = False

    student = SelectField(lazy_gettext("Student"), coerce=int)
    at = LocalDateTimeField(lazy_gettext("At"), validators=[Optional()])

    def offer(self, students: Iterable[tuple[int, str]], zone: str) -> ViewAsForm:
        """Take the students to choose from (place, name), and the class's zone."""
        self.student.choices = [SelectChoice(*pair) for pair in students]
        self.at.zone = zone
        return self
