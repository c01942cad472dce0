"""Forms of the gradebook."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import (
    FileField,
    HiddenField,
    IntegerField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.fields import SelectChoice  # type: ignore[attr-defined]  # newer than its types
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional

from classroom.allowances import MOST_EXTRA_DAYS
from core.fields import PointsField, reason_field
from core.forms import Form, Rows
from core.points import format_points
from discussion.body_field import body_field
from results.grade_cells import BACK, EXCUSE, OVERRIDE, Column
from results.gradebook import ALL, Category
from results.models import MOST_DROPPED
from results.operations import Arrangement, Verdict

FEWEST_ROWS, MOST_ROWS = 4, 12
MOST_COLUMNS = 1_000


class CategoryForm(Form):
    """One row: a category; without a name there is none. `held`: the id of the one that it was when it was shown."""

    held = HiddenField()
    name = StringField(_l("Name"), validators=[Length(max=60, message=_l("Keep it under 60 characters."))])
    weight = PointsField(_l("Weight in per cent"))
    drop_lowest = IntegerField(
        _l("Leave out the lowest"),
        validators=[
            Optional(),
            NumberRange(0, MOST_DROPPED, _l("Choose a number from 0 to %(most)s.", most=MOST_DROPPED)),
        ],
    )

    def validate(self, extra_validators: Mapping[str, Sequence[Any]] | None = None) -> bool:
        """A category has a weight from 0 to 100; a row with a weight has a name."""
        is_valid = bool(super().validate(extra_validators))
        weight = self.weight.data
        if not self.text("name"):
            return is_valid if not weight else self._lacks(self.name, _l("Write what this category is called."))
        if weight is None and not self.weight.errors:
            is_valid = self._lacks(self.weight, _l("Write how much it weighs."))
        if weight is not None and weight > ALL:
            is_valid = self._lacks(self.weight, _l("A category weighs 100 per cent at most."))
        return is_valid

    @property
    def held_id(self) -> int:
        """The category that the row was when it was shown; 0 for a new one."""
        held = self.text("held")
        return int(held) if held.isascii() and held.isdigit() and len(held) <= 10 else 0

    @staticmethod
    def _lacks(field: Any, words: str) -> bool:
        field.errors = [*field.errors, words]
        return False


class PlaceForm(Form):
    """The category of one column, by its row; "" is none."""

    key = HiddenField()
    row = SelectField(_l("Category"), validate_choice=True)


class ArrangementForm(Form):
    """How a gradebook is weighed. `seen`: the revision that is shown."""

    seen = HiddenField()
    categories = Rows(CategoryForm, most=MOST_ROWS)
    places = Rows(PlaceForm, most=MOST_COLUMNS)

    def set_choices(self) -> None:
        """Offer the rows as categories."""
        rows = [(str(at), self._row_name(at, entry)) for at, entry in enumerate(self.categories)]
        choices = [SelectChoice("", str(_("Without a category"))), *(SelectChoice(*each) for each in rows)]
        for entry in self.places:
            entry.form.row.choices = choices

    @staticmethod
    def _row_name(at: int, entry: Any) -> str:
        name = entry.form.text("name")
        return f"{at + 1}. {name}" if name else str(_("%(n)s. (no name yet)", n=at + 1))

    def validate(self, extra_validators: Mapping[str, Sequence[Any]] | None = None) -> bool:
        """Together the categories weigh 100 per cent at most, and a column is in one that has a name."""
        is_valid = bool(super().validate(extra_validators))
        total = sum(entry.form.weight.data or 0 for entry in self._named())
        if total > ALL:
            words = _("Together the categories weigh %(n)s per cent. Make it 100 at most.", n=format_points(total))
            self.categories[0].form.weight.errors = [*self.categories[0].form.weight.errors, words]
            is_valid = False
        named = {str(at) for at, entry in enumerate(self.categories) if entry.form.text("name")}
        for entry in self.places:
            if entry.form.text("row") not in {"", *named}:
                entry.form.row.errors = [*entry.form.row.errors, _("Give this category a name.")]
                is_valid = False
        return is_valid

    def _named(self) -> list[Any]:
        return [entry for entry in self.categories if entry.form.text("name")]

    def read(self, columns: Sequence[Column]) -> Arrangement:
        """Return what a valid form says about these columns; others are not the class's and are left out."""
        named = [at for at, entry in enumerate(self.categories) if entry.form.text("name")]
        forms = [self.categories[at].form for at in named]
        categories = [
            Category(each.held_id, each.text("name"), each.weight.data or 0, each.drop_lowest.data or 0)
            for each in forms
        ]
        known = {column.key for column in columns}
        chosen = {entry.form.text("key"): entry.form.text("row") for entry in self.places}
        places = {key: named.index(int(row)) if row else None for key, row in chosen.items() if key in known}
        return Arrangement(categories, places)


def arranged(columns: Sequence[Column], categories: Sequence[Category], revision: int) -> dict[str, Any]:
    """Return what the form shows of a gradebook, with empty rows to add more."""
    rows: list[dict[str, Any]] = [
        {"held": str(each.id), "name": each.name, "weight": each.weight, "drop_lowest": each.drop_lowest}
        for each in categories
    ]
    wanted = min(MOST_ROWS, max(FEWEST_ROWS, len(rows) + 2))
    at = {each.id: str(place) for place, each in enumerate(categories)}
    return {
        "seen": str(revision),
        "categories": rows + [{} for _row in range(wanted - len(rows))],
        "places": [{"key": column.key, "row": at.get(column.category_id or 0, "")} for column in columns],
    }


class DecisionForm(Form):
    """What staff decide about one cell. `seen`: how many decisions there were when it was read."""

    seen = HiddenField()
    kind = RadioField(_l("What it shall be"), choices=[])
    points = PointsField(_l("Points"))
    why = reason_field(_l("Say why. The student reads it."))

    def offer(self, *, can_take_back: bool) -> None:
        """Offer what can be decided."""
        choices = [(OVERRIDE, _("Other points")), (EXCUSE, _("Excused: it does not count for this student"))]
        if can_take_back:
            choices.append((BACK, _("As it comes: take back what was decided")))
        self.kind.choices = [SelectChoice(value, str(words)) for value, words in choices]

    def validate(self, extra_validators: Mapping[str, Sequence[Any]] | None = None) -> bool:
        """Other points need the points."""
        is_valid = bool(super().validate(extra_validators))
        if self.kind.data == OVERRIDE and self.points.data is None and not self.points.errors:
            self.points.errors = [*self.points.errors, _("Write the points.")]
            return False
        return is_valid

    def read(self) -> Verdict:
        """Return what a valid form says."""
        return Verdict(self.text("kind"), self.points.data, self.text("why"))


class GradesForm(Form):
    """A table of grades: a file, or pasted text, and why. `seen`: the fingerprint of the plan that was previewed."""

    file = FileField(_l("A file"))
    table = TextAreaField(_l("Or paste the table"))
    why = reason_field(_l("Say why. The students read it."))
    seen = HiddenField()


class MessageForm(Form):
    """A few words to a student."""

    body = TextAreaField(
        _l("Message"),
        validators=[
            DataRequired(_l("Write something first.")),
            Length(max=1_000, message=_l("Keep it under 1,000 characters.")),
        ],
    )


class ReplyForm(Form):
    """An answer to a question in the margin."""

    body = body_field(_l("Your answer"))


class ExtensionForm(Form):
    """More days for a student. `seen`: of what the need consisted as the page said it."""

    days = IntegerField(
        _l("More days"),
        validators=[
            InputRequired(_l("Choose how many days.")),
            NumberRange(1, MOST_EXTRA_DAYS, _l("Give a number of days from 1 to %(n)s.", n=MOST_EXTRA_DAYS)),
        ],
    )
    seen = HiddenField()


class ReminderForm(MessageForm):
    """The same words to each of many. `seen`: how many the page said that they are."""

    seen = HiddenField()
