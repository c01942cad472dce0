"""Classes: making one, its settings, its join code, its archive."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from flask import Blueprint, flash, g, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from classroom import operations, queries
from classroom.forms import SectionForm
from classroom.join_codes import shown
from classroom.permissions import may_create_sections, require_teacher, require_writable
from core.database import commit
from core.forms import refused
from core.web import redirect_to, require

blueprint = Blueprint("sections", __name__)
blueprint.add_app_template_filter(shown, "join_code")
NEW, SETTINGS = "classroom/new.html", "classroom/settings.html"


def _my_sections() -> Sequence[queries.SectionRow]:
    if not current_user.is_authenticated:
        return ()
    if "my_sections" not in g:
        g.my_sections = queries.list_sections_for(current_user.id)
    rows: Sequence[queries.SectionRow] = g.my_sections
    return rows


@blueprint.app_context_processor
def offer_sections() -> dict[str, Callable[[], Any]]:
    """Give templates `my_sections()`: the viewer's classes, read once and only when asked for."""
    return {"my_sections": _my_sections}


@blueprint.get("/classes/new")
def new() -> ResponseReturnValue:
    """The form for a new class."""
    require(may_create_sections(current_user), _("This page is for instructors."))
    form = SectionForm(time_zone=current_user.time_zone)
    return render_template(NEW, form=form)


@blueprint.post("/classes/new")
def create() -> ResponseReturnValue:
    """Make a class and show its join code."""
    require(may_create_sections(current_user), _("This page is for instructors."))
    form = SectionForm()
    if not form.validate_on_submit():
        return refused(NEW, form=form)
    section = operations.create_section(current_user.id, _of(form))
    section_id = section.id
    commit()
    flash(_("The class is made. Share its code, or import a class list."))
    return redirect_to("people.index", section_id=section_id)


def _of(form: SectionForm) -> operations.NewSection:
    return operations.NewSection(form.text("name"), form.text("time_zone"), form.text("term"))


def _taught(section_id: int) -> queries.EnrollmentRow:
    place = queries.get_enrollment_for(current_user.id, section_id)
    require_teacher(place)
    return place


@blueprint.get("/classes/<int:section_id>/settings")
def settings(section_id: int) -> ResponseReturnValue:
    """Name, term, time zone, join code, archive."""
    _taught(section_id)
    section = queries.get_settings(section_id)
    return render_template(SETTINGS, form=SectionForm(obj=section), section=section)


@blueprint.post("/classes/<int:section_id>/settings")
def update(section_id: int) -> ResponseReturnValue:
    """Change name, term and time zone."""
    require_writable(_taught(section_id))
    form = SectionForm()
    if not form.validate_on_submit():
        return refused(SETTINGS, form=form, section=queries.get_settings(section_id))
    operations.update_section(section_id, _of(form))
    commit()
    flash(_("Saved."))
    return redirect_to("sections.settings", section_id=section_id)


@blueprint.post("/classes/<int:section_id>/join-code")
def rotate_join_code(section_id: int) -> ResponseReturnValue:
    """Replace the join code."""
    require_writable(_taught(section_id))
    operations.rotate_join_code(current_user.id, section_id)
    commit()
    flash(_("The class has a new code. The old one no longer works."))
    return redirect_to("sections.settings", section_id=section_id)


@blueprint.post("/classes/<int:section_id>/joining")
def set_joining(section_id: int) -> ResponseReturnValue:
    """Open or close the class for joining by code (`open` is 1 or 0)."""
    require_writable(_taught(section_id))
    join_open = request.form.get("open") == "1"
    operations.set_join_open(current_user.id, section_id, join_open)
    commit()
    flash(_("People can join with the code.") if join_open else _("Nobody can join with the code for now."))
    return redirect_to("sections.settings", section_id=section_id)


@blueprint.post("/classes/<int:section_id>/archive")
def archive(section_id: int) -> ResponseReturnValue:
    """Make the class read-only."""
    _taught(section_id)
    operations.archive_section(current_user.id, section_id)
    commit()
    flash(_("The class is archived. Everything in it can be read, nothing changed."))
    return redirect_to("sections.settings", section_id=section_id)


@blueprint.post("/classes/<int:section_id>/reopening")
def unarchive(section_id: int) -> ResponseReturnValue:
    """Let the class be changed again."""
    _taught(section_id)
    operations.unarchive_section(current_user.id, section_id)
    commit()
    flash(_("The class is open again."))
    return redirect_to("sections.settings", section_id=section_id)
