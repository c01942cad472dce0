"""Muting a student of a class: they read, and do not write for others."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user

from classroom.permissions import is_active_student, require_staff, require_writable
from classroom.queries import EnrollmentRow, PersonRow, find_mute, get_enrollment_for, get_person_in
from core.database import commit
from core.forms import asked
from core.web import require, safe_next_url
from discussion import operations
from discussion.forms import MuteForm
from discussion.operations import Actor
from discussion.queries.moderation import MUTED

blueprint = Blueprint("mutes", __name__)
TEMPLATE = "discussion/mute.html"
_STUDENTS = _l("Students of the class can be muted, nobody else.")


def _found(section_id: int, enrollment_id: int) -> tuple[EnrollmentRow, PersonRow]:
    place = get_enrollment_for(current_user.id, section_id)
    require_staff(place)
    require_writable(place)
    person = get_person_in(section_id, enrollment_id)
    require(is_active_student(person), _STUDENTS)
    return place, person


def _list(section_id: int) -> str:
    return safe_next_url(url_for("moderation_list.index", section_id=section_id, list=MUTED))


@blueprint.route("/classes/<int:section_id>/people/<int:enrollment_id>/mute", methods=["GET", "POST"])
def mute(section_id: int, enrollment_id: int) -> ResponseReturnValue:
    """Mute a student, with a reason that they read; or see why they are."""
    form = MuteForm()
    is_valid = form.validate_on_submit()
    place, person = _found(section_id, enrollment_id)
    if not is_valid:
        shown = {
            "form": form,
            "place": place,
            "section": {"id": section_id, "name": place.section_name},
            "person": person,
            "mute": find_mute(section_id, enrollment_id),
            "back": _list(section_id),
        }
        return asked(TEMPLATE, **shown)
    operations.mute_student(Actor(current_user.id, section_id), enrollment_id, form.text("reason"))
    commit()
    flash(_("%(name)s can read, and not write for others.", name=person.name))
    return redirect(_list(section_id), 303)


@blueprint.post("/classes/<int:section_id>/people/<int:enrollment_id>/mute/removal")
def unmute(section_id: int, enrollment_id: int) -> ResponseReturnValue:
    """Let a student write again."""
    _place, person = _found(section_id, enrollment_id)
    operations.unmute_student(Actor(current_user.id, section_id), enrollment_id)
    commit()
    flash(_("%(name)s can write again.", name=person.name))
    return redirect(_list(section_id), 303)
