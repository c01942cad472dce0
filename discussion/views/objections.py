"""Why something that was written cannot be taken now, with everything that was typed still in its form."""

from __future__ import annotations

from datetime import timedelta

from flask_babel import gettext as _

from core import clock
from discussion import permissions
from discussion.comment_text import CommentText, is_empty
from discussion.forms import PostForm
from discussion.names import posts_anonymously
from discussion.queries import CommentPlace, DiscussionRow, PostingState
from discussion.queries.posting import SECONDS
from discussion.views.thread_page import Refusal

MOST_A_MINUTE = 10


def objection(place: CommentPlace, form: PostForm, text: CommentText, state: PostingState) -> Refusal | None:
    """Return what there is to say against a post, a note or an answer; None if nothing."""
    if is_empty(text):
        form.body.errors = [_("Write something first.")]
        return Refusal(form)
    if permissions.is_muted(place):
        form.body.errors = [_("You cannot post in this class at present. Your words are not posted; keep a copy.")]
        return Refusal(form, 409)
    if not permissions.may_post(place, clock.now()):
        form.body.errors = [_("This discussion was closed meanwhile. Your words are not posted; keep a copy.")]
        return Refusal(form, 409)
    if text.parent_id is not None and state.parent is None:
        form.body.errors = [_("What you answer is not there any more. You can post your words by themselves.")]
        return Refusal(form, 409)
    if state.recent >= MOST_A_MINUTE and state.oldest is not None:
        wait = max(1, int((state.oldest + timedelta(seconds=SECONDS) - clock.now()).total_seconds()) + 1)
        form.body.errors = [_("That was a lot of posts in one minute. Post this one in %(wait)s seconds.", wait=wait)]
        return Refusal(form, 429, wait)
    return None


def objection_to_name(place: DiscussionRow, form: PostForm) -> Refusal | None:
    """Object to a post meant to be anonymous where that is not possible any more: nobody is named unasked."""
    if place.role != "student" or not form.anonymous.data or posts_anonymously(place, wants=True):
        return None
    form.body.errors = [_("Posts carry names here now. Post again if you want to post under yours.")]
    return Refusal(form, 409)
