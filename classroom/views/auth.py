"""Signing in and out, registering, a new password by mail."""

from __future__ import annotations

from flask import Blueprint, current_app, flash, jsonify, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from classroom import operations, queries
from classroom.addresses import home_url
from classroom.addresses_by_mail import NewAddress, send_link
from classroom.forms import (
    AccountFields,
    InstructorRegisterForm,
    NewPasswordForm,
    RegisterForm,
    ResetRequestForm,
    SignInForm,
)
from classroom.passwords import hash_password, needs_rehash, verify_password
from classroom.sign_in_limits import (
    account_wait,
    count_account,
    count_failure,
    count_reset,
    in_words,
    reset_wait,
    wait_for,
)
from classroom.sign_ins import device_name, forget_token, keep_token
from core import mail
from core.csrf import csrf_token
from core.database import commit
from core.forms import refused
from core.security import public
from core.web import is_fragment_request, public_url, redirect_to, safe_next_url

blueprint = Blueprint("auth", __name__)
LOGIN, REGISTER = "classroom/login.html", "classroom/register.html"
LOGIN_AGAIN = "classroom/_login_again.html"


@blueprint.get("/login")
@public
def login() -> ResponseReturnValue:
    """The door; for a script the form alone, which it shows over a page whose session has ended."""
    if current_user.is_authenticated and not is_fragment_request():
        return redirect(safe_next_url(home_url()), 303)
    return _door(SignInForm(request.args, meta={"csrf": False}))


def _door(form: SignInForm, wait: int = 0) -> str:
    if not is_fragment_request():
        return render_template(LOGIN, form=form, wait=wait)
    for field in form:
        field.id = f"again-{field.id}"  # the page beneath may have a field of that name
    return render_template(LOGIN_AGAIN, form=form)


@blueprint.get("/session")
def session_state() -> ResponseReturnValue:
    """Who is signed in, and the token that forms of this session bring: for a page that stood open for long."""
    return jsonify(person=current_user.id, token=csrf_token())


@blueprint.post("/login")
@public
def sign_in() -> ResponseReturnValue:
    """Sign in on this device. Nothing is written while the password is checked."""
    form = SignInForm()
    if not form.validate_on_submit():
        return _door(form), 422
    wait = wait_for(form.text("username"), request.remote_addr)
    if wait:
        return _too_often(form, wait)
    account = queries.find_credentials(form.text("username"))
    if not verify_password(account.password_hash if account else None, form.text("password")) or account is None:
        count_failure(form.text("username"), request.remote_addr)
        commit()
        form.password.errors = [_("The name and the password do not fit together. Check both, then try again.")]
        return _door(form), 422
    renewed = hash_password(form.text("password")) if needs_rehash(account.password_hash) else None
    if renewed:
        operations.update_hash(account.user_id, renewed)
    token = operations.start_sign_in(account.user_id, device_name(request.user_agent.string))
    commit()
    keep_token(token)
    return ("", 204) if is_fragment_request() else redirect(safe_next_url(home_url()), 303)


def _too_often(form: SignInForm, wait: int) -> ResponseReturnValue:
    form.username.errors = [f"{_('There were too many tries with this name.')} {in_words(wait)}"]
    return _door(form, wait), 429, {"Retry-After": str(wait)}


@blueprint.post("/logout")
def sign_out() -> ResponseReturnValue:
    """End the sign-in of this device."""
    operations.end_sign_in(current_user.sign_in_id)
    commit()
    forget_token()
    return redirect_to("auth.login")


def _register_form() -> RegisterForm:
    is_open = current_app.config["COLLOQUY_OPEN_INSTRUCTOR_SIGNUP"]
    return InstructorRegisterForm() if is_open else RegisterForm()


@blueprint.get("/register")
@public
def register() -> ResponseReturnValue:
    """The form for an account without a class."""
    form = _register_form()
    form.next.data = request.args.get("next", "")
    return render_template(REGISTER, form=form)


@blueprint.post("/register")
@public
def create_account() -> ResponseReturnValue:
    """Make an account and sign it in."""
    form = _register_form()
    if not form.validate_on_submit():
        return refused(REGISTER, form=form)
    if wait := account_wait(request.remote_addr):
        form.refuse_for(wait)
        return render_template(REGISTER, form=form), 429, {"Retry-After": str(wait)}
    try:
        user_id, token = make_account(form, hash_password(form.text("password")))
    except operations.NameTakenError:
        form.refuse_name()
        return refused(REGISTER, form=form)
    answer = redirect(safe_next_url(home_url()), 303)
    if form.email:
        send_link(answer, NewAddress(user_id, form.text("name"), form.email))
    commit()
    keep_token(token)
    return answer


def make_account(form: AccountFields, password_hash: str) -> tuple[int, str]:
    """Make the account of a valid form, signed in on this device; its id and the token. Raises NameTakenError."""
    role = form.role.data if isinstance(form, InstructorRegisterForm) else "student"
    new = operations.NewUser(
        name=form.text("name"),
        password_hash=password_hash,
        username=None if form.email else form.text("username"),
        email=form.email,
        role=role,
        time_zone=form.zone,
    )
    user = operations.create_user(new)
    count_account(request.remote_addr)
    return user.id, operations.start_sign_in(user.id, device_name(request.user_agent.string))


@blueprint.get("/password-reset")
@public
def reset_request() -> ResponseReturnValue:
    """The form that asks for a link, or whom to ask where this installation has no mail."""
    return render_template("classroom/reset_request.html", form=ResetRequestForm(), has_mail=mail.carries_links())


@blueprint.post("/password-reset")
@public
def send_reset() -> ResponseReturnValue:
    """Mail a link if the address has an account; the answer is the same if it has none."""
    form = ResetRequestForm()
    if not form.validate_on_submit() or not mail.carries_links():
        return refused("classroom/reset_request.html", form=form, has_mail=mail.carries_links())
    answer = redirect_to("auth.login")
    person = queries.find_user_to_mail(form.text("email"))
    if not reset_wait(form.text("email"), request.remote_addr):
        count_reset(form.text("email"), request.remote_addr)
        token = operations.request_reset(person.user_id) if person else None
        commit()
        if person and token:
            answer.call_on_close(mail.sending(_letter_with_link(person, token)))
    flash(_("If this address has an account, a link is on its way. It works once, for an hour."))
    return answer


def _letter_with_link(person: queries.MailReset, token: str) -> mail.Message:
    link = public_url("auth.reset", token=token)
    text = _(
        "Hello %(name)s,\n\nset a new password for Colloquy here within an hour:\n\n%(link)s\n\n"
        "If you did not ask for this, do nothing: your password stays as it is.",
        name=person.name,
        link=link,
    )
    return mail.Message(person.email, _("A new password for Colloquy"), text)


@blueprint.get("/password-reset/<token>")
@public
def reset(token: str) -> ResponseReturnValue:
    """The form for a new password, behind a mailed link."""
    person = queries.find_reset(token)
    if person is None:
        return render_template("classroom/reset_gone.html"), 404
    return render_template("classroom/reset.html", form=NewPasswordForm(), token=token)


@blueprint.post("/password-reset/<token>")
@public
def use_reset(token: str) -> ResponseReturnValue:
    """Set the new password, sign every device out, and let the person sign in."""
    person = queries.find_reset(token)
    if person is None:
        return render_template("classroom/reset_gone.html"), 404
    form = NewPasswordForm(own_names=(person.name, person.username, person.email))
    if not form.validate_on_submit():
        return refused("classroom/reset.html", form=form, token=token)
    if not operations.use_reset(token, person.user_id, hash_password(form.text("password"))):
        return render_template("classroom/reset_gone.html"), 404
    commit()
    flash(_("Your new password is set. Log in with it."))
    return redirect_to("auth.login")
