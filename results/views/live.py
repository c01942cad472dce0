"""How open pages of results follow what happens: a stream that says where, never what."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from flask import Blueprint
from flask.typing import ResponseReturnValue
from flask_login import current_user

from core import clock, live
from core.live import Event
from discussion import queries
from discussion.topics import confusion_topic, margin_topic, thread_topic
from quizzes.topics import delivery_topic
from results.permissions import may_see_names
from results.queries.classes import list_deliveries
from results.views.asked import get_reading

blueprint = Blueprint("results_live", __name__)


@blueprint.get("/readings/<int:assignment_id>/results/live")
def follow(assignment_id: int) -> ResponseReturnValue:
    """Follow who hands in and how it is scored and, for staff, what is written and marked: for pages that sum up."""
    reading = get_reading(assignment_id)
    deliveries = list_deliveries(current_user.id, assignment_id, clock.now())
    quizzes = {delivery_topic(row.id) for row in deliveries if row.assignment_id == assignment_id}
    marks = {confusion_topic(assignment_id)}
    talk = {thread_topic(thread) for thread in queries.list_thread_ids(assignment_id)} | {margin_topic(assignment_id)}

    def hear(events: Sequence[Event]) -> Collection[str]:
        follows = may_see_names(get_reading(assignment_id))  # still
        written = [event for event in events if event.topic in talk]
        heard = {event.topic for event in queries.list_heard(current_user.id, written)} if written else set()
        return {event.topic for event in events if event.topic in quizzes or (follows and event.topic in marks)} | heard

    return live.stream(quizzes | (talk | marks if may_see_names(reading) else set()), hear)
