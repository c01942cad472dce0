"""How open pages hear of what others write: a stream that says where, and the posts of a thread that changed."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from flask import Blueprint, abort, render_template, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from articles.queries import get_assignment_for
from classroom.topics import person_topic
from core import clock, live
from core.live import Cursor, Event
from discussion import queries
from discussion.margin_page import margin_page, paragraphs_with
from discussion.topics import NOTES_READ, READ, WRITTEN, margin_topic, place_topic, thread_topic
from discussion.views.addresses import reading_url
from discussion.views.thread_page import changed_posts

blueprint = Blueprint("live", __name__)
MOST_CHANGES = 200  # more at once are a new page


@blueprint.get("/live")
def person() -> ResponseReturnValue:
    """Follow everything in one's classes: for pages that say what is new."""
    return live.stream([*queries.list_topics_for(current_user.id), person_topic(current_user.id)], _heard)


@blueprint.get("/readings/<int:assignment_id>/live")
def reading(assignment_id: int) -> ResponseReturnValue:
    """Follow the discussions and the margin of one reading."""
    place = get_assignment_for(current_user, assignment_id)
    threads = [thread_topic(thread) for thread in queries.list_thread_ids(assignment_id)]
    own = [margin_topic(assignment_id), place_topic(place.enrollment_id), person_topic(current_user.id)]

    def hear(events: Sequence[Event]) -> Collection[str]:
        get_assignment_for(current_user, assignment_id)  # still
        return _heard(events)

    return live.stream([*threads, *own], hear)


def _is_elsewhere(event: Event, thread_id: int) -> bool:
    """Whether what somebody has read stands in another thread."""
    return event.kind == NOTES_READ or (event.kind == READ and event.object_id != thread_id)


def _heard(events: Sequence[Event]) -> Collection[str]:
    return {event.topic for event in queries.list_heard(current_user.id, events)}


@blueprint.get("/discussions/<int:delivery_id>/changes")
def changes(delivery_id: int) -> ResponseReturnValue:
    """The posts of a thread that changed `after` a cursor, as they are now; 204 if none did, 205 if too many.

    X-Cursor is what to ask with the next time.
    """
    now = clock.now()
    cursor = Cursor.read(request.args.get("after", "")) or abort(400)
    place = queries.get_discussion_for(current_user.id, delivery_id)
    followed = [thread_topic(place.id), place_topic(place.enrollment_id), person_topic(current_user.id)]
    heard = queries.list_heard(current_user.id, live.list_events(followed, cursor))
    fresh = [event for event in heard if event.id not in cursor.heard]
    posts = {event.object_id for event in fresh if event.kind == WRITTEN}
    headers = {"X-Cursor": str(cursor.moved(now, heard))}
    if live.is_forgotten(cursor) or len(posts) > MOST_CHANGES:
        return "", 205, headers
    if all(_is_elsewhere(event, place.id) for event in fresh):
        return "", 204, headers
    return render_template("discussion/_changes.html", **changed_posts(place, posts, now)), 200, headers


@blueprint.get("/readings/<int:assignment_id>/margin-changes")
def margin_changes(assignment_id: int) -> ResponseReturnValue:
    """The paragraphs whose notes changed `after` a cursor, as they are now: all if too many; 204 if none."""
    now = clock.now()
    cursor = Cursor.read(request.args.get("after", "")) or abort(400)
    margin = queries.get_margin_for(current_user.id, assignment_id)
    heard = queries.list_heard(current_user.id, live.list_events([margin_topic(assignment_id)], cursor))
    fresh = {event.object_id for event in heard if event.id not in cursor.heard}
    headers = {"X-Cursor": str(cursor.moved(now, heard))}
    is_all = live.is_forgotten(cursor) or len(fresh) > MOST_CHANGES
    numbers = paragraphs_with(margin, sorted(fresh)) if fresh and not is_all else set()
    if not numbers and not is_all:
        return "", 204, headers
    page = margin_page(margin, only=numbers)
    return render_template("discussion/_note_text.html", margin=page, reading=reading_url(margin)), 200, headers
