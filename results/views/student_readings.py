"""One student across the readings of a class, for its staff."""

from __future__ import annotations

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from core import clock
from results.grade_cells import Moment
from results.queries.gradebook import get_grade_student
from results.queries.student_readings import read_student_readings
from results.student_readings import in_number
from results.views.gradebook import get_place

blueprint = Blueprint("student_readings", __name__)


@blueprint.get("/classes/<int:section_id>/students/<int:enrollment_id>/readings")
def show(section_id: int, enrollment_id: int) -> ResponseReturnValue:
    """Every reading in order: how far the student is, the score, where points were lost, and what they wrote."""
    place = get_place(section_id)
    student = get_grade_student(section_id, enrollment_id)
    lines = read_student_readings(section_id, student, Moment(place.time_zone, clock.now()))
    return render_template(
        "results/student_readings.html", place=place, student=student, lines=lines, handed_in=in_number(lines)
    )
