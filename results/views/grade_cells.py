"""One cell of a gradebook: how it came about, its history, and what staff decide about it."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, flash, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from classroom.queries import EnrollmentRow
from core.database import commit
from core.forms import asked
from core.web import not_found, redirect_to, require
from results.forms import DecisionForm
from results.grade_cells import Cell, Decision, Student
from results.operations import Actor, Outdated, decide
from results.permissions import may_decide_grades
from results.queries.gradebook import get_grade_student, read_decisions, read_lines
from results.views.gradebook import around, book_of, get_place

blueprint = Blueprint("grade_cells", __name__)


@dataclass(frozen=True)
class _Found:
    """A cell, whose it is, what was decided about it (the newest first), and the viewer's place."""

    place: EnrollmentRow
    student: Student
    cell: Cell
    history: list[Decision]


def _find(section_id: int, enrollment_id: int, key: str) -> _Found:
    place = get_place(section_id)
    student, book = get_grade_student(section_id, enrollment_id), book_of(place)
    column = book.column(key) or not_found()
    (line,) = read_lines(book, [student])
    history = read_decisions([enrollment_id]).get((enrollment_id, key), [])
    return _Found(place, student, line.cells[column.key], history[::-1])


def _context(found: _Found, form: DecisionForm) -> dict[str, object]:
    return {
        "student": found.student,
        "cell": found.cell,
        "history": found.history,
        "form": form,
        **around(found.place),
    }


@blueprint.get("/classes/<int:section_id>/gradebook/students/<int:enrollment_id>/<column>")
def show(section_id: int, enrollment_id: int, column: str) -> ResponseReturnValue:
    """Show a cell and ask what it shall be."""
    found = _find(section_id, enrollment_id, column)
    form = DecisionForm(data={"seen": str(found.cell.number), "kind": "override"})
    form.offer(can_take_back=found.cell.ruled is not None)
    return render_template("results/grade_cell.html", clashes=False, **_context(found, form))


@blueprint.post("/classes/<int:section_id>/gradebook/students/<int:enrollment_id>/<column>")
def decide_cell(section_id: int, enrollment_id: int, column: str) -> ResponseReturnValue:
    """Keep what staff decide; who has not seen the last decision is shown it first."""
    found = _find(section_id, enrollment_id, column)
    require(may_decide_grades(found.place), _("This class is archived. It can be read, not changed."))
    form = DecisionForm()
    form.offer(can_take_back=found.cell.ruled is not None)
    if form.text("seen") != str(found.cell.number):
        return _clash(found, form)
    if not form.validate():
        return asked("results/grade_cell.html", clashes=False, **_context(found, form))
    try:
        decide(Actor(current_user.id, section_id), found.student, found.cell, form.read())
    except Outdated:
        return _clash(_find(section_id, enrollment_id, column), form)
    commit()
    flash(_("Saved, with the reason."))
    return redirect_to("gradebook.student", section_id=section_id, enrollment_id=enrollment_id, _anchor=column)


def _clash(found: _Found, form: DecisionForm) -> ResponseReturnValue:
    """Show both: what was decided meanwhile, and what was typed here."""
    form.offer(can_take_back=found.cell.ruled is not None)
    form.seen.data, form.seen.raw_data = str(found.cell.number), None
    return render_template("results/grade_cell.html", clashes=True, **_context(found, form)), 409
