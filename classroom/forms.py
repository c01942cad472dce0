"""What people fill in about themselves and their classes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any
from zoneinfo import available_timezones

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import (
    BooleanField,
    EmailField,
    Field,
    HiddenField,
    PasswordField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
    ValidationError,
)
from wtforms.fields import Choice, SelectChoice  # type: ignore[attr-defined]  # newer than its types
from wtforms.validators import DataRequired, InputRequired, Length, Optional

from classroom.mail_times import Preferences
from classroom.models import DAILY, OFF, WEEKLY
from classroom.names import LONGEST_EMAIL, clean_email, is_username
from classroom.passwords import weakness_of
from classroom.sign_in_limits import in_words
from core.dates import is_time_zone
from core.forms import Form

LONGEST_NAME = 120
NO_PLACES = ("Etc/", "SystemV/", "US/", "Brazil/", "Canada/", "Chile/", "Mexico/", "posix", "right")
"""What the tz database keeps beside its places: other names for them, and clocks of no place."""
_name_length = Length(max=LONGEST_NAME, message=_l("A name can have at most 120 characters."))


@lru_cache(maxsize=1)
def zone_choices() -> tuple[SelectChoice, ...]:
    """Return the zones people live in, in the order of their names."""
    zones = sorted(zone for zone in available_timezones() if "/" in zone and not zone.startswith(NO_PLACES))
    return tuple(SelectChoice(zone, zone.replace("_", " ").replace("/", " / ")) for zone in ("UTC", *zones))


def _check_zone(_form: Any, field: Any) -> None:
    if not is_time_zone(field.data or ""):
        raise ValidationError(_("Choose a time zone from the list."))


class ZoneField(SelectField):
    """A zone of the tz database. One that is not offered, such as a clock of no place, stays while it is chosen."""

    def iter_choices(self) -> Iterator[Any]:
        """Return the zones offered, and first the one that is chosen if it is none of them."""
        offered: list[Any] = list(super().iter_choices())
        if self.data and not any(choice.selected for choice in offered):
            yield Choice(self.data, self.data, True, {})
        yield from offered


def zone_field(label: Any) -> SelectField:
    """Return a field for a zone of the tz database."""
    return ZoneField(label, choices=zone_choices, validate_choice=False, validators=[_check_zone])


class SignInForm(Form):
    """Signing in: by e-mail address or username, whatever its case."""

    username = StringField(
        _l("E-mail address or username"), [DataRequired(_l("Enter your e-mail address or username."))]
    )
    password = PasswordField(_l("Password"), [InputRequired(_l("Enter your password."))])
    next = HiddenField()


class AccountFields(Form):
    """Making an account: what joining a class and registering ask for."""

    name = StringField(_l("Your name, as classmates will see it"), [DataRequired(_l("Enter your name.")), _name_length])
    username = StringField(
        _l("E-mail address or username"), [DataRequired(_l("Enter an e-mail address, or make up a username."))]
    )
    password = PasswordField(_l("Password"), [InputRequired(_l("Choose a password."))])
    time_zone = HiddenField()

    def validate_username(self, field: StringField) -> None:
        """Refuse what is neither an address nor a username."""
        typed = field.data or ""
        if "@" in typed:
            if clean_email(typed) is None:
                raise ValidationError(_("Enter an e-mail address like name@school.edu."))
        elif not is_username(typed):
            raise ValidationError(_("A username has 2 to 80 letters and digits, with . - _ between them."))

    def validate_password(self, field: PasswordField) -> None:
        """Refuse a password that is guessed first."""
        weakness = weakness_of(field.data or "", self.name.data, self.username.data)
        if weakness:
            raise ValidationError(weakness)

    def refuse_name(self) -> None:
        """Say at the field that another account has this name."""
        taken = _("There is an account with this name already. Log in, or choose another one.")
        self.username.errors = [taken]

    def refuse_for(self, seconds: int) -> None:
        """Say that too many accounts were made from here, and when to try again."""
        self.username.errors = [f"{_('Too many accounts were made from here just now.')} {in_words(seconds)}"]

    @property
    def email(self) -> str | None:
        """The address that was given, as it is stored."""
        return clean_email(self.text("username")) if "@" in self.text("username") else None

    @property
    def zone(self) -> str:
        """The browser's zone if it told one, else UTC."""
        told = self.time_zone.data or ""
        return told if is_time_zone(told) else "UTC"


class RegisterForm(AccountFields):
    """Registering without a class; next leads on from there."""

    next = HiddenField()


class InstructorRegisterForm(RegisterForm):
    """Registering where the installation lets anybody teach."""

    role = RadioField(
        _l("You are here to"),
        choices=[SelectChoice("student", _l("Read with a class")), SelectChoice("instructor", _l("Teach a class"))],
        default="student",
    )


class NewPasswordForm(Form):
    """A new password through a mailed link."""

    password = PasswordField(_l("New password"), [InputRequired(_l("Choose a password."))])

    def __init__(self, *args: Any, own_names: tuple[str | None, ...] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.own_names = own_names

    def validate_password(self, field: PasswordField) -> None:
        """Refuse a password that is guessed first."""
        weakness = weakness_of(field.data or "", *self.own_names)
        if weakness:
            raise ValidationError(weakness)


class ChangePasswordForm(NewPasswordForm):
    """A new password by the person who knows the present one."""

    current = PasswordField(_l("Present password"), [InputRequired(_l("Enter the password you use now."))])


class ResetRequestForm(Form):
    """Asking for a link by mail."""

    email = EmailField(_l("E-mail address"), [DataRequired(_l("Enter your e-mail address."))])

    def validate_email(self, field: EmailField) -> None:
        """Refuse what is no address by its form."""
        if clean_email(field.data or "") is None:
            raise ValidationError(_("Enter an e-mail address like name@school.edu."))


class ProfileForm(Form):
    """The own account. Another e-mail address needs the password."""

    name = StringField(_l("Name"), [DataRequired(_l("Enter your name.")), _name_length])
    email = EmailField(_l("E-mail address"), [Optional(), Length(max=LONGEST_EMAIL)])
    password = PasswordField(_l("Present password"))
    time_zone = zone_field(_l("Your time zone"))
    theme = RadioField(
        _l("Colours"),
        choices=[
            SelectChoice("system", _l("As your device has them")),
            SelectChoice("light", _l("Light")),
            SelectChoice("dark", _l("Dark")),
        ],
        default="system",
    )
    single_keys = BooleanField(_l("Single keys work, such as j for the next paragraph"))

    def validate_email(self, field: EmailField) -> None:
        """Refuse what is no address by its form."""
        if field.data and clean_email(field.data) is None:
            raise ValidationError(_("Enter an e-mail address like name@school.edu."))


class MailForm(Form):
    """What mail a person wants."""

    digest = RadioField(
        _l("What is new in your classes"),
        choices=[
            SelectChoice(DAILY, _l("Every day at about 17:00")),
            SelectChoice(WEEKLY, _l("Every Sunday at about 17:00")),
            SelectChoice(OFF, _l("Not by mail")),
        ],
        default=DAILY,
    )
    replies = BooleanField(_l("Replies to you, soon after they are written"))
    reminders = BooleanField(_l("A reminder when something is due within a day"))

    @property
    def wanted(self) -> Preferences:
        """What was chosen."""
        return Preferences(self.digest.data, bool(self.replies.data), bool(self.reminders.data))


class SectionForm(Form):
    """A class, new or as it is."""

    name = StringField(_l("Name of the class"), [DataRequired(_l("Give the class a name.")), _name_length])
    term = StringField(_l("Term"), [Length(max=60, message=_l("A term can have at most 60 characters."))])
    time_zone = zone_field(_l("Time zone of the class"))


class JoinCodeForm(Form):
    """Looking a class up."""

    class Meta(Form.Meta):
        csrf = False  # asked for with GET

    code = StringField(_l("Class code"), [DataRequired(_l("Enter the code your instructor gave you."))])


class RosterForm(Form):
    """A class list: a file, or pasted text."""

    file = FileField(_l("A file"))
    roster = TextAreaField(_l("Or paste the list"))


class RosterImportForm(Form):
    """A class list that was previewed; `seen` is the plan's fingerprint."""

    roster = HiddenField()
    seen = HiddenField()


class LabelForm(Form):
    """A label, and the students it is given to or taken from; their places are offered by `offer`."""

    label = StringField(
        _l("Label"),
        validators=[
            DataRequired(_l("Write a label, such as Tuesday lab.")),
            Length(max=60, message=_l("A label can have at most 60 characters.")),
        ],
    )
    people = SelectMultipleField(_l("Students"), coerce=int)

    def offer(self, enrollment_ids: Iterable[int]) -> LabelForm:
        """Take the places that may be chosen."""
        self.people.choices = [SelectChoice(at, str(at)) for at in enrollment_ids]
        return self

    def validate_people(self, field: Field) -> None:
        """A label is given to somebody."""
        if not field.data:
            raise ValidationError(_("Tick the students it is about."))
