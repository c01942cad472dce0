"""Answering an invitation to a class, from the home page."""

from __future__ import annotations

from flask import Blueprint, flash, redirect
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from classroom import operations, queries
from classroom.addresses import class_url, home_url
from classroom.permissions import require_writable
from core.database import commit

blueprint = Blueprint("invitations", __name__)


@blueprint.post("/invitations/<int:enrollment_id>/acceptance")
def accept(enrollment_id: int) -> ResponseReturnValue:
    """Take the place that was offered."""
    place = queries.get_invitation_for(current_user.id, enrollment_id)
    require_writable(place)
    operations.accept_invitation(enrollment_id)
    commit()
    flash(_("You are in. Welcome to %(name)s.", name=place.section_name))
    return redirect(class_url(place.section_id), 303)


@blueprint.post("/invitations/<int:enrollment_id>/refusal")
def decline(enrollment_id: int) -> ResponseReturnValue:
    """Leave the place that was offered."""
    place = queries.get_invitation_for(current_user.id, enrollment_id)
    operations.decline_invitation(enrollment_id)
    commit()
    flash(_("You declined %(name)s.", name=place.section_name))
    return redirect(home_url(), 303)
