"""Importing a class list: a file or pasted text, a preview, then all of it or nothing."""

from __future__ import annotations

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from classroom import operations, queries
from classroom.forms import RosterForm, RosterImportForm
from classroom.passwords import hash_one_time_password, new_one_time_password
from classroom.permissions import require_teacher, require_writable
from classroom.roster_plans import RosterPlan, plan_roster
from classroom.rosters import Entry, parse_roster
from classroom.tables import UnreadableTableError, decode
from core.database import commit, give_up
from core.errors import Conflict
from core.forms import refused

blueprint = Blueprint("roster", __name__)
FORM, PREVIEW = "classroom/roster.html", "classroom/roster_preview.html"


def _section(section_id: int) -> queries.SettingsRow:
    place = queries.get_enrollment_for(current_user.id, section_id)
    require_teacher(place)
    require_writable(place)
    return queries.get_settings(section_id)


def _plan(section_id: int, entries: tuple[Entry, ...]) -> RosterPlan:
    names = [name for entry in entries for name in (entry.email, entry.username) if name]
    return plan_roster(entries, queries.find_known_people(section_id, names), queries.list_taken_usernames())


@blueprint.get("/classes/<int:section_id>/roster")
def edit(section_id: int) -> ResponseReturnValue:
    """The form for a class list."""
    return render_template(FORM, form=RosterForm(), section=_section(section_id))


@blueprint.post("/classes/<int:section_id>/roster")
def preview(section_id: int) -> ResponseReturnValue:
    """Show what importing the list would do; nothing is written."""
    form = RosterForm()
    form.validate_on_submit()
    try:
        if form.file.data and form.file.data.filename:
            form.roster.data = decode(form.file.data.read())
        entries = parse_roster(form.text("roster"))
    except UnreadableTableError as error:
        form.roster.errors = [str(error)]
        return refused(FORM, form=form, section=_section(section_id))
    section = _section(section_id)
    return render_template(PREVIEW, section=section, plan=_plan(section_id, entries), roster=form.text("roster"))


def _new_password() -> operations.NewPassword:
    password = new_one_time_password()
    return operations.NewPassword(password, hash_one_time_password(password))


@blueprint.post("/classes/<int:section_id>/roster/import")
def import_list(section_id: int) -> ResponseReturnValue:
    """Import what the preview showed and print the sheet, once: its passwords are kept nowhere."""
    _section(section_id)
    give_up()  # others may write while the passwords are hashed
    form = RosterImportForm()
    form.validate_on_submit()
    try:
        entries = parse_roster(form.text("roster"))
    except UnreadableTableError as error:
        raise Conflict(str(error)) from None
    passwords = {entry.line: _new_password() for entry in entries}
    section = _section(section_id)
    plan = _plan(section_id, entries)
    if plan.fingerprint != form.seen.data or not plan.can_be_imported:
        return _changed_meanwhile(section, plan, form.text("roster"))
    try:
        people = operations.import_roster(current_user.id, section_id, plan, passwords)
    except operations.NameTakenError:
        give_up()
        return _changed_meanwhile(section, _plan(section_id, entries), form.text("roster"))
    commit()
    return render_template("classroom/sheet.html", section=section, people=people, is_reset=False, plan=plan)


def _changed_meanwhile(section: queries.SettingsRow, plan: RosterPlan, roster: str) -> ResponseReturnValue:
    message = _("Something changed since this list was checked. Nothing was imported. Look at it again.")
    return render_template(PREVIEW, section=section, plan=plan, roster=roster, message=message), 409
