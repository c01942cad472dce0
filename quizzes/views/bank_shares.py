"""Sharing questions with co-instructors: one asks, the owner grants, declines, or takes it back."""

from __future__ import annotations

from flask import Blueprint, flash, render_template
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from core.database import commit
from core.web import not_found, redirect_to
from quizzes.operations.shares import ask_for_bank, end_share, grant_bank
from quizzes.queries.shares import ShareRow, list_shares, teach_together
from quizzes.views.bank import require_author

blueprint = Blueprint("bank_shares", __name__)


@blueprint.get("/questions/shares")
def index() -> str:
    """Show who uses one's questions, and whose one may use."""
    require_author()
    return render_template("quizzes/bank/shares.html", shares=list_shares(current_user.id))


@blueprint.post("/questions/shares/<int:user_id>/request")
def ask(user_id: int) -> Response:
    """Ask an instructor with whom one teaches a class."""
    require_author()
    if not teach_together(current_user.id, user_id):
        not_found()
    ask_for_bank(current_user.id, user_id)
    commit()
    flash(_("Asked. The questions appear here once they are shared with you."))
    return redirect_to("bank_shares.index")


@blueprint.post("/questions/shares/<int:user_id>/grant")
def grant(user_id: int) -> Response:
    """Share one's questions with somebody who asked."""
    row = _asked(user_id)
    grant_bank(current_user.id, user_id)
    commit()
    flash(_("%(name)s can read and copy your questions now.", name=row.name))
    return redirect_to("bank_shares.index")


@blueprint.post("/questions/shares/<int:user_id>/end")
def end(user_id: int) -> Response:
    """Decline, or take back what was granted."""
    row = _asked(user_id)
    end_share(current_user.id, user_id)
    commit()
    flash(_("%(name)s does not see your questions. What was copied before stays there.", name=row.name))
    return redirect_to("bank_shares.index")


def _asked(user_id: int) -> ShareRow:
    require_author()
    found = next((row for row in list_shares(current_user.id).mine if row.user_id == user_id), None)
    return found or not_found()
