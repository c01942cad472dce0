"""Who needs the instructor: one queue over all classes in which the viewer is staff."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from classroom.permissions import require_staff, require_writable
from classroom.queries import StaffedClass, get_enrollment_for, list_staffed_classes
from core import clock
from core.database import commit
from core.web import not_found, redirect_to, require
from results.forms import MessageForm
from results.message_operations import NewMessage, send_message
from results.need_facts import NotStarted, Silent, Stuck
from results.need_operations import put_aside, take_up_again
from results.need_words import KIND_WORDS, LEVEL_WORDS, who, why
from results.needs import KINDS, MESSAGE, Key, Need, queue, split
from results.queries.needs import list_facts, list_put_aside

blueprint = Blueprint("needs", __name__)
blueprint.add_app_template_filter(who, "need_who")
PAGE = 50


@blueprint.get("/needs-me")
def index() -> ResponseReturnValue:
    """Everybody and everything that waits, most urgent first; those put aside under a filter of their own."""
    return _page()


def _page(form: MessageForm | None = None, written: Key | None = None) -> str:
    """The queue; with the `form` that was refused of the row `written`."""
    classes = list_staffed_classes(current_user.id)
    require(bool(classes) or current_user.is_instructor, _("This page is for your instructors."))
    chosen, now = _filters(classes), clock.now()
    wanted = [one.id for one in classes if chosen["class"] in (None, one.id)]
    aside = list_put_aside(current_user.id)
    waiting, dismissed = split(queue(list_facts(current_user.id, wanted, now), now), aside)
    listed = dismissed if chosen["show"] else waiting
    rows = [need for need in listed if chosen["kind"] in (None, need.key.kind)]
    number, last = max(1, request.values.get("page", 1, type=int)), request.args.get("aside", type=int)
    return render_template(
        "results/needs.html",
        rows=rows[(number - 1) * PAGE : number * PAGE],
        total=len(waiting),
        counts={kind: sum(need.key.kind == kind for need in listed) for kind in KINDS},
        dismissed=dismissed,
        aside=aside,
        just=next((need for need in dismissed if aside[need.key].id == last), None),
        page={"number": number, "has_next": len(rows) > number * PAGE},
        form=form or MessageForm(formdata=None),
        written=written,
        **_around(classes, chosen),
    )


def _around(classes: list[StaffedClass], chosen: dict[str, Any]) -> dict[str, Any]:
    places = {one.id: one for one in classes}
    return {
        "classes": classes,
        "places": places,
        "why": lambda need: why(need, places[need.section_id].zone, clock.now()),
        "chosen": chosen,
        "kind_words": KIND_WORDS,
        "level_words": LEVEL_WORDS,
    }


def _filters(classes: list[StaffedClass]) -> dict[str, Any]:
    """What the address asks for; 404 for another class."""
    section = request.values.get("class", type=int)
    if section is not None and section not in {one.id for one in classes}:
        not_found()
    kind = request.values.get("kind")
    return {
        "class": section,
        "kind": kind if kind in KINDS else None,
        "show": "aside" if request.values.get("show") == "aside" else None,
    }


@blueprint.post("/needs-me/<int:section_id>/<need_kind>/<int:object_id>/<int:student_id>/dismissal")
def dismiss(section_id: int, need_kind: str, object_id: int, student_id: int) -> ResponseReturnValue:
    """Put one row aside, as it was seen."""
    require_staff(get_enrollment_for(current_user.id, section_id))
    need = _get_need(section_id, Key(need_kind, object_id, student_id))
    if request.form.get("facts", "") != need.ruling.facts:
        flash(_("That has changed meanwhile. Look at it once more."))
        return redirect_to("needs.index", **_address())
    row_id = put_aside(current_user.id, need)
    commit()
    return redirect_to("needs.index", **_address(), aside=row_id, _anchor="aside")


@blueprint.post("/needs-me/<int:section_id>/<need_kind>/<int:object_id>/<int:student_id>/message")
def message(section_id: int, need_kind: str, object_id: int, student_id: int) -> ResponseReturnValue:
    """Write to the student whom a row is about, and put the row aside."""
    place = get_enrollment_for(current_user.id, section_id)
    require_staff(place)
    require_writable(place)
    form, key = MessageForm(), Key(need_kind, object_id, student_id)
    if not form.validate():
        return _page(form, key), 422
    need = _get_need(section_id, key)
    if need.action != MESSAGE or not isinstance(need.about, Stuck | NotStarted | Silent):
        not_found()
    send_message(current_user.id, NewMessage(student_id, need.about.assignment_id, form.text("body")))
    put_aside(current_user.id, need)
    commit()
    flash(_("Sent to %(name)s.", name=need.about.name))
    return redirect_to("needs.index", **_address())


@blueprint.post("/needs-me/dismissals/<int:dismissal_id>/undo")
def undo(dismissal_id: int) -> ResponseReturnValue:
    """Let a row that was put aside wait again."""
    if take_up_again(current_user.id, dismissal_id) is None:
        not_found()
    commit()
    flash(_("It waits for you again."))
    return redirect_to("needs.index", **_address())


def _get_need(section_id: int, key: Key) -> Need:
    now = clock.now()
    needs = queue(list_facts(current_user.id, [section_id], now), now)
    return next((need for need in needs if need.key == key), None) or not_found()


def _address() -> dict[str, str]:
    """The filters that the form's page had."""
    return {name: request.form[name] for name in ("class", "kind", "show") if request.form.get(name)}
