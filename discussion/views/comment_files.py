"""The comments of a class as a file, for its staff."""

from __future__ import annotations

from flask import Blueprint, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from articles.queries import get_assignment_for
from classroom.permissions import require_staff
from classroom.queries import get_enrollment_for
from core.table_files import send_table
from core.web import LARGEST_ID, not_found
from discussion.comments_table import comments_table
from discussion.queries.exported import every_comment

blueprint = Blueprint("comment_files", __name__)


@blueprint.get("/classes/<int:section_id>/comments.<kind>")
def export(section_id: int, kind: str) -> ResponseReturnValue:
    """Every comment of the class, with `?reading=` of one reading (404 unless it is the class's); nothing that is for
    its author alone."""
    place = get_enrollment_for(current_user.id, section_id)
    require_staff(place)
    reading_id = _reading_asked(section_id) if "reading" in request.args else None
    name = f"comments-{section_id}" if reading_id is None else f"comments-{section_id}-reading-{reading_id}"
    return send_table(kind, name, comments_table(every_comment(section_id, reading_id)))


def _reading_asked(section_id: int) -> int:
    """The reading that the address names, or 404: what cannot be meant must not give everything."""
    asked = request.args.get("reading", type=int)
    if asked is None or not 0 < asked <= LARGEST_ID:
        not_found()
    reading = get_assignment_for(current_user, asked)
    return reading.id if reading.section_id == section_id else not_found()
