"""Telling staff about what somebody else wrote. Nobody else hears of it."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user

from core.database import commit
from core.forms import asked
from core.web import require
from discussion import operations, permissions, queries
from discussion.forms import FlagForm
from discussion.operations import Actor
from discussion.queries import CommentPlace, CommentRow
from discussion.views.addresses import comment_url
from discussion.views.one_comment import shown_comment

blueprint = Blueprint("flags", __name__)
TEMPLATE = "discussion/flag.html"
_NOT_THIS = _l("You can flag what others wrote, while it stands. Staff hide it themselves.")


def _found(comment_id: int) -> tuple[CommentPlace, CommentRow]:
    place, comment = queries.get_comment_for(current_user.id, comment_id)
    require(permissions.may_flag(place, comment), _NOT_THIS)
    return place, comment


@blueprint.route("/comments/<int:comment_id>/flag", methods=["GET", "POST"])
def flag(comment_id: int) -> ResponseReturnValue:
    """Tell staff that a post or note needs a look, and why; or see that one has."""
    form = FlagForm()
    is_valid = form.validate_on_submit()
    place, comment = queries.get_comment_for(current_user.id, comment_id)
    if permissions.may_not_flag_any_more(place, comment) and request.method == "POST":
        form.words.errors = [_("This post is gone or closed meanwhile. Your words were not sent; keep a copy.")]
        return render_template(TEMPLATE, form=form, own=None, **shown_comment(place, comment)), 409
    require(permissions.may_flag(place, comment), _NOT_THIS)
    if not is_valid:
        own = queries.find_own_flag(place.enrollment_id, comment_id)
        return asked(TEMPLATE, form=form, own=own, **shown_comment(place, comment))
    reason = form.text("kind"), form.text("words")
    operations.flag_comment(Actor(current_user.id, place.section_id), place.enrollment_id, comment_id, reason)
    commit()
    flash(_("Thank you. The staff of the class will look at it."))
    return redirect(comment_url(place, comment), 303)


@blueprint.post("/comments/<int:comment_id>/flag/withdrawal")
def take_back(comment_id: int) -> ResponseReturnValue:
    """Take the flag back, as long as staff have not looked."""
    place, comment = _found(comment_id)
    operations.take_back_flag(Actor(current_user.id, place.section_id), place.enrollment_id, comment_id)
    commit()
    flash(_("You have taken it back."))
    return redirect(comment_url(place, comment), 303)
