"""What staff do in threads and margins: hide, restore, endorse, look at history, lock, open the gate."""

from __future__ import annotations

from collections.abc import Callable

from flask import Blueprint, flash, redirect, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from core.database import commit
from core.forms import asked
from core.web import require, safe_next_url
from discussion import operations, permissions, queries
from discussion.forms import EndorsementForm, HidingForm
from discussion.operations import Actor
from discussion.views.addresses import comment_url, thread_url
from discussion.views.one_comment import comment_to_moderate, shown_comment

blueprint = Blueprint("moderation", __name__)


@blueprint.route("/comments/<int:comment_id>/hiding", methods=["GET", "POST"])
def hide(comment_id: int) -> ResponseReturnValue:
    """Hide a post from classmates, with a reason that its author reads."""
    form = HidingForm()
    is_valid = form.validate_on_submit()
    place, comment = comment_to_moderate(comment_id)
    if not is_valid:
        quoting = queries.list_quoting(comment_id)
        return asked("discussion/hiding.html", form=form, quoting=quoting, **shown_comment(place, comment))
    operations.hide_comment(Actor(current_user.id, place.section_id), comment_id, form.reason.data or "")
    commit()
    return redirect(safe_next_url(comment_url(place, comment)), 303)


@blueprint.post("/comments/<int:comment_id>/restoration")
def restore(comment_id: int) -> ResponseReturnValue:
    """Show a hidden post to everybody again."""
    place, comment = comment_to_moderate(comment_id)
    operations.restore_comment(Actor(current_user.id, place.section_id), comment_id)
    commit()
    return redirect(safe_next_url(comment_url(place, comment)), 303)


@blueprint.route("/comments/<int:comment_id>/endorsement", methods=["GET", "POST"])
def endorse(comment_id: int) -> ResponseReturnValue:
    """Put the blue pencil to a post, with a reason if there is one."""
    form = EndorsementForm()
    is_valid = form.validate_on_submit()
    place, comment = comment_to_moderate(comment_id)
    require(permissions.may_endorse(place, comment), _("You can endorse what somebody else wrote, while it stands."))
    if not is_valid:
        form.reason.data = form.reason.data or comment.endorsement_reason
        return asked("discussion/endorsement.html", form=form, **shown_comment(place, comment))
    operations.endorse_comment(Actor(current_user.id, place.section_id), comment_id, form.reason.data or "")
    commit()
    return redirect(comment_url(place, comment), 303)


@blueprint.post("/comments/<int:comment_id>/endorsement/withdrawal")
def take_back(comment_id: int) -> ResponseReturnValue:
    """Take the blue pencil away."""
    place, comment = comment_to_moderate(comment_id)
    operations.take_back_endorsement(Actor(current_user.id, place.section_id), comment_id)
    commit()
    return redirect(comment_url(place, comment), 303)


@blueprint.get("/comments/<int:comment_id>/history")
def history(comment_id: int) -> ResponseReturnValue:
    """What a post said before it was edited."""
    place, comment = queries.get_comment_for(current_user.id, comment_id)
    require(permissions.may_see_history(place), _("This is for the staff of the class."))
    revisions = queries.list_revisions(comment_id)
    body = queries.get_comment_body(comment_id)
    return render_template("discussion/history.html", revisions=revisions, body=body, **shown_comment(place, comment))


def _change(delivery_id: int, act: Callable[[Actor, int], None], words: str) -> ResponseReturnValue:
    place = queries.get_discussion_for(current_user.id, delivery_id)
    require(permissions.may_moderate(place), _("This is for the staff of the class."))
    act(Actor(current_user.id, place.section_id), delivery_id)
    commit()
    flash(words)
    return redirect(thread_url(place), 303)


@blueprint.post("/discussions/<int:delivery_id>/lock")
def lock(delivery_id: int) -> ResponseReturnValue:
    """Stop students' writing in a thread."""
    return _change(delivery_id, operations.lock_thread, _("This discussion is locked. Students can read it."))


@blueprint.post("/discussions/<int:delivery_id>/lock/removal")
def unlock(delivery_id: int) -> ResponseReturnValue:
    """Let students write in a thread again."""
    return _change(delivery_id, operations.unlock_thread, _("This discussion is open for writing again."))


@blueprint.post("/discussions/<int:delivery_id>/gate-opening")
def open_gate(delivery_id: int) -> ResponseReturnValue:
    """Let everybody see everybody's posts from now on."""
    return _change(delivery_id, operations.open_gate, _("Everybody in the class now sees all posts."))
