"""What is put on a post with one press: a reaction, and the pin of staff."""

from __future__ import annotations

from collections.abc import Callable

from flask import Blueprint, redirect, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user

from core import clock
from core.database import commit
from core.errors import Conflict
from core.web import is_fragment_request, not_found, require
from discussion import operations, permissions, queries
from discussion.forms import ReactionForm
from discussion.operations import Actor
from discussion.post_markup import reactions_markup
from discussion.queries import CommentRow, DiscussionRow
from discussion.views.addresses import thread_url

blueprint = Blueprint("marks", __name__)
_NOT_THIS = _l("You can react to what others wrote, while it stands and the discussion is open.")


def _found(comment_id: int) -> tuple[DiscussionRow, CommentRow]:
    place, comment = queries.get_comment_for(current_user.id, comment_id)
    return (place, comment) if isinstance(place, DiscussionRow) else not_found()


def _react(comment_id: int, act: Callable[[int, int, int, str], None]) -> ResponseReturnValue:
    form = ReactionForm()
    place, comment = _found(comment_id)
    require(permissions.may_react(place, comment, clock.now()), _NOT_THIS)
    if not form.validate():
        raise Conflict(_("There is no such reaction. Load the page again."))
    act(place.enrollment_id, place.id, comment_id, form.text("kind"))
    commit()
    if not is_fragment_request():
        return redirect(thread_url(place, comment_id), 303)
    reacted = queries.list_reactions(place, [comment_id]).get(comment_id, {})
    return render_template("discussion/_reactions.html", reactions=reactions_markup(reacted))


@blueprint.post("/comments/<int:comment_id>/reactions")
def react(comment_id: int) -> ResponseReturnValue:
    """React to somebody's post with one of three words."""
    return _react(comment_id, operations.react)


@blueprint.post("/comments/<int:comment_id>/reactions/removal")
def take_back(comment_id: int) -> ResponseReturnValue:
    """Take the word back."""
    return _react(comment_id, operations.take_back_reaction)


def _pin(comment_id: int, act: Callable[[Actor, int], None]) -> ResponseReturnValue:
    place, comment = _found(comment_id)
    require(permissions.may_pin(place, comment), _("Staff pin posts that begin a branch, while they stand."))
    act(Actor(current_user.id, place.section_id), comment_id)
    commit()
    return redirect(thread_url(place, comment_id), 303)


@blueprint.post("/comments/<int:comment_id>/pin")
def pin(comment_id: int) -> ResponseReturnValue:
    """Let a post stand before the others."""
    return _pin(comment_id, operations.pin_comment)


@blueprint.post("/comments/<int:comment_id>/pin/removal")
def unpin(comment_id: int) -> ResponseReturnValue:
    """Let it stand where it was written."""
    return _pin(comment_id, operations.unpin_comment)
