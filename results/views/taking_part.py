"""How a class takes part in the discussions of a reading, for its staff."""

from __future__ import annotations

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from core import clock
from results.queries.taking_part import read_taking_part
from results.views.asked import get_named_reading

blueprint = Blueprint("taking_part", __name__)


@blueprint.get("/readings/<int:assignment_id>/results/taking-part")
def index(assignment_id: int) -> ResponseReturnValue:
    """Who posted in each discussion, against what it asks for."""
    reading = get_named_reading(assignment_id)
    students, discussions = read_taking_part(reading, clock.now())
    return render_template("results/taking_part.html", reading=reading, students=students, discussions=discussions)
