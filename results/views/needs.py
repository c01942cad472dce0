"""Who needs the instructor: one queue over all classes in which the viewer is staff."""

from __future__ import annotations

from flask import Blueprint, flash, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from classroom.permissions import require_staff
from classroom.queries import get_enrollment_for
from core.database import commit
from core.web import not_found, redirect_to
from results.need_operations import put_aside, take_up_again
from results.need_words import who
from results.needs import Key
from results.views.needs_page import address, list_row, needs_page, numbers

blueprint = Blueprint("needs", __name__)
blueprint.add_app_template_filter(who, "need_who")


@blueprint.get("/needs-me")
def index() -> ResponseReturnValue:
    """Everybody and everything that waits, most urgent first; those put aside under a filter of their own."""
    return needs_page()


@blueprint.post("/needs-me/<int:section_id>/<need_kind>/<int:object_id>/<int:student_id>/dismissal")
def dismiss(section_id: int, need_kind: str, object_id: int, student_id: int) -> ResponseReturnValue:
    """Put one row aside, as it was seen: all the needs of a student that stand in it."""
    require_staff(get_enrollment_for(current_user.id, section_id))
    needs = list_row(section_id, Key(need_kind, object_id, student_id)) or not_found()
    if request.form.getlist("facts") != [need.ruling.facts for need in needs]:
        flash(_("That has changed meanwhile. Look at it once more."))
        return redirect_to("needs.index", **address())
    row_ids = put_aside(current_user.id, needs)
    commit()
    return redirect_to("needs.index", **address(), aside=",".join(map(str, row_ids)), _anchor="aside")


@blueprint.post("/needs-me/dismissals/<int:dismissal_id>/undo")
def undo(dismissal_id: int) -> ResponseReturnValue:
    """Let a row that was put aside wait again, with the others that stood in it (`also`)."""
    also = numbers(request.form.get("also", ""))
    if dismissal_id not in take_up_again(current_user.id, [dismissal_id, *also]):
        not_found()
    commit()
    flash(_("It waits for you again."))
    return redirect_to("needs.index", **address())
