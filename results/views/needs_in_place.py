"""What is done about a row of who needs the instructor, in the row itself: each a form that leads back to the queue."""

from __future__ import annotations

from dataclasses import replace

from flask import Blueprint, flash, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user

from articles.operations.own_dates import hold_dates_of_student
from classroom.allowances import MOST_EXTRA_DAYS
from classroom.permissions import require_staff, require_writable
from classroom.queries import find_allowance, get_enrollment_for, get_person_in
from core import clock
from core.database import commit
from core.web import not_found, redirect_to
from discussion.comment_text import compose
from discussion.operations import Objected, answer_note, hold_note
from discussion.queries import get_note_for
from discussion.queries.needing import find_question
from quizzes.operations.accommodations import change_allowance
from results.forms import ExtensionForm, MessageForm, ReplyForm
from results.message_operations import NewMessage, write_to
from results.need_facts import NotStarted, Silent, Stuck
from results.need_operations import put_aside
from results.needs import ACTIONS, EXTEND, MESSAGE, NOT_STARTED, QUESTION, REPLY, Key
from results.operations import Actor
from results.queries.message_limits import wait_for
from results.views.needs_page import Refused, address, list_row, needs_page

blueprint = Blueprint("needs_in_place", __name__)


def _require_writing_staff(section_id: int) -> None:
    place = get_enrollment_for(current_user.id, section_id)
    require_staff(place)
    require_writable(place)


def _refuse(refused: Refused, status: int = 422, wait: int = 0) -> ResponseReturnValue:
    """Answer the queue with what was written open in its row."""
    return needs_page(refused), status, {"Retry-After": str(wait)} if wait else {}


@blueprint.post("/needs-me/<int:section_id>/<need_kind>/<int:object_id>/<int:student_id>/message")
def message(section_id: int, need_kind: str, object_id: int, student_id: int) -> ResponseReturnValue:
    """Write to the student whom a row is about, and put the row aside as it was seen."""
    _require_writing_staff(section_id)
    form, key = MessageForm(), Key(need_kind, object_id, student_id)
    if ACTIONS.get(need_kind) != MESSAGE:
        not_found()
    if not form.validate():
        return _refuse(Refused(key, MESSAGE, form))
    needs = list_row(section_id, key)
    about = [need.about for need in needs if isinstance(need.about, Stuck | NotStarted | Silent)]
    if not about:
        form.body.errors = [_("This student does not need you for that any more. Nothing was sent; keep a copy.")]
        return _refuse(Refused(key, MESSAGE, form), 409)
    wait = wait_for(current_user.id)
    if wait:
        form.body.errors = [_("That was a lot of messages. Send this one in %(n)s minutes.", n=-(-wait // 60))]
        return _refuse(Refused(key, MESSAGE, form), 429, wait)
    readings = {each.assignment_id for each in about}
    reading = readings.pop() if len(readings) == 1 else None
    put_aside(current_user.id, needs)  # first: of two that are sent at once the second waits here
    write_to(Actor(current_user.id, section_id), [student_id], NewMessage(reading, form.text("body")))
    commit()
    flash(_("Sent to %(name)s.", name=about[0].name))
    return redirect_to("needs.index", **address())


@blueprint.post("/needs-me/<int:section_id>/question/<int:note_id>/<int:student_id>/reply")
def reply(section_id: int, note_id: int, student_id: int) -> ResponseReturnValue:
    """Answer a question in the margin as its own page does; an answered one is in no row."""
    form, key = ReplyForm(), Key(QUESTION, note_id, student_id)
    text = compose(form.body.data or "", note_id) if form.validate() else None
    _require_writing_staff(section_id)
    if text is None:
        return _refuse(Refused(key, REPLY, form))
    hold_note(note_id)
    asked = find_question(section_id, note_id, current_user.id)
    if asked is None or asked.enrollment_id != student_id:
        form.body.errors = [_("This question is not there any more. Your words are not posted; keep a copy.")]
        return _refuse(Refused(key, REPLY, form), 409)
    if asked.answered_by is not None:
        said = _("%(name)s has answered this meanwhile. Your words are not posted yet.", name=asked.answered_by)
        form.body.errors = [said]
        return _refuse(Refused(key, REPLY, form, url_for("notes.answer", comment_id=note_id)), 409)
    margin, note = get_note_for(current_user.id, note_id)
    try:
        answer_note(current_user.id, margin, note.id, text)
    except Objected as objected:
        form.body.errors = [objected.objection.words]
        return _refuse(Refused(key, REPLY, form), objected.objection.status, objected.objection.wait)
    commit()
    flash(_("Answered %(name)s.", name=asked.name))
    return redirect_to("needs.index", **address())


@blueprint.post("/needs-me/<int:section_id>/not_started/<int:delivery_id>/<int:student_id>/extension")
def extend(section_id: int, delivery_id: int, student_id: int) -> ResponseReturnValue:
    """Give a student who is late more days, on top of those that there are: for everything in the class."""
    _require_writing_staff(section_id)
    form, key = ExtensionForm(), Key(NOT_STARTED, delivery_id, student_id)
    if not form.validate():
        return _refuse(Refused(key, EXTEND, form))
    student = get_person_in(section_id, student_id)
    hold_dates_of_student(student_id)  # of two who extend at once the second sees what the first gave
    need = next((need for need in list_row(section_id, key) if need.key == key), None)
    if need is None or need.action != EXTEND or need.ruling.facts != form.seen.data:
        form.days.errors = [_("Something has changed for %(name)s meanwhile. Nothing was given.", name=student.name)]
        return _refuse(Refused(key, EXTEND, form), 409)
    had, more = find_allowance(student_id), form.days.data or 0
    if had.extra_days + more > MOST_EXTRA_DAYS:
        form.days.errors = [_("That would be more than a year, which is the most.")]
        return _refuse(Refused(key, EXTEND, form))
    change_allowance(current_user.id, student_id, replace(had, extra_days=had.extra_days + more), clock.now())
    commit()
    flash(
        ngettext(
            "%(name)s has one more day, for everything in this class.",
            "%(name)s has %(num)s more days, for everything in this class.",
            more,
            name=student.name,
        )
    )
    return redirect_to("needs.index", **address())
