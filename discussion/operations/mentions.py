"""Naming people in a comment: kept as rows, and told to them."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import delete, insert

from core.database import db
from discussion.mentions import SIGN, Mentions
from discussion.models import CommentMention
from discussion.queries.mentions import Standing, list_nameable


def settle_mentions(
    html: str, where: Standing, author_id: int, answered_id: int | None = None
) -> tuple[str, Collection[int]]:
    """Return the HTML with a mark for each name of somebody the comment can name, and their places in the class.

    The author's own name is marked like any other, or an anonymous post would tell whose it is; nobody is told.
    """
    if SIGN not in html:
        return html, ()
    mentions = Mentions(list_nameable(where, author_id, answered_id))
    return mentions.mark(html), [each for each in mentions.found if each != author_id]


def name_people(comment_id: int, places: Collection[int]) -> None:
    """Note whom a new comment names."""
    if places:
        rows = [{"comment_id": comment_id, "enrollment_id": each} for each in places]
        db.session.execute(insert(CommentMention), rows)


def name_others(comment_id: int, places: Collection[int]) -> None:
    """Note whom a comment names that was changed."""
    db.session.execute(delete(CommentMention).where(CommentMention.comment_id == comment_id))
    name_people(comment_id, places)
