"""The way out of letters, from the letter itself: by one click of a mail program (RFC 8058), or by a button."""

from __future__ import annotations

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from classroom.operations.mail import stop_letters
from classroom.queries.mail import find_postbox
from classroom.signed_links import read_unsubscribe_token
from core.database import commit
from core.security import signed

blueprint = Blueprint("unsubscribing", __name__)
PAGE = "classroom/unsubscribe.html"


@blueprint.get("/unsubscribe/<token>")
@signed
def show(token: str) -> ResponseReturnValue:
    """Ask; looking changes nothing, for programs follow links by themselves."""
    found = read_unsubscribe_token(token)
    if found is None or find_postbox(found[0]) is None:
        return render_template(PAGE, letter=None), 404
    return render_template(PAGE, letter=found[1], token=token, is_done=False)


@blueprint.post("/unsubscribe/<token>")
@signed
def stop(token: str) -> ResponseReturnValue:
    """Stop these letters, for whoever has the link. Answered with a page: a mail program follows no other answer."""
    found = read_unsubscribe_token(token)
    box = find_postbox(found[0]) if found else None
    if found is None or box is None:
        return render_template(PAGE, letter=None), 404
    if box.wanted.wants(found[1]):
        stop_letters(box.user_id, found[1], box.wanted)
        commit()
    return render_template(PAGE, letter=found[1], token=token, is_done=True)
