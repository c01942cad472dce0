"""The people of a class: who is in, in which role, and who was."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import Blueprint, flash, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from classroom import operations, queries
from classroom.allowances import allowance_in_words
from classroom.forms import LabelForm
from classroom.passwords import hash_one_time_password, new_one_time_password
from classroom.permissions import (
    is_active_student,
    may_reset_password,
    require_staff,
    require_teacher,
    require_writable,
    roles_open_to,
)
from core.database import commit
from core.errors import Conflict
from core.forms import refused
from core.web import redirect_to, require

blueprint = Blueprint("people", __name__)
PEOPLE = "classroom/people.html"


@blueprint.get("/classes/<int:section_id>/people")
def index(section_id: int) -> ResponseReturnValue:
    """Everybody in the class, invited to it, or formerly in it."""
    place = queries.get_enrollment_for(current_user.id, section_id)
    require_staff(place)
    people = queries.list_people(section_id)
    return render_template(PEOPLE, **_shown(place, people, LabelForm().offer(())))


@blueprint.post("/classes/<int:section_id>/labels")
def label(section_id: int) -> ResponseReturnValue:
    """Give the students that are ticked a label, or take it from them (`take`)."""
    place = queries.get_enrollment_for(current_user.id, section_id)
    require_staff(place)
    require_writable(place)
    people = queries.list_people(section_id)
    form = LabelForm().offer(each.enrollment_id for each in people if is_active_student(each))
    if not form.validate():
        return refused(PEOPLE, **_shown(place, people, form))
    name, chosen = form.text("label"), form.people.data or []
    if "take" in request.form:
        operations.unlabel_people(current_user.id, section_id, name, chosen)
    else:
        operations.label_people(current_user.id, section_id, name, chosen)
    commit()
    flash(_("The labels are saved."))
    return redirect_to("people.index", section_id=section_id)


def _shown(place: queries.EnrollmentRow, people: Sequence[queries.PersonRow], form: LabelForm) -> dict[str, Any]:
    section_id = place.section_id
    labels = queries.list_labels_of_people(section_id)
    return {
        "place": place,
        "section": queries.get_settings(section_id),
        "active": [person for person in people if person.state == "active"],
        "invited": [person for person in people if person.state == "invited"],
        "former": [person for person in people if person.state == "removed"],
        "allowances": {at: allowance_in_words(own) for at, own in queries.list_allowances(section_id).items()},
        "labels": labels,
        "label_names": sorted({name for names in labels.values() for name in names}, key=str.casefold),
        "form": form,
        "roles_open_to": roles_open_to,
        "may_reset_password": may_reset_password,
    }


def _changed(section_id: int, enrollment_id: int) -> tuple[queries.EnrollmentRow, queries.PersonRow]:
    """Return the instructor's place and the person to be changed; 404 and 403 before anything is done."""
    place = queries.get_enrollment_for(current_user.id, section_id)
    person = queries.get_person_in(section_id, enrollment_id)
    require_teacher(place)
    require_writable(place)
    return place, person


@blueprint.post("/classes/<int:section_id>/people/<int:enrollment_id>/role")
def change_role(section_id: int, enrollment_id: int) -> ResponseReturnValue:
    """Give a person another role in the class."""
    _place, person = _changed(section_id, enrollment_id)
    role = request.form.get("role", "")
    require(role in roles_open_to(person.account_role), _("This role is not open to this account."))
    try:
        operations.change_role(current_user.id, enrollment_id, role)
    except operations.LastInstructorError:
        raise _last_instructor() from None
    commit()
    flash(_("%(name)s has a new role.", name=person.name))
    return redirect_to("people.index", section_id=section_id)


def _last_instructor() -> Conflict:
    return Conflict(_("A class keeps at least one instructor. Make somebody else an instructor first."))


@blueprint.post("/classes/<int:section_id>/people/<int:enrollment_id>/removal")
def remove(section_id: int, enrollment_id: int) -> ResponseReturnValue:
    """Take a person out of the class; the work stays."""
    _place, person = _changed(section_id, enrollment_id)
    try:
        operations.remove_person(current_user.id, enrollment_id)
    except operations.LastInstructorError:
        raise _last_instructor() from None
    commit()
    flash(_("%(name)s is no longer in this class. All work is kept.", name=person.name))
    return redirect_to("people.index", section_id=section_id)


@blueprint.post("/classes/<int:section_id>/people/<int:enrollment_id>/restoration")
def restore(section_id: int, enrollment_id: int) -> ResponseReturnValue:
    """Take a former person back."""
    _place, person = _changed(section_id, enrollment_id)
    operations.restore_person(current_user.id, enrollment_id)
    commit()
    flash(_("%(name)s is back, with all earlier work.", name=person.name))
    return redirect_to("people.index", section_id=section_id)


@blueprint.post("/classes/<int:section_id>/people/<int:enrollment_id>/password")
def reset_password(section_id: int, enrollment_id: int) -> ResponseReturnValue:
    """Set a one-time password and show it, once: it is kept nowhere, so this page is not a redirect."""
    password = new_one_time_password()
    password_hash = hash_one_time_password(password)  # before the database is asked to write
    place, person = _changed(section_id, enrollment_id)
    require(may_reset_password(place, person), _("This person sets a new password by mail."))
    operations.reset_by_instructor(current_user.id, section_id, person.user_id, password_hash)
    commit()
    sheet = [operations.ImportedPerson(person.name, person.username or person.email or "", password)]
    section = queries.get_settings(section_id)
    return render_template("classroom/sheet.html", section=section, people=sheet, is_reset=True)
