"""The form of a grade given by hand."""

from __future__ import annotations

from flask_babel import gettext as _
from flask_babel import lazy_gettext
from wtforms import Field, HiddenField, TextAreaField, ValidationError

from core.forms import Form
from quizzes.forms.fields import PointsField
from quizzes.forms.questions import at_most
from quizzes.points import Points, format_points


class GradeForm(Form):
    """Points from 0 to what the question is worth, and a comment. `revision` is that of the answer shown."""

    most: Points = 0
    revision = HiddenField()
    points = PointsField(lazy_gettext("Points"))
    comment = TextAreaField(lazy_gettext("Comment for the student"), [at_most(5_000)])

    def validate_points(self, field: Field) -> None:
        """Keep the points within what the question is worth."""
        if field.errors:
            return
        if field.data is None:
            raise ValidationError(_("Give points, or 0 for none."))
        if field.data > self.most:
            raise ValidationError(_("This question is worth %(n)s points at most.", n=format_points(self.most)))
