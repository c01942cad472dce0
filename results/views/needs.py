"""Who needs the instructor: one queue over all classes in which the viewer is staff."""

from __future__ import annotations

import re
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
from results.message_operations import NewMessage, write_to
from results.need_facts import NotStarted, Silent, Stuck
from results.need_operations import put_aside, take_up_again
from results.need_words import KIND_WORDS, LEVEL_WORDS, who, why
from results.needs import KINDS, MESSAGE, Facts, Key, Need, in_rows, queue, split
from results.operations import Actor
from results.queries.message_limits import wait_for
from results.queries.needs import list_facts, list_put_aside
from results.queries.not_started import MOST

blueprint = Blueprint("needs", __name__)
blueprint.add_app_template_filter(who, "need_who")
PAGE = 25
MOST_TOGETHER = 200  # needs in one row
_ID = re.compile(r"\d{1,10}", re.ASCII)


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
    facts = list_facts(current_user.id, wanted, now)
    waiting, dismissed = split(queue(facts, now), aside)
    listed = in_rows(dismissed if chosen["show"] else waiting)
    rows = [row for row in listed if chosen["kind"] in (None, row.first.key.kind)]
    number, last = max(1, request.values.get("page", 1, type=int)), _numbers(request.args.get("aside", ""))
    return render_template(
        "results/needs.html",
        rows=rows[(number - 1) * PAGE : number * PAGE],
        total=len(in_rows(waiting)),
        counts={kind: sum(row.first.key.kind == kind for row in listed) for kind in KINDS},
        cut=_cut(facts),
        most=MOST,
        dismissed=in_rows(dismissed),
        aside=aside,
        just=[need for need in dismissed if aside[need.key].id in last],
        page={"number": number, "has_next": len(rows) > number * PAGE},
        form=form or MessageForm(formdata=None),
        written=written,
        **_around(classes, chosen),
    )


def _cut(facts: list[Facts]) -> set[str]:
    """The kinds of which there may be more than were read: their counts are not the whole."""
    return {kind for kind in KINDS if sum(each.key.kind == kind for each in facts) >= MOST}


def _numbers(text: str) -> list[int]:
    """The ids in a text such as "7,12"; nothing else."""
    return [int(each) for each in text.split(",") if _ID.fullmatch(each)][:MOST_TOGETHER]


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
    """Put one row aside, as it was seen: all the needs of a student that stand in it."""
    require_staff(get_enrollment_for(current_user.id, section_id))
    needs = _get_row(section_id, Key(need_kind, object_id, student_id))
    if request.form.getlist("facts") != [need.ruling.facts for need in needs]:
        flash(_("That has changed meanwhile. Look at it once more."))
        return redirect_to("needs.index", **_address())
    row_ids = put_aside(current_user.id, needs)
    commit()
    return redirect_to("needs.index", **_address(), aside=",".join(map(str, row_ids)), _anchor="aside")


@blueprint.post("/needs-me/<int:section_id>/<need_kind>/<int:object_id>/<int:student_id>/message")
def message(section_id: int, need_kind: str, object_id: int, student_id: int) -> ResponseReturnValue:
    """Write to the student whom a row is about, and put the row aside as it was seen."""
    place = get_enrollment_for(current_user.id, section_id)
    require_staff(place)
    require_writable(place)
    form, key = MessageForm(), Key(need_kind, object_id, student_id)
    if not form.validate():
        return _page(form, key), 422
    needs = _get_row(section_id, key)
    about = [need.about for need in needs if isinstance(need.about, Stuck | NotStarted | Silent)]
    if needs[0].action != MESSAGE or not about:
        not_found()
    wait = wait_for(current_user.id)
    if wait:
        form.body.errors = [_("That was a lot of messages. Send this one in %(n)s minutes.", n=-(-wait // 60))]
        return _page(form, key), 429, {"Retry-After": str(wait)}
    readings = {each.assignment_id for each in about}
    reading = readings.pop() if len(readings) == 1 else None
    put_aside(current_user.id, needs)  # first: of two that are sent at once the second waits here
    write_to(Actor(current_user.id, section_id), [student_id], NewMessage(reading, form.text("body")))
    commit()
    flash(_("Sent to %(name)s.", name=about[0].name))
    return redirect_to("needs.index", **_address())


@blueprint.post("/needs-me/dismissals/<int:dismissal_id>/undo")
def undo(dismissal_id: int) -> ResponseReturnValue:
    """Let a row that was put aside wait again, with the others that stood in it (`also`)."""
    also = _numbers(request.form.get("also", ""))
    if dismissal_id not in take_up_again(current_user.id, [dismissal_id, *also]):
        not_found()
    commit()
    flash(_("It waits for you again."))
    return redirect_to("needs.index", **_address())


def _get_row(section_id: int, key: Key) -> list[Need]:
    """The needs of the row in which this one stands, what was put aside already left out; or 404."""
    now = clock.now()
    every = queue(list_facts(current_user.id, [section_id], now), now)
    waiting, _dismissed = split(every, list_put_aside(current_user.id))
    held = [row.needs for rows in (in_rows(waiting), in_rows(every)) for row in rows]
    return list(next((needs for needs in held if key in {need.key for need in needs}), ())) or not_found()


def _address() -> dict[str, str]:
    """The filters that the form's page had."""
    return {name: request.form[name] for name in ("class", "kind", "show") if request.form.get(name)}
