"""Forms of discussions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, HiddenField, IntegerField, RadioField, StringField, TextAreaField
from wtforms.fields import SelectChoice  # type: ignore[attr-defined]  # newer than its types
from wtforms.validators import (
    AnyOf,
    DataRequired,
    InputRequired,
    Length,
    NumberRange,
    Optional,
    Regexp,
    ValidationError,
)

from articles.queries import SentenceRow
from articles.spans import Ends, find_references, parse_reference
from core.fields import reason_field
from core.forms import Form, LocalDateTimeField
from discussion.body_field import body_field, unify_lines
from discussion.comment_text import LONGEST
from discussion.flags import FLAG_WORDS
from discussion.margins import CHOICES
from discussion.models import ALLOWED, FLAG_KINDS, FORBIDDEN, FORCED, REACTIONS
from discussion.participation_forms import RequirementsForm
from discussion.read_marks import ReadMarks

MOST_PASSAGES = 12
MOST_WANTED = 10


class PostForm(Form):
    """A post, or a reply when `parent` is filled in. `anonymous`: to classmates. `group`: for whom staff write."""

    body = body_field(_l("Your post"))
    parent = IntegerField("", validators=[Optional()])  # nobody sees it: no name to look up
    anonymous = BooleanField(_l("Post without my name to classmates"))
    group = IntegerField("", validators=[Optional()])


class EditForm(Form):
    """A post, again. `seen`: its last edit as the page showed it."""

    body = body_field(_l("Your post"))
    seen = HiddenField()


class HidingForm(Form):
    """Why a post is hidden."""

    reason = reason_field(_l("Say why. The author reads it."))


class MuteForm(Form):
    """Why a student is muted."""

    reason = reason_field(_l("Say why. The student reads it."))


class FlagForm(Form):
    """What staff should look at in a post."""

    kind = RadioField(
        _l("What is it about?"),
        choices=[SelectChoice(kind, words) for kind, words in FLAG_WORDS.items()],
        validators=[AnyOf(FLAG_KINDS, _l("Choose what it is about."))],
        validate_choice=False,
    )
    words = StringField(_l("A few words"), validators=[Length(max=300, message=_l("Keep it under 300 characters."))])


class EndorsementForm(Form):
    """What is good about a post."""

    reason = StringField(
        _l("What is good about it"), validators=[Length(max=200, message=_l("Keep it under 200 characters."))]
    )


class NoteForm(PostForm):
    """A note in the margin: on which words, and what it is. `paragraph`: where it was written."""

    body = body_field(_l("Your note"))
    choice = StringField(validators=[AnyOf(CHOICES)], default=CHOICES[0])
    first = IntegerField(_l("On which sentence"), validators=[InputRequired(_l("Choose a sentence."))])
    last = IntegerField(validators=[Optional()])
    start = IntegerField(validators=[Optional(), NumberRange(0)])
    end = IntegerField(validators=[Optional(), NumberRange(0)])
    paragraph = IntegerField(validators=[Optional()])

    def ends(self) -> Ends:
        """Return the words that it is on."""
        first: int = self.first.data or 0
        return Ends(first, self.last.data or first, self.start.data, self.end.data)


class PlaceForm(Form):
    """Where a note belongs whose words are no longer in the text, typed as "¶ 4.3" or "¶ 4.3–5"."""

    place = StringField(_l("Where it belongs"))

    sentences: Sequence[SentenceRow] = ()
    ends: tuple[int, int] | None = None

    def validate_place(self, field: StringField) -> None:
        """There must be such a place."""
        text = field.data or ""
        self.ends = parse_reference(text if text.startswith("¶") else f"¶ {text}", self.sentences)
        if self.ends is None:
            raise ValidationError(_l("There is no such place in the article. Write it like ¶ 4.3 or ¶ 4.3–5."))


class ReactionForm(Form):
    """A reaction to a post."""

    kind = StringField(validators=[AnyOf(REACTIONS)])


class SentenceForm(Form):
    """One sentence. `paragraph`: where it was chosen."""

    first = IntegerField(_l("On which sentence"), validators=[InputRequired()])
    paragraph = IntegerField(validators=[Optional()])


class ReadMarksForm(Form):
    """The ids of comments that were read, with commas between them; or the id of the newest, `until` which all were."""

    ids = StringField(validators=[Optional(), Regexp(r"^\d{1,18}(,\d{1,18}){0,999}$")])
    until = StringField(validators=[Optional(), Regexp(r"^\d{1,18}$")])

    def validate(self, extra_validators: Mapping[str, Sequence[Any]] | None = None) -> bool:
        """One of the two is there."""
        return bool(super().validate(extra_validators)) and bool(self.ids.data or self.until.data)

    def which(self) -> ReadMarks:
        """Return what was read."""
        until = self.text("until")
        return ReadMarks([int(number) for number in self.text("ids").split(",") if number], int(until) if until else 0)


class PromptForm(Form):
    """A prompt: its question, a few words, the passages it is about."""

    title = StringField(
        _l("The question"),
        validators=[
            DataRequired(_l("Write the question.")),
            Length(max=200, message=_l("Keep the question under 200 characters.")),
        ],
    )
    body = TextAreaField(
        _l("A few words more"),
        filters=[unify_lines],
        validators=[Length(max=LONGEST, message=_l("Keep it under 5,000 characters."))],
    )
    passages = StringField(_l("Passages"))

    sentences: Sequence[SentenceRow] = ()

    def validate_passages(self, field: StringField) -> None:
        """Every reference must be a place in the article, and there is nothing else in the field."""
        text = field.data or ""
        found = find_references(text)
        left, at = "", 0
        for start, end, _words in found:
            left, at = left + text[at:start], end
        stray = (left + text[at:]).strip(" ,;·\n")
        if stray:
            raise ValidationError(
                _l("Write passages like “¶ 4.3–5, ¶ 9”. This is not one: %(words)s", words=stray[:60])
            )
        for words in (reference for _s, _e, reference in found):
            if parse_reference(words, self.sentences) is None:
                raise ValidationError(_l("There is no %(words)s in this article.", words=words))
        if len(found) > MOST_PASSAGES:
            raise ValidationError(_l("Choose at most twelve passages."))

    def spans(self) -> tuple[tuple[int, int], ...]:
        """Return (first, last) sentence ids of each passage, in the order written, none twice."""
        ends = [parse_reference(words, self.sentences) for _s, _e, words in find_references(self.passages.data or "")]
        return tuple(dict.fromkeys(places for places in ends if places is not None))


class DeliveryForm(RequirementsForm):
    """The rules of a prompt in one class. Times are in the class's zone."""

    posts_before_seeing = IntegerField(
        _l("Own posts before seeing others’"),
        default=1,
        validators=[
            InputRequired(_l("Write a number; 0 means that everybody sees everything at once.")),
            NumberRange(0, MOST_WANTED, _l("Choose a number from 0 to 10.")),
        ],
    )
    gate_opens_at = LocalDateTimeField(_l("Open to everybody from"), validators=[Optional()])
    closes_at = LocalDateTimeField(_l("Closes"), validators=[Optional()])
    anonymity = RadioField(
        _l("Posts without a name"),
        choices=[
            SelectChoice(FORBIDDEN, _l("Everybody posts under their name")),
            SelectChoice(ALLOWED, _l("Students may post without their name to classmates")),
            SelectChoice(FORCED, _l("Students always post without their name to classmates")),
        ],
        default=FORBIDDEN,
    )
    approves_first = BooleanField(_l("Posts wait until staff approve them"))
    position = IntegerField(
        _l("Place in the list"),
        validators=[Optional(), NumberRange(1, 100, _l("Choose a place from 1 to 100."))],
    )
