"""What a student who was away has to catch up on in one reading: their own, nobody else's."""

from __future__ import annotations

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from articles.queries import get_assignment_for
from classroom.permissions import studies
from core import clock
from core.web import require
from results.queries.catch_up import read_catch_up

blueprint = Blueprint("catch_up", __name__)


@blueprint.get("/readings/<int:assignment_id>/catch-up")
def show(assignment_id: int) -> ResponseReturnValue:
    """What is still to do, what went wrong as far as it is released, and what the class said that stands out."""
    reading = get_assignment_for(current_user, assignment_id)
    require(studies(reading), _("This page is for students."))
    return render_template("results/catch_up.html", page=read_catch_up(current_user.id, reading, clock.now()))
