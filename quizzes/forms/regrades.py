"""The form that decides how a question is scored."""

from __future__ import annotations

from collections.abc import Iterable

from flask_babel import lazy_gettext
from wtforms import HiddenField, RadioField, SelectMultipleField, TextAreaField
from wtforms.fields import SelectChoice  # type: ignore[attr-defined]  # newer than its types
from wtforms.validators import DataRequired, InputRequired

from core.forms import Form
from quizzes.forms.questions import at_most
from quizzes.regrade_previews import POLICY_WORDS

LONGEST_REASON = 1_000


class RegradeForm(Form):
    """How to score, the reason for the students, and in which other classes. `seen`: the version previewed."""

    seen = HiddenField()
    policy = RadioField(
        lazy_gettext("How to score it"), validators=[InputRequired(lazy_gettext("Choose how to score the question."))]
    )
    why = TextAreaField(
        lazy_gettext("Reason"),
        [DataRequired(lazy_gettext("Say why. Students whose score changes read it.")), at_most(LONGEST_REASON)],
    )
    also = SelectMultipleField(lazy_gettext("Other classes"), coerce=int)

    def offer(self, policies: Iterable[str], classes: Iterable[tuple[int, str]]) -> None:
        """Name the ways to score, and the other classes (delivery, name) where the same may be done."""
        self.policy.choices = [SelectChoice(policy, POLICY_WORDS[policy]) for policy in policies]
        self.also.choices = [SelectChoice(*pair) for pair in classes]
