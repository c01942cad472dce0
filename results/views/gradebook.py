"""The gradebook of a class, for its staff."""

from __future__ import annotations

from functools import partial
from typing import Any

from flask import Blueprint, flash, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from classroom.queries import EnrollmentRow, get_enrollment_for, list_labels
from core import clock
from core.database import commit
from core.forms import asked
from core.web import not_found, redirect_to, require
from results.forms import ArrangementForm, arranged
from results.grade_list import StaffList, staff_rows
from results.grade_order import MOST_CELLS, order_asked
from results.grade_table import students_a_page, table_rows
from results.grade_words import (
    cell_in_words,
    decision_in_words,
    look,
    part_in_words,
    part_name,
    per_cent,
    points_or_none,
    shown,
    total_in_words,
    unfinished,
)
from results.operations import Actor, Outdated, arrange, show_totals
from results.permissions import may_arrange_grades, may_decide_grades, may_see_names
from results.queries.gradebook import Book, Which, get_grade_student, read_book, read_lines, read_page

blueprint = Blueprint("gradebook", __name__)
for name, words in (
    ("per_cent", per_cent),
    ("grade_cell", shown),
    ("grade_look", look),
    ("cell_in_words", cell_in_words),
    ("part_in_words", part_in_words),
    ("part_name", part_name),
    ("total_in_words", total_in_words),
    ("unfinished", unfinished),
    ("decision_in_words", decision_in_words),
    ("points_or_none", points_or_none),
):
    blueprint.add_app_template_filter(words, name)


def get_place(section_id: int) -> EnrollmentRow:
    """Return the viewer's place in the class, for who may see who has which grade."""
    place = get_enrollment_for(current_user.id, section_id)
    require(may_see_names(place), _("This page is for your instructors"))
    return place


def book_of(place: EnrollmentRow) -> Book:
    """Return the gradebook of the class now."""
    return read_book(place.section_id, place.time_zone, clock.now())


def around(place: EnrollmentRow) -> dict[str, Any]:
    """What every page of the gradebook needs."""
    return {
        "place": place,
        "may_arrange": may_arrange_grades(place),
        "may_decide": may_decide_grades(place),
    }


@blueprint.get("/classes/<int:section_id>/gradebook")
def index(section_id: int) -> ResponseReturnValue:
    """Students by columns; every number leads to how it came about."""
    place, page = get_place(section_id), max(1, request.args.get("page", 1, type=int))
    labels = list_labels(section_id)
    label = request.args.get("label", type=int)
    if label is not None and label not in {each.id for each in labels}:
        not_found()
    words, former = request.args.get("q", "").strip()[:100], request.args.get("show") == "former"
    book = book_of(place)
    most = students_a_page(len(book.columns))
    order = order_asked(request.args.get("sort", ""), book.columns)
    lines, found, order = read_page(book, Which(words, label, former, most, (page - 1) * most), order)
    first, last = (page - 1) * most + 1, (page - 1) * most + len(lines)
    has_several = page > 1 or last < found
    return render_template(
        "results/gradebook.html",
        book=book,
        rows=partial(table_rows, lines),
        order=order,
        sorts_all=has_several and found * len(book.columns) <= MOST_CELLS,
        labels=labels,
        label=label,
        words=words,
        former=former,
        page={"number": page, "first": first, "last": last if lines else 0, "all": found, "has_next": last < found},
        **around(place),
    )


@blueprint.get("/classes/<int:section_id>/gradebook/students/<int:enrollment_id>")
def student(section_id: int, enrollment_id: int) -> ResponseReturnValue:
    """How each number of a student came about, and the total of them."""
    place = get_place(section_id)
    found = get_grade_student(section_id, enrollment_id)
    book = book_of(place)
    (line,) = read_lines(book, [found])
    rows = partial(staff_rows, StaffList(book, line, may_decide_grades(place)))
    return render_template("results/grade_student.html", line=line, rows=rows, **around(place))


@blueprint.route("/classes/<int:section_id>/gradebook/categories", methods=["GET", "POST"])
def categories(section_id: int) -> ResponseReturnValue:
    """Say how the columns are weighed."""
    place = get_place(section_id)
    require(may_arrange_grades(place), _("Only an instructor of this class can do this."))
    book = book_of(place)
    form = ArrangementForm(data=arranged(book.columns, book.categories, book.revision))
    form.set_choices()
    if not form.validate_on_submit():
        return asked("results/grade_categories.html", form=form, book=book, held=None, **around(place))
    seen = request.form.get("seen", 0, type=int)
    try:
        arrange(Actor(current_user.id, section_id), form.read(book.columns), seen)
    except Outdated:
        held, form.seen.data = book_of(place), str(book_of(place).revision)
        form.seen.raw_data = None
        return render_template("results/grade_categories.html", form=form, book=book, held=held, **around(place)), 409
    commit()
    flash(_("Saved. Totals are weighed like this now."))
    return redirect_to("gradebook.index", section_id=section_id)


@blueprint.post("/classes/<int:section_id>/gradebook/release")
def release(section_id: int) -> ResponseReturnValue:
    """Let students see their totals."""
    return _show_totals(section_id, shown=True)


@blueprint.post("/classes/<int:section_id>/gradebook/release/removal")
def hide(section_id: int) -> ResponseReturnValue:
    """Let students see their totals no more."""
    return _show_totals(section_id, shown=False)


def _show_totals(section_id: int, *, shown: bool) -> ResponseReturnValue:
    place = get_place(section_id)
    require(may_arrange_grades(place), _("Only an instructor of this class can do this."))
    try:
        show_totals(Actor(current_user.id, section_id), request.form.get("seen", 0, type=int), shown=shown)
    except Outdated:
        flash(_("Somebody else changed the gradebook meanwhile. Look at it again first."), "error")
        return redirect_to("gradebook.index", section_id=section_id)
    commit()
    flash(_("Students see their totals now.") if shown else _("Students no longer see their totals."))
    return redirect_to("gradebook.index", section_id=section_id)
