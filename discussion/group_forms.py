"""The form of groups: how to split a thread."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import IntegerField, RadioField
from wtforms.fields import SelectChoice  # type: ignore[attr-defined]  # newer than its types
from wtforms.validators import AnyOf, InputRequired, NumberRange

from core.forms import Form
from discussion.group_models import MOST_GROUPS
from discussion.operations import Move

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


def read_moves(sent: Any, students: Iterable[int]) -> dict[int, Move]:
    """Return where students (places in the class) shall go, of those for whom another group was chosen than was seen.

    `sent`: the form; "s12" is the group chosen for the student 12, "was12" the one in which the page showed them.
    """
    read = {who: (sent.get(f"s{who}", type=int), sent.get(f"was{who}", type=int)) for who in students}
    return {who: Move(group, seen) for who, (group, seen) in read.items() if group is not None and group != seen}
