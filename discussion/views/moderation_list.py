"""What waits for the staff of a class, in lists: what people flagged, what is hidden, who is muted."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from classroom.permissions import is_writable, require_staff
from classroom.queries import EnrollmentRow, MuteRow, get_enrollment_for, list_muted
from core.database import commit, give_up
from core.web import is_fragment_request, safe_next_url
from discussion import operations, queries
from discussion.flags import FLAG_WORDS, REASONS
from discussion.log_words import LOG_WORDS
from discussion.operations import Actor, StaleComment
from discussion.queries.acts import ON_A_PAGE as ACTS_ON_A_PAGE
from discussion.queries.moderation import FLAGGED, KINDS, MUTED, ON_A_PAGE, ModerationRow
from discussion.views.addresses import comment_url
from discussion.views.one_comment import comment_to_moderate

blueprint = Blueprint("moderation_list", __name__)
LONGEST_LIST = 400  # pages


@blueprint.get("/classes/<int:section_id>/moderation")
def index(section_id: int) -> ResponseReturnValue:
    """One of the lists, with what can be done about each post. Four statements."""
    place = get_enrollment_for(current_user.id, section_id)
    require_staff(place)
    waiting = queries.count_waiting(section_id, place.enrollment_id)
    kind = request.args.get("list", "")
    if kind not in KINDS:
        kind = next((each for each in KINDS if getattr(waiting, each)), FLAGGED)
    number = min(max(request.args.get("page", 1, type=int), 1), LONGEST_LIST)
    name = "discussion/_moderation_list.html" if is_fragment_request() else "discussion/moderation_list.html"
    return render_template(name, waiting=waiting, **_list(place, kind, number))


def _list(place: EnrollmentRow, kind: str, number: int) -> dict[str, Any]:
    rows: Sequence[ModerationRow | MuteRow]
    if kind == MUTED:
        rows = list_muted(place.section_id, ON_A_PAGE + 1, (number - 1) * ON_A_PAGE)
    else:
        rows = queries.list_to_moderate(kind, place.section_id, place.enrollment_id, number)
    shown = rows[:ON_A_PAGE]
    flagged = [row.comment_id for row in shown if isinstance(row, ModerationRow)] if kind == FLAGGED else []
    return {
        "place": place,
        "section": {"id": place.section_id, "name": place.section_name},
        "kind": kind,
        "rows": shown,
        "flags": queries.list_flags(flagged) if kind == FLAGGED else {},
        "flag_words": FLAG_WORDS,
        "reasons": REASONS,
        "page": {"number": number, "has_next": len(rows) > ON_A_PAGE},
        "writable": is_writable(place),
    }


@blueprint.get("/classes/<int:section_id>/moderation/log")
def log(section_id: int) -> ResponseReturnValue:
    """Who did what to posts, notes and discussions in this class. Two statements."""
    place = get_enrollment_for(current_user.id, section_id)
    require_staff(place)
    number = min(max(request.args.get("page", 1, type=int), 1), LONGEST_LIST)
    acts = queries.list_acts(section_id, place.enrollment_id, number)
    return render_template(
        "discussion/moderation_log.html",
        place=place,
        section={"id": section_id, "name": place.section_name},
        acts=acts[:ACTS_ON_A_PAGE],
        log_words=LOG_WORDS,
        page={"number": number, "has_next": len(acts) > ACTS_ON_A_PAGE},
    )


@blueprint.post("/comments/<int:comment_id>/approval")
def approve(comment_id: int) -> ResponseReturnValue:
    """Let others see a post that waited for it, as staff have read it."""
    place, comment = comment_to_moderate(comment_id)
    try:
        operations.approve_comment(Actor(current_user.id, place.section_id), comment_id, request.form.get("seen", ""))
    except StaleComment:
        give_up()
        flash(_("Its author has changed it meanwhile. Read what it says now, then approve it."))
        return redirect(comment_url(place, comment), 303)
    commit()
    return redirect(safe_next_url(comment_url(place, comment)), 303)


@blueprint.post("/comments/<int:comment_id>/flags/dismissal")
def dismiss(comment_id: int) -> ResponseReturnValue:
    """Let a post stand that people have flagged."""
    place, _comment = comment_to_moderate(comment_id)
    operations.dismiss_flags(Actor(current_user.id, place.section_id), comment_id)
    commit()
    return redirect(safe_next_url(url_for("moderation_list.index", section_id=place.section_id)), 303)
