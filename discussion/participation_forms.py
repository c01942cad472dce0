"""Forms of participation: what a prompt asks of each student, and why staff grant a box or take one away."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, IntegerField, SelectField
from wtforms.fields import SelectChoice  # type: ignore[attr-defined]  # newer than its types
from wtforms.validators import NumberRange, Optional

from core.fields import PointsField, reason_field
from core.forms import Form, LocalDateTimeField, Rows
from discussion.participation import Requirement
from discussion.participation_models import CITED, MOST_BOXES, POST, REPLY

FEWEST_ROWS, MOST_ROWS = 3, 6
KIND_WORDS = {
    POST: _l("Posts of one’s own"),
    CITED: _l("Posts that cite a sentence"),
    REPLY: _l("Replies to different classmates"),
}


class RequirementForm(Form):
    """One row of what a prompt asks for; without a kind it asks for nothing. Times are in the class's zone."""

    id = HiddenField()
    kind = SelectField(
        _l("What"), choices=[SelectChoice("", _l("Nothing")), *(SelectChoice(*each) for each in KIND_WORDS.items())]
    )
    count = IntegerField(
        _l("How many"),
        default=1,
        validators=[Optional(), NumberRange(1, MOST_BOXES, _l("Choose a number from 1 to %(most)s.", most=MOST_BOXES))],
    )
    due_at = LocalDateTimeField(_l("Until"), validators=[Optional()])
    points = PointsField(_l("Points for all"))

    def validate(self, extra_validators: Mapping[str, Sequence[Any]] | None = None) -> bool:
        """What is asked for has a number and a time; a row in which something was typed says what it asks for."""
        is_valid = bool(super().validate(extra_validators))
        if not self.kind.data:
            wanted = None if self.id.data or not (self.due_at.raw_data and self.due_at.raw_data[0]) else self.kind
            return is_valid if wanted is None else self._lacks(wanted, _l("Choose what it asks for."))
        if self.count.data is None and not self.count.errors:
            is_valid = self._lacks(self.count, _l("Write how many."))
        if self.due_at.data is None and not self.due_at.errors:
            is_valid = self._lacks(self.due_at, _l("Choose until when."))
        return is_valid

    def read(self) -> Requirement:
        """Return what a valid row asks for."""
        number = self.text("id")
        due_at: Any = self.due_at.data
        known = int(number) if number.isdecimal() else 0
        return Requirement(known, self.text("kind"), self.count.data or 1, due_at, self.points.data or 0)

    @staticmethod
    def _lacks(field: Any, words: str) -> bool:
        field.errors = [*field.errors, words]
        return False


class RequirementsForm(Form):
    """The rows of what a prompt asks for."""

    requirements = Rows(RequirementForm, most=MOST_ROWS)

    def set_zone(self, zone: str) -> None:
        """Read and show times in this zone."""
        for entry in self.requirements:
            entry.form.due_at.zone = zone

    def asked(self) -> list[Requirement]:
        """Return what the rows ask for, in order, once they are valid."""
        return [entry.form.read() for entry in self.requirements if entry.form.kind.data]


def rows_of(requirements: Sequence[Requirement]) -> list[dict[str, Any]]:
    """Return what rows show these requirements, with empty ones to add more."""
    held = [
        {"id": each.id, "kind": each.kind, "count": each.count, "due_at": each.due_at, "points": each.points}
        for each in requirements
    ]
    wanted = min(MOST_ROWS, max(FEWEST_ROWS, len(held) + 1))
    return held + [{"count": 1} for _row in range(wanted - len(held))]


class RulingForm(Form):
    """Why a box is granted, or a post does not count. `instead_of`: the decision it shall stand for, once seen."""

    note = reason_field(_l("Say why. The student reads it."))
    instead_of = HiddenField()
