"""Writing to all who have not handed a quiz in: where the page of results says how many they are."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import Blueprint, flash, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user

from articles.queries import AssignmentRow
from classroom.permissions import is_writable
from core import clock
from core.database import commit
from core.dates import moment
from core.web import redirect_to, require
from results.forms import ReminderForm
from results.message_operations import NewMessage, one_at_a_time, write_to
from results.operations import Actor
from results.queries.classes import DeliveryRow
from results.queries.message_limits import wait_for_many
from results.queries.reminders import Unfinished, list_unfinished
from results.views.asked import get_delivery, get_named_reading, read_asked, which_attempts

blueprint = Blueprint("reminders", __name__)
blueprint.context_processor(which_attempts)


def reminder_for(reading: AssignmentRow, delivery: DeliveryRow, missing: int) -> dict[str, Any] | None:
    """Return what the form for a word to the `missing` who are not in shows; None where nobody is, or nothing helps."""
    is_over = reading.closes_at is not None and reading.closes_at < clock.now()
    if not missing or is_over or not is_writable(reading):
        return None
    return {"form": _form(reading, delivery, missing), "many": missing}


def _form(reading: AssignmentRow, delivery: DeliveryRow, many: int) -> ReminderForm:
    said = {"quiz": delivery.title, "article": reading.article_title}
    if delivery.due_at is None:
        body = _("Please hand in “%(quiz)s” on “%(article)s”.", **said)
    else:
        when = moment(delivery.due_at, reading.zone)
        body = _("Please hand in “%(quiz)s” on “%(article)s”. The class has it due %(when)s.", when=when, **said)
    return ReminderForm(formdata=None, data={"body": body, "seen": str(many)})


@blueprint.post("/readings/<int:assignment_id>/results/reminders")
def send(assignment_id: int) -> ResponseReturnValue:
    """Write the same words to each who has not handed in, if they are as many as the form said."""
    reading = get_named_reading(assignment_id)
    require(is_writable(reading), _("This class is archived. It can be read, not changed."))
    asked, form = read_asked(reading), ReminderForm()
    delivery = get_delivery(reading, asked)
    missing = list_unfinished(delivery.id, asked.meant.label_id, clock.now())
    status, wait = _objection(reading, form, missing)
    if status:
        headers = {"Retry-After": str(wait)} if wait else {}
        return _refused(reading, delivery, form, len(missing)), status, headers
    whom = [each.enrollment_id for each in missing if each.can]
    one_at_a_time(current_user.id)
    write_to(Actor(current_user.id, reading.section_id), whom, NewMessage(reading.id, form.text("body")))
    commit()
    flash(ngettext("Sent to %(num)s student.", "Sent to %(num)s students.", len(whom)))
    return redirect_to("results.index", assignment_id=reading.id, quiz=delivery.id, label=asked.meant.label_id)


def _objection(reading: AssignmentRow, form: ReminderForm, missing: Sequence[Unfinished]) -> tuple[int, int]:
    """The status of what is refused, 0 if nothing is, and for how many seconds one has to wait; the form says why."""
    if not form.validate():
        return 422, 0
    if not any(each.can for each in missing):
        form.body.errors = [_("None of them can hand in any more, or all are excused. Nothing was sent.")]
        return 409, 0
    if form.text("seen") != str(len(missing)):
        form.body.errors = [_("Others are not in now. Nothing was sent: look how many they are, and send it again.")]
        return 409, 0
    wait = wait_for_many(current_user.id, reading.section_id)
    if wait:
        said = _("This class was written to several times in an hour. Wait %(n)s minutes.", n=-(-wait // 60))
        form.body.errors = [said]
    return (429 if wait else 0), wait


def _refused(reading: AssignmentRow, delivery: DeliveryRow, form: ReminderForm, many: int) -> str:
    form.seen.data, form.seen.raw_data = str(many), None
    reminder = {"form": form, "many": many}
    return render_template("results/reminder.html", reading=reading, delivery=delivery, reminder=reminder)
