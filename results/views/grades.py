"""A student's own grades, as far as they are released."""

from __future__ import annotations

from functools import partial

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from classroom.permissions import studies
from classroom.queries import get_enrollment_for
from core import clock
from core.web import require
from quizzes.timing import GRACE
from results.grade_cells import own_line
from results.grade_list import own_rows
from results.queries.gradebook import get_grade_student, read_book, read_lines

blueprint = Blueprint("grades", __name__)


@blueprint.get("/classes/<int:section_id>/grades")
def index(section_id: int) -> ResponseReturnValue:
    """What is released, how it came about and, once totals are shown, the total of it."""
    place, now = get_enrollment_for(current_user.id, section_id), clock.now()
    require(studies(place), _("This page is for students. Yours is the gradebook."))
    book = read_book(section_id, place.time_zone, now)
    # In the last seconds a save may still count: nothing of an attempt is told until they are over.
    student = get_grade_student(section_id, place.enrollment_id)
    (line,) = read_lines(book, [student], handed_in_before=now - GRACE)
    own = own_line(line, book.categories, now, shows_total=book.totals_released_at is not None)
    return render_template("results/grades.html", place=place, own=own, rows=partial(own_rows, own))
