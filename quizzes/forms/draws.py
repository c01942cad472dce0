"""The form of a draw: from which tag, how many, worth what."""

from __future__ import annotations

from collections.abc import Iterable

from flask_babel import gettext as _
from flask_babel import lazy_gettext, ngettext
from wtforms import Field, SelectField, ValidationError
from wtforms.fields import SelectChoice  # type: ignore[attr-defined]  # newer than its types

from core.fields import PointsField, WholeNumberField
from core.forms import Form
from quizzes.queries.draws import PoolRow
from quizzes.tags import tag_key


class DrawForm(Form):
    """How many questions of a tag every attempt asks."""

    tag = SelectField(lazy_gettext("Tag"), validate_choice=False)
    many = WholeNumberField(lazy_gettext("How many"))
    points = PointsField(lazy_gettext("Points for each"))
    pools: dict[str, PoolRow]

    def offer(self, pools: Iterable[PoolRow]) -> DrawForm:
        """Let the author choose among these tags."""
        self.pools = {tag_key(row.tag): row for row in pools}
        words = {
            key: ngettext("%(tag)s (%(num)s question)", "%(tag)s (%(num)s questions)", row.questions, tag=row.tag)
            for key, row in self.pools.items()
        }
        self.tag.choices = [SelectChoice(key, said) for key, said in words.items()]
        return self

    def validate_tag(self, field: Field) -> None:
        """The tag must offer questions."""
        if field.data not in self.pools:
            raise ValidationError(_("Choose a tag that some of your questions have."))

    def validate_many(self, field: Field) -> None:
        """There must be as many questions as are drawn."""
        if field.errors or field.process_errors:
            return
        if not field.data:
            raise ValidationError(_("Draw at least one question."))
        pool = self.pools.get(self.tag.data)
        if pool and field.data > pool.questions:
            raise ValidationError(_("Only %(n)s questions with this tag are free for this quiz.", n=pool.questions))

    def validate_points(self, field: Field) -> None:
        """A drawn question is worth something."""
        if not field.errors and not field.process_errors and not field.data:
            raise ValidationError(_("Give the question more than 0 points."))
