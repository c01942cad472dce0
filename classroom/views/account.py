"""The own account: name, address, zone, password, devices."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, current_app, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from classroom import operations, queries
from classroom.addresses import home_url
from classroom.addresses_by_mail import NewAddress, send_link
from classroom.forms import ChangePasswordForm, ProfileForm
from classroom.names import clean_email, name_key
from classroom.passwords import hash_password, verify_password
from core.database import commit
from core.forms import refused
from core.security import is_public
from core.web import redirect_to, safe_next_url

blueprint = Blueprint("account", __name__)
PROFILE, PASSWORD = "classroom/account.html", "classroom/password.html"
WAYS_OUT = ("account.password", "account.change_password", "auth.sign_out")


@blueprint.before_app_request
def lead_to_password() -> ResponseReturnValue | None:
    """Lead a person with a one-time password to choosing an own one, from every page but the way out."""
    app = current_app._get_current_object()  # type: ignore[attr-defined]
    if is_public(app, request.endpoint) or request.endpoint in WAYS_OUT:  # a stylesheet asks nobody who they are
        return None
    must_choose = current_user.is_authenticated and current_user.must_change_password
    return redirect_to("account.password") if must_choose else None


@blueprint.app_context_processor
def offer_theme() -> dict[str, Any]:
    """Give templates the colours this person chose."""
    return {"theme": current_user.theme} if current_user and current_user.is_authenticated else {}


@blueprint.get("/account")
def profile() -> ResponseReturnValue:
    """What the person may change, and the devices that are signed in."""
    return render_template(PROFILE, form=ProfileForm(obj=current_user), devices=_devices())


def _devices() -> list[queries.SignInRow]:
    return list(queries.list_sign_ins_for(current_user.id))


@blueprint.post("/account")
def update_profile() -> ResponseReturnValue:
    """Change the own account; another address only with the password."""
    form = ProfileForm()
    if not form.validate_on_submit() or not _may_take_address(form):
        return refused(PROFILE, form=form, devices=_devices())
    email = clean_email(form.text("email")) if form.text("email") else None
    profile = operations.Profile(
        form.text("name"), email, form.text("time_zone"), form.text("theme"), bool(form.single_keys.data)
    )
    try:
        operations.update_profile(current_user.id, profile)
    except operations.NameTakenError:
        form.email.errors = [_("Another account has this address.")]
        return refused(PROFILE, form=form, devices=_devices())
    answer = redirect_to("account.profile")
    if email and name_key(email) != name_key(current_user.email or ""):
        send_link(answer, NewAddress(current_user.id, form.text("name"), email))
    commit()
    flash(_("Saved."))
    return answer


def _may_take_address(form: ProfileForm) -> bool:
    """Whether the address stays, or the password proves who asks; otherwise say so at the field."""
    if name_key(form.text("email")) == name_key(current_user.email or ""):
        return True
    if not form.text("email") and not current_user.username:
        form.email.errors = [_("You log in with this address, so it cannot be empty.")]
        return False
    account = queries.find_credentials(current_user.username or current_user.email)
    if account and verify_password(account.password_hash, form.text("password")):
        return True
    form.password.errors = [_("Enter your present password to change the address.")]
    return False


@blueprint.get("/account/password")
def password() -> ResponseReturnValue:
    """The form for another password."""
    return render_template(PASSWORD, form=ChangePasswordForm())


@blueprint.post("/account/password")
def change_password() -> ResponseReturnValue:
    """Set another password; every other device is signed out."""
    form = ChangePasswordForm(own_names=(current_user.name, current_user.username, current_user.email))
    account = queries.find_credentials(current_user.username or current_user.email)
    if not form.validate_on_submit() or account is None:
        return refused(PASSWORD, form=form)
    if not verify_password(account.password_hash, form.text("current")):
        form.current.errors = [_("This is not your present password.")]
        return refused(PASSWORD, form=form)
    if form.text("password") == form.text("current"):
        form.password.errors = [_("This is the password you have now. Choose another one.")]
        return refused(PASSWORD, form=form)
    operations.set_password(current_user.id, hash_password(form.text("password")), current_user.sign_in_id)
    commit()
    flash(_("Your new password is set. Other devices are logged out."))
    return redirect(safe_next_url(home_url()), 303)


@blueprint.post("/account/sign-ins/removal")
def end_other_sign_ins() -> ResponseReturnValue:
    """Sign every other device out."""
    operations.end_sign_ins(current_user.id, except_id=current_user.sign_in_id)
    commit()
    flash(_("Other devices are logged out."))
    return redirect_to("account.profile")
