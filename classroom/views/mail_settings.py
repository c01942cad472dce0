"""What mail a person wants, and the address that it goes to."""

from __future__ import annotations

from flask import Blueprint, flash, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from classroom.addresses_by_mail import NewAddress, may_send_link, send_link
from classroom.forms import MailForm
from classroom.operations.accounts import confirm_address
from classroom.operations.mail import set_preferences
from classroom.queries.mail import get_postbox
from classroom.signed_links import is_address_token
from core import mail
from core.database import commit
from core.forms import refused
from core.web import redirect_to

blueprint = Blueprint("mail_settings", __name__)
PAGE, LINK = "classroom/mail_settings.html", "classroom/mail_address.html"


def _page(form: MailForm) -> dict[str, object]:
    box = get_postbox(current_user.id)
    return {"form": form, "has_mail": mail.carries_links(), "is_known": box.email is not None}


@blueprint.get("/account/notifications")
def edit() -> ResponseReturnValue:
    """The choices, and what stands in the way of mail if anything does."""
    return render_template(PAGE, **_page(MailForm(obj=get_postbox(current_user.id).wanted)))


@blueprint.post("/account/notifications")
def save() -> ResponseReturnValue:
    """Keep the choices."""
    form = MailForm()
    if not form.validate_on_submit():
        return refused(PAGE, **_page(form))
    set_preferences(current_user.id, form.wanted)
    commit()
    flash(_("Saved."))
    return redirect_to("mail_settings.edit")


@blueprint.post("/account/address-link")
def ask_for_link() -> ResponseReturnValue:
    """Mail a link that shows the address to be this person's."""
    answer = redirect_to("mail_settings.edit")
    if not mail.carries_links() or current_user.email is None:
        return answer
    if not may_send_link(current_user.id):
        flash(_("That was a lot of links. Look into your mail, or try again in an hour."), "error")
        return answer
    send_link(answer, NewAddress(current_user.id, current_user.name, current_user.email))
    commit()
    flash(_("A link is on its way to %(address)s.", address=current_user.email))
    return answer


@blueprint.get("/account/address/<token>")
def show_link(token: str) -> ResponseReturnValue:
    """The button behind a mailed link; for the account it was mailed to."""
    is_ours = is_address_token(token, current_user.id, current_user.email)
    return render_template(LINK, token=token, is_ours=is_ours), 200 if is_ours else 404


@blueprint.post("/account/address/<token>")
def confirm(token: str) -> ResponseReturnValue:
    """Note that the address is this person's."""
    if not is_address_token(token, current_user.id, current_user.email):
        return render_template(LINK, token=token, is_ours=False), 404
    confirm_address(current_user.id)
    commit()
    flash(_("Thank you. Mail for you goes to %(address)s from now on.", address=current_user.email))
    return redirect_to("mail_settings.edit")
