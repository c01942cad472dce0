"""What a person was told: the page, and marking it as read."""

from __future__ import annotations

from datetime import datetime, timedelta

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from classroom.news import by_day
from classroom.notifications import Line, Reader, put_into_words
from classroom.operations.notifications import mark_read
from classroom.queries.notifications import list_told, list_told_among
from core import clock
from core.database import commit
from core.dates import to_local
from core.web import is_fragment_request, not_found, redirect_to

blueprint = Blueprint("notifications", __name__)


def _lines(now: datetime) -> list[Line]:
    return put_into_words(Reader(current_user.id, current_user.time_zone, now), list_told(current_user.id, now))


@blueprint.get("/notifications")
def index() -> ResponseReturnValue:
    """Show what happened lately, newest first, each as a sentence that leads there."""
    now = clock.now()
    lines = _lines(now)
    today = to_local(now, current_user.time_zone).date()
    return render_template(
        "classroom/notifications.html",
        days=by_day(lines, current_user.time_zone),
        is_new=any(line.is_new for line in lines) or current_user.has_news,
        today=today,
        yesterday=today - timedelta(days=1),
        until=now,
    )


@blueprint.post("/notifications/read-marks")
def mark_all_read() -> ResponseReturnValue:
    """Mark everything as read that the page showed: what came after it stays new."""
    now = clock.now()
    until = _moment(request.form.get("until", ""), now)
    shown = [line.told.id for line in _lines(now) if line.told.at <= until]
    mark_read(current_user.id, shown, now, until)
    commit()
    return redirect_to("notifications.index")


@blueprint.post("/notifications/<int:notification_id>/read-mark")
def mark_one_read(notification_id: int) -> ResponseReturnValue:
    """Mark one as read whose sentence was followed."""
    if not list_told_among(current_user.id, [notification_id]):
        not_found()
    mark_read(current_user.id, [notification_id], clock.now())
    commit()
    return ("", 204) if is_fragment_request() else redirect_to("notifications.index")


def _moment(typed: str, now: datetime) -> datetime:
    """The moment that a form of ours names, never later than `now`; without one, `now`."""
    try:
        found = datetime.fromisoformat(typed)
    except ValueError:
        return now
    return min(found, now) if found.tzinfo else now
