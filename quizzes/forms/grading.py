"""The form of a grade given by hand."""

from __future__ import annotations

from flask_babel import gettext as _
from flask_babel import lazy_gettext
from werkzeug.datastructures import MultiDict
from wtforms import Field, HiddenField, TextAreaField, ValidationError

from core.fields import PointsField
from core.forms import Form
from core.points import Points, earned, format_points
from quizzes.forms.questions import at_most
from quizzes.question_types.rubrics import Rubric, fraction_of_choice, most_of


class GradeForm(Form):
    """Points from 0 to what the question is worth, words, and with a rubric a level for each criterion.

    `seen` is what the grader saw. Levels give the points, unless others were typed. Set `most`, `rubric` and what
    is there already (`was`, `released`) before `validate()`.
    """

    most: Points = 0
    rubric: Rubric = ()
    was: Points | None = None
    chosen_before: dict[str, str] | None = None
    chosen: dict[str, str] | None = None
    released: Points | None = None

    seen = HiddenField()
    points = PointsField(lazy_gettext("Points"))
    comment = TextAreaField(lazy_gettext("Comment for the student"), [at_most(5_000)])
    why = TextAreaField(lazy_gettext("Reason for the change"), [at_most(1_000)])

    @property
    def best(self) -> Points:
        """What the best levels earn together, on the rubric's own scale."""
        return most_of(self.rubric)

    def read_levels(self, sent: MultiDict[str, str]) -> None:
        """Take the levels that were picked; where they are others than before, they set the points again."""
        picked = {one.key: sent.get(f"level-{one.key}", "") for one in self.rubric}
        self.chosen = {one.key: picked[one.key] for one in self.rubric if one.level(picked[one.key])} or None
        share = fraction_of_choice(self.rubric, self.chosen or {})
        untouched = not self.points.process_errors and self.points.data in (None, self.was)
        if share is not None and untouched and (self.points.data is None or self.chosen != self.chosen_before):
            self.points.data, self.points.raw_data = earned(self.most, share), None

    def validate_points(self, field: Field) -> None:
        """Keep the points within what the question is worth."""
        if field.errors:
            return
        if field.data is None and self.rubric:
            raise ValidationError(_("Choose a level for each criterion, or give points."))
        if field.data is None:
            raise ValidationError(_("Give points, or 0 for none."))
        if field.data > self.most:
            raise ValidationError(_("This question is worth %(n)s points at most.", n=format_points(self.most)))

    def validate_why(self, field: Field) -> None:
        """A grade that its student may have seen changes for a reason."""
        changes = self.released is not None and self.points.data not in (None, self.released)
        if changes and not field.data:
            raise ValidationError(_("Say why: this grade was released, and its student reads the reason."))
