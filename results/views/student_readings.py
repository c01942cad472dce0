"""One student across the readings of a class: for its staff, and for the student."""

from __future__ import annotations

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from classroom.permissions import is_writable, studies
from classroom.queries import get_enrollment_for
from core import clock
from core.web import require
from discussion.queries import list_new_replies_to
from results.grade_cells import Moment, Student
from results.queries.gradebook import get_grade_student
from results.queries.student_readings import list_writable, read_own_readings, read_student_readings
from results.student_readings import in_number, next_up
from results.views.gradebook import get_place

blueprint = Blueprint("student_readings", __name__)
MOST_NEXT, MOST_REPLIES = 5, 5


@blueprint.get("/classes/<int:section_id>/students/<int:enrollment_id>/readings")
def show(section_id: int, enrollment_id: int) -> ResponseReturnValue:
    """Every reading in order: how far the student is, the score, where points were lost, and what they wrote."""
    place = get_place(section_id)
    student = get_grade_student(section_id, enrollment_id)
    lines = read_student_readings(section_id, student, Moment(place.time_zone, clock.now()))
    return render_template(
        "results/student_readings.html",
        place=place,
        student=student,
        lines=lines,
        handed_in=in_number(lines),
        own=False,
    )


@blueprint.get("/classes/<int:section_id>/your-readings")
def own(section_id: int) -> ResponseReturnValue:
    """The same for the student: their own alone, as far as it is released."""
    place, now = get_enrollment_for(current_user.id, section_id), clock.now()
    require(studies(place), _("This page is for students. Yours is the class over time."))
    lines = read_own_readings(section_id, place.enrollment_id, Moment(place.time_zone, now))
    upcoming = next_up(lines, now, list_writable(current_user.id, lines, now)) if is_writable(place) else []
    return render_template(
        "results/student_readings.html",
        own=True,
        place=place,
        student=Student(place.enrollment_id, current_user.name),
        lines=lines,
        handed_in=in_number(lines),
        now=now,
        next_up=upcoming[:MOST_NEXT],
        replies=list_new_replies_to(current_user.id, [section_id], MOST_REPLIES),
    )
