"""Where comments are read: in their thread, or in the margin of their reading."""

from __future__ import annotations

from flask import request, url_for

from articles.addresses import to_reading
from discussion.margins import Margin
from discussion.queries import CommentPlace, CommentRow, DiscussionRow


def reading_url(place: CommentPlace) -> str:
    """Return the address of the reading page that references lead to."""
    return to_reading(request.script_root, place.assignment_id)


def thread_url(place: DiscussionRow, comment_id: int | None = None) -> str:
    """Return the address of a thread, or of one comment in it."""
    anchor = f"c{comment_id}" if comment_id else None
    return url_for("comments.thread", delivery_id=place.id, at=comment_id, _anchor=anchor)


def note_url(margin: Margin, note_id: int, answer_id: int | None = None) -> str:
    """Return the address of a note beside the text, open, or of an answer to it."""
    at = f"c{answer_id}" if answer_id else f"n{note_id}"
    return f"{reading_url(margin)}?note={note_id}#{at}"


def comment_url(place: CommentPlace, comment: CommentRow) -> str:
    """Return the address of a comment where it stands."""
    if isinstance(place, DiscussionRow):
        return thread_url(place, comment.id)
    if comment.root_id is None:
        return note_url(place, comment.id)
    return note_url(place, comment.root_id, comment.id)


def place_url(place: CommentPlace) -> str:
    """Return the address of the thread or the reading in which a comment stands."""
    return thread_url(place) if isinstance(place, DiscussionRow) else reading_url(place)
