"""What is done about a row of who needs the instructor, in the row itself: each a form that leads back to the queue."""

from __future__ import annotations

from flask import Blueprint, flash
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from classroom.permissions import require_staff, require_writable
from classroom.queries import get_enrollment_for
from core.database import commit
from core.web import not_found, redirect_to
from results.forms import MessageForm
from results.message_operations import NewMessage, write_to
from results.need_facts import NotStarted, Silent, Stuck
from results.need_operations import put_aside
from results.needs import MESSAGE, Key
from results.operations import Actor
from results.queries.message_limits import wait_for
from results.views.needs_page import Refused, address, get_row, needs_page

blueprint = Blueprint("needs_in_place", __name__)


@blueprint.post("/needs-me/<int:section_id>/<need_kind>/<int:object_id>/<int:student_id>/message")
def message(section_id: int, need_kind: str, object_id: int, student_id: int) -> ResponseReturnValue:
    """Write to the student whom a row is about, and put the row aside as it was seen."""
    place = get_enrollment_for(current_user.id, section_id)
    require_staff(place)
    require_writable(place)
    form, key = MessageForm(), Key(need_kind, object_id, student_id)
    if not form.validate():
        return needs_page(Refused(key, form)), 422
    needs = get_row(section_id, key)
    about = [need.about for need in needs if isinstance(need.about, Stuck | NotStarted | Silent)]
    if needs[0].action != MESSAGE or not about:
        not_found()
    wait = wait_for(current_user.id)
    if wait:
        form.body.errors = [_("That was a lot of messages. Send this one in %(n)s minutes.", n=-(-wait // 60))]
        return needs_page(Refused(key, form)), 429, {"Retry-After": str(wait)}
    readings = {each.assignment_id for each in about}
    reading = readings.pop() if len(readings) == 1 else None
    put_aside(current_user.id, needs)  # first: of two that are sent at once the second waits here
    write_to(Actor(current_user.id, section_id), [student_id], NewMessage(reading, form.text("body")))
    commit()
    flash(_("Sent to %(name)s.", name=about[0].name))
    return redirect_to("needs.index", **address())
