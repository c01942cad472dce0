"""A single post or note on a page of its own, for who acts on it."""

from __future__ import annotations

from flask_babel import gettext as _
from flask_login import current_user

from core.web import require
from discussion import permissions, queries
from discussion.queries import CommentPlace, CommentRow
from discussion.references import fill
from discussion.views.addresses import comment_url, reading_url


def comment_to_moderate(comment_id: int) -> tuple[CommentPlace, CommentRow]:
    """Return a comment and the viewer's place for who may moderate it; 404, or 403 with the reason."""
    place, comment = queries.get_comment_for(current_user.id, comment_id)
    require(permissions.may_moderate(place), _("This is for the staff of the class."))
    return place, comment


def shown_comment(place: CommentPlace, comment: CommentRow) -> dict[str, object]:
    """Return what a page needs that shows the comment as it is read, and leads back to it."""
    chips = queries.list_chips(comment.id, place.version_id)
    return {
        "place": place,
        "section": {"id": place.section_id, "name": place.section_name},
        "comment": comment,
        "html": fill(comment.body_html, chips, reading_url(place)),
        "back": comment_url(place, comment),
    }
