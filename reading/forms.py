"""Forms of the reading page."""

from __future__ import annotations

from wtforms import IntegerField
from wtforms.validators import InputRequired

from core.forms import Form


class PlaceForm(Form):
    """How far somebody has come: the ¶ number."""

    paragraph = IntegerField(validators=[InputRequired()])
