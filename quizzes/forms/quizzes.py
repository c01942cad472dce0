"""The form of a quiz's title."""

from __future__ import annotations

from flask_babel import lazy_gettext
from wtforms import StringField
from wtforms.validators import DataRequired

from core.forms import Form
from quizzes.forms.questions import at_most


class TitleForm(Form):
    """What a quiz is called."""

    title = StringField(lazy_gettext("Title"), [DataRequired(lazy_gettext("Give the quiz a title.")), at_most(200)])
