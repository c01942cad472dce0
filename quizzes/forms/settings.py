"""The form of a quiz's rules in a class."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext
from wtforms import (
    BooleanField,
    Field,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    ValidationError,
)
from wtforms.fields import SelectChoice  # type: ignore[attr-defined]  # newer than its types

from core.fields import WholeNumberField
from core.forms import Form
from quizzes.deliveries import (
    CERTAINTY_WORDS,
    DELAY_UNITS,
    DELAY_WORDS,
    LAYOUT_WORDS,
    MINUTE,
    MOST_ATTEMPTS,
    MOST_DELAY,
    MOST_MINUTES,
    RELEASE_WORDS,
    RELEASES,
    WHICH_COUNTS_WORDS,
    DeliveryRules,
    delay_unit,
)
from quizzes.forms.questions import at_most

NONE, SOME = "none", "some"
COUNTED = ("time_limit_seconds", "delay_seconds")
"""Rules that are typed in another unit than they are kept in."""
MOMENTS = [SelectChoice(*pair) for pair in RELEASE_WORDS.items()]


class RulesForm(Form):
    """Limit, attempts, order, late credit, release and access code; and which other classes get the same."""

    limit = RadioField(
        lazy_gettext("Time limit"),
        choices=[SelectChoice(NONE, lazy_gettext("No limit")), SelectChoice(SOME, lazy_gettext("Limit to"))],
        default=NONE,
    )
    minutes = WholeNumberField(lazy_gettext("Minutes"))
    attempts = RadioField(
        lazy_gettext("How many"),
        choices=[
            SelectChoice(SOME, lazy_gettext("This many")),
            SelectChoice(NONE, lazy_gettext("As many as they like")),
        ],
        default=SOME,
    )
    attempts_allowed = WholeNumberField(lazy_gettext("Attempts"))
    which_counts = SelectField(
        lazy_gettext("Which score counts"), choices=[SelectChoice(*pair) for pair in WHICH_COUNTS_WORDS.items()]
    )
    delay = WholeNumberField(lazy_gettext("Pause between attempts"))
    delay_unit = SelectField(
        lazy_gettext("Unit of the pause"),
        choices=[SelectChoice(*pair) for pair in DELAY_WORDS.items()],
        default="hours",
    )
    layout = RadioField(lazy_gettext("Pages"), choices=[SelectChoice(*pair) for pair in LAYOUT_WORDS.items()])
    shuffle_questions = BooleanField(lazy_gettext("Shuffle the order of questions"))
    shuffle_options = BooleanField(lazy_gettext("Shuffle the order of options"))
    late_credit_percent = WholeNumberField(lazy_gettext("Credit for late work, in per cent"))
    release_score = SelectField(lazy_gettext("Score"), choices=MOMENTS)
    release_correctness = SelectField(lazy_gettext("Right or wrong"), choices=MOMENTS)
    release_feedback = SelectField(lazy_gettext("Feedback"), choices=MOMENTS)
    release_key = SelectField(lazy_gettext("Right answers"), choices=MOMENTS)
    certainty = RadioField(
        lazy_gettext("How sure they are"), choices=[SelectChoice(*pair) for pair in CERTAINTY_WORDS.items()]
    )
    second_try = RadioField(
        lazy_gettext("Second try after re-reading"),
        choices=[SelectChoice(NONE, lazy_gettext("No")), SelectChoice(SOME, lazy_gettext("Yes, for"))],
        default=NONE,
    )
    second_try_percent = WholeNumberField(lazy_gettext("Credit of a second try, in per cent"))
    hides_names = BooleanField(lazy_gettext("Hide names from those who grade"))
    access_code = StringField(lazy_gettext("Access code"), [at_most(60)])
    also = SelectMultipleField(lazy_gettext("Use the same settings for"), coerce=int)

    @staticmethod
    def values_of(rules: DeliveryRules) -> dict[str, Any]:
        """Return what the fields show for rules."""
        values = {name: getattr(rules, name) for name in DeliveryRules.__dataclass_fields__}
        seconds = rules.time_limit_seconds
        return values | {
            "limit": NONE if seconds is None else SOME,
            "minutes": None if seconds is None else -(-seconds // MINUTE),
            "attempts": NONE if rules.attempts_allowed is None else SOME,
            "second_try": NONE if rules.second_try_percent is None else SOME,
            "delay": rules.delay_seconds // DELAY_UNITS[delay_unit(rules)] or None,
            "delay_unit": delay_unit(rules),
        }

    def rules(self) -> DeliveryRules:
        """Return the rules that were set; only once the form is valid."""
        values = {name: self[name].data for name in DeliveryRules.__dataclass_fields__ if name not in COUNTED}
        values["access_code"] = values["access_code"] or ""
        if self.attempts.data == NONE:
            values["attempts_allowed"] = None
        if self.second_try.data == NONE:
            values["second_try_percent"] = None
        seconds = self.minutes.data * MINUTE if self.limit.data == SOME else None
        delay = (self.delay.data or 0) * DELAY_UNITS[self.delay_unit.data]
        return DeliveryRules(time_limit_seconds=seconds, delay_seconds=delay, **values)

    def validate_delay(self, field: Field) -> None:
        """A pause is a year at most."""
        if (field.data or 0) * DELAY_UNITS.get(self.delay_unit.data, 1) > MOST_DELAY:
            raise ValidationError(_("Give a pause of a year at most."))

    def validate_minutes(self, field: Field) -> None:
        """A limit needs a number of minutes."""
        words = _("Give a number of minutes from 1 to %(n)s.", n=MOST_MINUTES)
        _check_number(self.limit, field, MOST_MINUTES, words)

    def validate_attempts_allowed(self, field: Field) -> None:
        """Attempts are counted from one."""
        words = _("Give a number of attempts from 1 to %(n)s.", n=MOST_ATTEMPTS)
        _check_number(self.attempts, field, MOST_ATTEMPTS, words)

    def validate_second_try_percent(self, field: Field) -> None:
        """A second try earns something, and no more than the first."""
        _check_number(self.second_try, field, 100, _("Give a per cent from 1 to 100."))

    def validate_second_try(self, field: Field) -> None:
        """Whoever tries again must know what was not right, and not yet what would have been."""
        if field.data == SOME and not (self.release_score.data == self.release_correctness.data == "at_once"):
            raise ValidationError(_("For a second try, show the score and right or wrong as soon as they hand in."))

    def validate_late_credit_percent(self, field: Field) -> None:
        """Late work keeps from nothing to everything."""
        if not field.errors and not (field.data is not None and 0 <= field.data <= 100):
            raise ValidationError(_("Give a per cent from 0 to 100."))

    def validate_release_correctness(self, field: Field) -> None:
        """Right and wrong give the score away: they cannot come before it."""
        if self.release_score.data == "never" and field.data != "never":
            raise ValidationError(_("While the score is never shown, right and wrong are hidden too. Choose Never."))

    def offer(self, classes: Iterable[tuple[int, str]]) -> None:
        """Name the other classes (assignment, name) that may get the same settings."""
        self.also.choices = [SelectChoice(*pair) for pair in classes]

    @property
    def releases(self) -> list[Field]:
        """The four fields that say when something is shown."""
        return [self[name] for name in RELEASES]


def _check_number(choice: RadioField, number: Field, most: int, words: str) -> None:
    """A number that is chosen lies between 1 and `most`; one that was typed beside the other choice was meant."""
    if choice.data == SOME and not number.errors and not 1 <= (number.data or 0) <= most:
        raise ValidationError(words)
    if choice.data == NONE and number.data is not None and number.object_data is None:
        chosen = next(label for value, label, *_more in choice.iter_choices() if value == NONE)
        raise ValidationError(
            _("You typed a number, and “%(choice)s” is chosen. Choose the other, or empty the field.", choice=chosen)
        )
