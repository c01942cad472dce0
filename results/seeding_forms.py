"""The forms of a discussion that begins with how a class answered."""

from __future__ import annotations

from collections.abc import Iterable

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from wtforms import BooleanField, IntegerField, SelectField
from wtforms.validators import InputRequired, NumberRange, StopValidation

from core.forms import Form
from discussion.queries import DiscussionRow

SMALLEST, LARGEST = 2, 30


class SeedForm(Form):
    """Makes a prompt of a question. `is_open`: students who can still answer would see how others did."""

    item = IntegerField(_l("Question"), validators=[InputRequired(_l("Choose a question."))])
    understood = BooleanField(_l("I know that students who can still answer will see how the others did."))
    is_open = False

    def validate_understood(self, field: BooleanField) -> None:
        """Asked only while somebody can still answer."""
        if self.is_open and not field.data:
            raise StopValidation(_l("Tick this, or wait until nobody can answer any more."))


class OppositionForm(Form):
    """Mixes the groups of a thread from students who answered a question differently.

    `held`: how many groups the chosen thread has, and how many students are in them: they are replaced only once that
    is asked for of this thread.
    """

    item = SelectField(
        _l("Who answered this question differently"),
        coerce=int,
        validators=[InputRequired(_l("Choose one of the list."))],
    )
    thread = SelectField(_l("In the discussion"), coerce=int, validators=[InputRequired(_l("Choose one of the list."))])
    size = IntegerField(
        _l("Students in a group"),
        default=4,
        validators=[
            InputRequired(_l("Write how many.")),
            NumberRange(SMALLEST, LARGEST, _l("Choose a number from 2 to 30.")),
        ],
    )
    replaces = BooleanField(_l("Replace the groups that this discussion has"))
    held = (0, 0)

    def validate_replaces(self, field: BooleanField) -> None:
        """Asked only where there is something to replace; a tick was given for one discussion alone."""
        groups, students = self.held
        if groups and field.raw_data != [str(self.thread.data)]:
            field.data = False
            said = ngettext("one student", "%(num)s students", students)
            raise StopValidation(
                _(
                    "This discussion has %(n)s groups with %(students)s already. "
                    "Tick this to put other groups in their place.",
                    n=groups,
                    students=said,
                )
            )

    def offer(self, items: Iterable[tuple[int, str]], threads: Iterable[DiscussionRow]) -> None:
        """Say what can be chosen."""
        self.item.choices = list(items)
        self.thread.choices = [(thread.id, thread.title) for thread in threads]
