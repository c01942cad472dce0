"""A class over its readings, for its staff and observers."""

from __future__ import annotations

from fractions import Fraction

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from articles.queries import list_assignments_for
from classroom.queries import get_enrollment_for
from core import clock
from core.points import half_up
from core.web import require
from results.permissions import may_see_names, may_see_results
from results.queries.class_readings import read_class_readings

blueprint = Blueprint("class_readings", __name__)


@blueprint.app_template_filter("one_place")
def one_place(value: Fraction) -> str:
    """Print a number from 0 up with one place, half up: "1.3"."""
    tenths = half_up(value * 10)
    return f"{tenths // 10}.{tenths % 10}"


@blueprint.get("/classes/<int:section_id>/over-time")
def show(section_id: int) -> ResponseReturnValue:
    """Every reading in order: how many handed in, how many late, the middle score, and for staff what was posted."""
    place = get_enrollment_for(current_user.id, section_id)
    require(may_see_results(place), _("This page is for your instructors"))
    readings = list_assignments_for(current_user, section_id)
    lines = read_class_readings(section_id, readings, clock.now())
    return render_template("results/class_readings.html", place=place, lines=lines, names=may_see_names(place))
