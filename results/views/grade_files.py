"""A gradebook as a file, and grades that come in as one."""

from __future__ import annotations

from flask import Blueprint, flash, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from classroom.queries import EnrollmentRow
from classroom.tables import UnreadableTableError, decode, read_table
from core.database import commit, give_up
from core.errors import Conflict
from core.forms import refused
from core.table_files import send_table
from core.web import redirect_to, require
from results.forms import GradesForm
from results.grade_files import about_columns, grade_table
from results.grade_import import Plan, plan_of, read_grades
from results.operations import Actor, Outdated, Verdict, decide_all
from results.permissions import may_decide_grades
from results.queries.grade_lines import every_line, lines_of
from results.queries.gradebook import Book
from results.views.gradebook import around, book_of, get_place

blueprint = Blueprint("grade_files", __name__)
FORM, PREVIEW = "results/grade_import.html", "results/grade_import_preview.html"


@blueprint.get("/classes/<int:section_id>/gradebook.<kind>")
def export(section_id: int, kind: str) -> ResponseReturnValue:
    """The gradebook as a file with column ids that stay; in a workbook another sheet says what the columns are."""
    book = book_of(get_place(section_id))
    table = grade_table(book.columns, every_line(book))
    return send_table(kind, f"gradebook-{section_id}", table, about_columns(book.columns, book.categories))


def _place(section_id: int) -> EnrollmentRow:
    place = get_place(section_id)
    require(may_decide_grades(place), _("This class is archived. It can be read, not changed."))
    return place


def _plan(book: Book, text: str) -> Plan:
    """Say what a table would do. Raises UnreadableTableError."""
    reading = read_grades(read_table(text), [column.key for column in book.columns])
    return plan_of(reading, lines_of(book, sorted(reading.students)))


@blueprint.get("/classes/<int:section_id>/gradebook/import")
def edit(section_id: int) -> ResponseReturnValue:
    """The form for a table of grades."""
    return render_template(FORM, form=GradesForm(), **around(_place(section_id)))


@blueprint.post("/classes/<int:section_id>/gradebook/import")
def preview(section_id: int) -> ResponseReturnValue:
    """Show what a table of grades would change; nothing is written."""
    place, form = _place(section_id), GradesForm()
    is_valid = form.validate_on_submit()
    try:
        if form.file.data and form.file.data.filename:
            form.table.data, form.table.raw_data = decode(form.file.data.read()), None
        plan = _plan(book_of(place), form.text("table"))
    except UnreadableTableError as error:
        form.table.errors = [str(error)]
        return refused(FORM, form=form, **around(place))
    if not is_valid:
        return refused(FORM, form=form, **around(place))
    return render_template(PREVIEW, form=form, plan=plan, **around(place))


@blueprint.post("/classes/<int:section_id>/gradebook/import/confirmation")
def confirm(section_id: int) -> ResponseReturnValue:
    """Change what the preview showed, all of it or nothing."""
    place, form = _place(section_id), GradesForm()
    is_valid = form.validate_on_submit()
    try:
        plan = _plan(book_of(place), form.text("table"))
    except UnreadableTableError as error:
        raise Conflict(str(error)) from None
    if not is_valid or not plan.can_be_done or plan.fingerprint != form.text("seen"):
        return _changed_meanwhile(place, form, plan)
    decisions = [(each.student, each.cell, Verdict(each.kind, each.points, form.text("why"))) for each in plan.changes]
    try:
        decide_all(Actor(current_user.id, section_id), decisions)
    except Outdated:
        give_up()
        return _changed_meanwhile(place, form, _plan(book_of(place), form.text("table")))
    commit()
    flash(_("The grades are in, with the reason."))
    return redirect_to("gradebook.index", section_id=section_id)


def _changed_meanwhile(place: EnrollmentRow, form: GradesForm, plan: Plan) -> ResponseReturnValue:
    message = _("Something changed since this table was checked. Nothing was changed by it. Look at it again.")
    return render_template(PREVIEW, form=form, plan=plan, message=message, **around(place)), 409
