"""What staff wrote to the viewer."""

from __future__ import annotations

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue
from flask_login import current_user

from results.queries.messages import get_message_for

blueprint = Blueprint("messages", __name__)


@blueprint.get("/messages/<int:message_id>")
def show(message_id: int) -> ResponseReturnValue:
    """One message, for whom it was written."""
    return render_template("results/message.html", message=get_message_for(current_user.id, message_id))
