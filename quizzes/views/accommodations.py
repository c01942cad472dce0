"""What one student of a class is allowed beyond others: for the class's staff."""

from __future__ import annotations

from dataclasses import asdict

from flask import Blueprint, flash, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from classroom.allowances import allowance_in_words
from classroom.permissions import require_staff, require_writable
from classroom.queries import EnrollmentRow, PersonRow, find_allowance, get_enrollment_for, get_person_in
from core import clock
from core.database import commit
from core.web import not_found, redirect_to
from quizzes.forms.accommodations import AllowanceForm
from quizzes.operations.accommodations import change_allowance
from quizzes.own_limits import terms_in_words
from quizzes.queries.accommodations import list_terms

blueprint = Blueprint("accommodations", __name__)


@blueprint.get("/classes/<int:section_id>/people/<int:enrollment_id>/limits")
def edit(section_id: int, enrollment_id: int) -> ResponseReturnValue:
    """Show a student's limits, and what they mean for each quiz of the class."""
    place, person = _student(section_id, enrollment_id)
    return _page(place, person, AllowanceForm(data=asdict(find_allowance(enrollment_id))))


@blueprint.post("/classes/<int:section_id>/people/<int:enrollment_id>/limits")
def save(section_id: int, enrollment_id: int) -> ResponseReturnValue:
    """Change them: at once, also for attempts in progress; what is over stays over."""
    place, person = _student(section_id, enrollment_id)
    require_writable(place)
    form = AllowanceForm()
    if not form.validate():
        return _page(place, person, form), 422
    change_allowance(current_user.id, enrollment_id, form.allowance(), clock.now())
    commit()
    flash(_("The limits of %(name)s are saved.", name=person.name))
    return redirect_to("accommodations.edit", section_id=section_id, enrollment_id=enrollment_id)


def _student(section_id: int, enrollment_id: int) -> tuple[EnrollmentRow, PersonRow]:
    place = get_enrollment_for(current_user.id, section_id)
    require_staff(place)
    person = get_person_in(section_id, enrollment_id)
    if person.role != "student":
        not_found()
    return place, person


def _page(place: EnrollmentRow, person: PersonRow, form: AllowanceForm) -> str:
    allowance = find_allowance(person.enrollment_id)
    terms = list_terms(place.section_id, person.enrollment_id)
    return render_template(
        "quizzes/accommodations/edit.html",
        place=place,
        person=person,
        form=form,
        words=allowance_in_words(allowance),
        rows=[(row, terms_in_words(row, allowance)) for row in terms],
    )
