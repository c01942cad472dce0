"""One class: its readings, soonest first."""

from __future__ import annotations

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue
from flask_login import current_user

from articles.queries import list_assignments_for
from classroom.allowances import allowance_in_words
from classroom.permissions import is_staff, is_writable, teaches
from classroom.queries import find_allowance, get_enrollment_for
from core import clock
from core.web import is_fragment_request
from discussion.queries import count_unread_by_assignment, count_waiting
from reading.queries.quizzes import list_quiz_states

blueprint = Blueprint("classpage", __name__)


@blueprint.get("/classes/<int:section_id>")
def index(section_id: int) -> ResponseReturnValue:
    """Show the readings of one class with the viewer's own state."""
    place = get_enrollment_for(current_user.id, section_id)
    readings = list_assignments_for(current_user, section_id)
    here = {reading.id for reading in readings}
    quizzes = [q for q in list_quiz_states(current_user.id, clock.now()) if q.assignment_id in here]
    return render_template(
        "reading/_readings.html" if is_fragment_request() else "reading/class.html",
        place=place,
        readings=readings,
        quizzes=quizzes,
        unread=count_unread_by_assignment(current_user.id, [section_id]),
        waiting=count_waiting(section_id, place.enrollment_id) if is_staff(place) else None,
        limits=[] if is_staff(place) else allowance_in_words(find_allowance(place.enrollment_id)),
        is_staff=is_staff(place),
        teaches=teaches(place),
        writable=is_writable(place),
    )
