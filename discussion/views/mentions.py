"""The names that are offered to whoever writes "@"."""

from __future__ import annotations

from flask import Blueprint, jsonify, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from core.web import require
from discussion import queries
from discussion.operations import DiscussionRef
from discussion.permissions import WRITERS

blueprint = Blueprint("mentions", __name__)


@blueprint.get("/readings/<int:assignment_id>/names")
def names(assignment_id: int) -> ResponseReturnValue:
    """The names of others in the class, of staff with their role.

    `?thread=12`: of a split thread, those of one's own group.
    """
    margin = queries.get_margin_for(current_user.id, assignment_id)
    require(margin.role in WRITERS)
    where = DiscussionRef(assignment_id, request.args.get("thread", type=int), margin.version_id)
    others = [each for each in queries.list_nameable(where, margin.enrollment_id) if each.id != margin.enrollment_id]
    roles = {"instructor": _("Instructor"), "assistant": _("Assistant")}
    return jsonify([{"name": each.name, "role": roles.get(each.role, "")} for each in others])
