"""The form of groups: how to split a thread."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import IntegerField, RadioField
from wtforms.fields import SelectChoice  # type: ignore[attr-defined]  # newer than its types
from wtforms.validators import AnyOf, InputRequired, NumberRange

from core.forms import Form
from discussion.group_models import MOST_GROUPS

WAYS = (COUNT, SIZE) = ("count", "size")


class SplitForm(Form):
    """How to split: into so many groups, or into groups of so many."""

    way = RadioField(
        _l("Split by chance"),
        choices=[SelectChoice(COUNT, _l("Into this many groups")), SelectChoice(SIZE, _l("Into groups of this many"))],
        default=COUNT,
        validators=[AnyOf(WAYS)],
    )
    number = IntegerField(
        _l("How many"),
        default=4,
        validators=[
            InputRequired(_l("Write how many.")),
            NumberRange(2, MOST_GROUPS, _l("Choose a number from 2 to %(most)s.", most=MOST_GROUPS)),
        ],
    )
