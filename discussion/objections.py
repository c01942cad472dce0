"""Why something that was written cannot be taken now, in words. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from flask_babel import gettext as _

from discussion import permissions
from discussion.comment_text import CommentText, is_empty
from discussion.names import posts_anonymously
from discussion.queries import CommentPlace, DiscussionRow, PostingState
from discussion.queries.posting import SECONDS

MOST_A_MINUTE = 10


@dataclass(frozen=True)
class Objection:
    """What is said to the author, the status of the answer, seconds to wait if it came too soon."""

    words: str
    status: int = 422
    wait: int = 0


def objection(place: CommentPlace, text: CommentText, state: PostingState, now: datetime) -> Objection | None:
    """Return what there is to say against a post, a note or an answer; None if nothing."""
    if is_empty(text):
        return Objection(_("Write something first."))
    if permissions.is_muted(place):
        return Objection(_("You cannot post in this class at present. Your words are not posted; keep a copy."), 409)
    if not permissions.may_post(place, now):
        return Objection(_("This discussion was closed meanwhile. Your words are not posted; keep a copy."), 409)
    if text.parent_id is not None and state.parent is None:
        return Objection(_("What you answer is not there any more. You can post your words by themselves."), 409)
    if state.recent >= MOST_A_MINUTE and state.oldest is not None:
        wait = max(1, int((state.oldest + timedelta(seconds=SECONDS) - now).total_seconds()) + 1)
        words = _("That was a lot of posts in one minute. Post this one in %(wait)s seconds.", wait=wait)
        return Objection(words, 429, wait)
    return None


def objection_to_name(place: DiscussionRow, wants: bool) -> Objection | None:
    """Object to a post meant to be anonymous where that is not possible any more: nobody is named unasked."""
    if place.role != "student" or not wants or posts_anonymously(place, wants=True):
        return None
    return Objection(_("Posts carry names here now. Post again if you want to post under yours."), 409)
