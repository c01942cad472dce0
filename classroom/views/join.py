"""Joining a class by its code: what it is first, an account only then."""

from __future__ import annotations

from flask import Blueprint, current_app, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from classroom import operations, queries
from classroom.addresses import class_url
from classroom.addresses_by_mail import NewAddress, send_link
from classroom.code_guesses import Guesses
from classroom.forms import AccountFields, JoinCodeForm
from classroom.join_codes import confused_characters, normalise, shown
from classroom.passwords import hash_password
from classroom.sign_in_limits import account_wait, count_account, in_words
from classroom.sign_ins import device_name, keep_token
from core.database import commit
from core.errors import Conflict
from core.forms import refused
from core.security import public
from core.web import redirect_to

blueprint = Blueprint("join", __name__)
blueprint.record_once(lambda state: state.app.extensions.setdefault("code_guesses", Guesses()))
ASK, SHOW = "classroom/join.html", "classroom/join_section.html"


@blueprint.get("/join")
@public
def ask() -> ResponseReturnValue:
    """The field for a code; with `?code=` on to the class."""
    form = JoinCodeForm(request.args)
    if "code" not in request.args:
        return render_template(ASK, form=JoinCodeForm(), confused=[])
    if not form.validate():
        return refused(ASK, form=form, confused=[])
    if wait := _guesses().wait(_address()):
        return _too_often(form, wait)
    if queries.find_section_by_code(form.text("code")) is None:
        return _unknown(form, 422)
    return redirect_to("join.show", code=normalise(form.text("code")))


def _guesses() -> Guesses:
    guesses: Guesses = current_app.extensions["code_guesses"]
    return guesses


def _address() -> str:
    return request.remote_addr or ""


def _too_often(form: JoinCodeForm, wait: int) -> ResponseReturnValue:
    form.code.errors = [f"{_('Many codes were tried from here that no class uses.')} {in_words(wait)}"]
    return render_template(ASK, form=form, confused=[]), 429, {"Retry-After": str(wait)}


def _unknown(form: JoinCodeForm, status: int) -> ResponseReturnValue:
    _guesses().count(_address())
    form.code.errors = [_("No class uses the code %(code)s.", code=shown(normalise(form.text("code")))[:20])]
    return render_template(ASK, form=form, confused=confused_characters(form.text("code"))), status


@blueprint.get("/join/<code>")
@public
def show(code: str) -> ResponseReturnValue:
    """The class and its instructors, then the button or the form for an account."""
    if wait := _guesses().wait(_address()):
        return _too_often(JoinCodeForm(data={"code": code}), wait)
    section = queries.find_section_by_code(code)
    if section is None:
        return _unknown(JoinCodeForm(data={"code": code}), 404)
    place = queries.find_enrollment(current_user.id, section.id) if current_user.is_authenticated else None
    return render_template(SHOW, section=section, code=normalise(code), form=AccountFields(), place=place)


@blueprint.post("/join/<code>")
@public
def join(code: str) -> ResponseReturnValue:
    """Join the class: the viewer, or with the account that the form makes."""
    if wait := _guesses().wait(_address()):
        return _too_often(JoinCodeForm(data={"code": code}), wait)
    if not current_user.is_authenticated:
        return _join_as_somebody_new(code)
    section = _open_section(code)
    if section is None:
        return _unknown(JoinCodeForm(data={"code": code}), 404)
    operations.enroll(current_user.id, section.id)
    commit()
    flash(_("You are in. Welcome to %(name)s.", name=section.name))
    return redirect(class_url(section.id), 303)


def _open_section(code: str) -> queries.FoundSection | None:
    """Return the class if it takes people now; 409 if it does not."""
    section = queries.find_section_by_code(code)
    if section and (section.archived or not section.join_open):
        raise Conflict(_("This class is not taking new people now. Ask your instructor."))
    return section


def _join_as_somebody_new(code: str) -> ResponseReturnValue:
    form = AccountFields()
    is_valid = form.validate_on_submit()
    password_hash = hash_password(form.text("password")) if is_valid else ""  # before the write transaction
    section = _open_section(code)
    if section is None:
        return _unknown(JoinCodeForm(data={"code": code}), 404)
    page = {"section": section, "code": normalise(code), "form": form, "place": None}
    if not is_valid:
        return refused(SHOW, **page)
    if wait := account_wait(request.remote_addr):
        form.refuse_for(wait)
        return render_template(SHOW, **page), 429, {"Retry-After": str(wait)}
    new = operations.NewUser(
        name=form.text("name"),
        password_hash=password_hash,
        username=None if form.email else form.text("username"),
        email=form.email,
        time_zone=form.zone,
    )
    try:
        user = operations.create_user(new)
    except operations.NameTakenError:
        form.refuse_name()
        return refused(SHOW, **page)
    count_account(request.remote_addr)
    operations.enroll(user.id, section.id)
    token = operations.start_sign_in(user.id, device_name(request.user_agent.string))
    answer = redirect(class_url(section.id), 303)
    if form.email:
        send_link(answer, NewAddress(user.id, new.name, form.email))
    commit()
    keep_token(token)
    flash(_("You are in. Welcome to %(name)s.", name=section.name))
    return answer
