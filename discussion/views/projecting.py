"""Posts for the projector, chosen where they stand in their thread."""

from __future__ import annotations

from flask import Blueprint, redirect, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from core.database import commit
from core.web import not_found, redirect_to, require
from discussion import operations, permissions, queries
from discussion.queries import CommentRow, DiscussionRow
from discussion.queries.showable import list_showable
from discussion.views.addresses import thread_url

blueprint = Blueprint("projecting", __name__)


def _found(comment_id: int) -> tuple[DiscussionRow, CommentRow]:
    """Return a post of a thread, and the viewer's place there, for staff of a class that is not archived."""
    place, comment = queries.get_comment_for(current_user.id, comment_id)
    require(permissions.may_moderate(place), _("This is for the staff of the class."))
    return (place, comment) if isinstance(place, DiscussionRow) else not_found()


@blueprint.post("/comments/<int:comment_id>/projector")
def project(comment_id: int) -> ResponseReturnValue:
    """Put a post on the projector; the page says whose place it took, and how to take it back."""
    place, comment = _found(comment_id)
    allowed = permissions.may_project(place, comment) and list_showable(place.assignment_id, [comment_id])
    require(bool(allowed), _("The projector shows what the whole class may read, while it stands."))
    instead_of = operations.project_comment(place.assignment_id, comment_id)
    commit()
    told = {"projected": comment_id, "instead": instead_of, "at": comment_id}
    return redirect_to("comments.thread", delivery_id=place.id, _anchor="projected", **told)


@blueprint.post("/comments/<int:comment_id>/projector/removal")
def take_off(comment_id: int) -> ResponseReturnValue:
    """Take a post off the projector; what stood there before comes back if the form says so."""
    place, _comment = _found(comment_id)
    operations.take_off_projector(place.assignment_id, comment_id, request.form.get("back", type=int))
    commit()
    return redirect(thread_url(place, comment_id), 303)
