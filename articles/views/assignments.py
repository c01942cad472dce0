"""Giving articles to classes, with the dates of each class."""

from __future__ import annotations

from flask import Blueprint, flash, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.datastructures import MultiDict

from articles import operations, permissions, queries
from articles.forms import DatesForm
from articles.queries import ArticleRow, AssignmentRow, ClassRow
from classroom.permissions import require_teacher, require_writable
from core.database import commit
from core.errors import Conflict
from core.forms import refused
from core.web import not_found, redirect_to, require

blueprint = Blueprint("assignments", __name__)


def _form(row: ClassRow | AssignmentRow) -> DatesForm:
    """Return the form of one class; several stand on the page, so each has names of its own."""
    return DatesForm(obj=row, prefix=f"class-{row.section_id}-").in_zone(row.zone)


def _untouched_form(row: ClassRow) -> DatesForm:
    """Return a class's form as it is saved, whatever was sent for another class."""
    return DatesForm(MultiDict(), obj=row, prefix=f"class-{row.section_id}-").in_zone(row.zone)


def _class(article: ArticleRow, section_id: int) -> tuple[list[ClassRow], ClassRow]:
    """Return the classes this person teaches and the one meant; 404 when it is none of them, 403 when archived."""
    classes = queries.list_classes_of_article(current_user, article.id)
    row = next((each for each in classes if each.section_id == section_id), None) or not_found()
    require(not row.archived, _("This class is archived. It can be read, not changed."))
    return classes, row


@blueprint.get("/articles/<int:article_id>/assignments")
def index(article_id: int) -> ResponseReturnValue:
    """Show the instructor's classes with the article's dates in each."""
    article = queries.get_article_for(current_user, article_id)
    classes = queries.list_classes_of_article(current_user, article.id)
    return render_template(
        "articles/assignments.html",
        article=article,
        rows=[(each, _form(each)) for each in classes],
        form=None,
    )


@blueprint.post("/articles/<int:article_id>/assignments/<int:section_id>")
def save(article_id: int, section_id: int) -> ResponseReturnValue:
    """Give the article to a class, or change its dates there."""
    article = queries.get_article_for(current_user, article_id)
    classes, row = _class(article, section_id)
    require(permissions.may_assign(article) or row.assignment_id is not None, _("This article is put away."))
    form = _form(row)
    dates = form.read()
    if dates is None:
        rows = [(each, form if each is row else _untouched_form(each)) for each in classes]
        return refused("articles/assignments.html", article=article, rows=rows, form=form)
    if row.assignment_id is None:
        try:
            operations.assign_article(section_id, article.id, article.version_id, dates)
        except operations.AlreadyAssigned:
            raise Conflict(_("This class has been given the article in another window.")) from None
        words = _("%(name)s has it now.", name=row.section_name)
    else:
        operations.change_dates(row.assignment_id, dates)
        words = _("The dates of %(name)s are saved.", name=row.section_name)
    commit()
    flash(words)
    return redirect_to("assignments.index", article_id=article.id)


@blueprint.post("/articles/<int:article_id>/assignments/<int:section_id>/removal")
def remove(article_id: int, section_id: int) -> ResponseReturnValue:
    """Take the article back from a class that has nothing on it yet."""
    article = queries.get_article_for(current_user, article_id)
    _classes, row = _class(article, section_id)
    if row.assignment_id is None:
        not_found()
    try:
        operations.unassign_article(row.assignment_id)
    except operations.HasWork:
        raise Conflict(
            _("This class has a quiz or a prompt on the article. Take those back from the class first.")
        ) from None
    commit()
    flash(_("%(name)s no longer has it.", name=row.section_name))
    return redirect_to("assignments.index", article_id=article.id)


@blueprint.get("/readings/<int:assignment_id>/dates")
def dates(assignment_id: int) -> ResponseReturnValue:
    """Show one class's dates to any instructor of the class."""
    assignment = _taught(assignment_id)
    return render_template("articles/dates.html", assignment=assignment, form=_form(assignment))


@blueprint.post("/readings/<int:assignment_id>/dates")
def change_dates(assignment_id: int) -> ResponseReturnValue:
    """Change one class's dates."""
    assignment = _taught(assignment_id)
    form = _form(assignment)
    changed = form.read()
    if changed is None:
        return refused("articles/dates.html", assignment=assignment, form=form)
    operations.change_dates(assignment.id, changed)
    commit()
    flash(_("The dates are saved."))
    return redirect_to("assignments.dates", assignment_id=assignment.id)


def _taught(assignment_id: int) -> AssignmentRow:
    assignment = queries.get_assignment_for(current_user, assignment_id)
    require_teacher(assignment)
    require_writable(assignment)
    return assignment
