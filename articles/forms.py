"""The forms of the library and of assignments."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from pathlib import PurePath
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from werkzeug.datastructures import FileStorage
from wtforms import HiddenField, SelectField, SelectMultipleField, StringField, TextAreaField, ValidationError
from wtforms.validators import Length

from articles.drafts import LONGEST_TITLE, Draft, prepare
from articles.importing import refusal
from articles.importing.formats import READERS, Source, guess_format, source_of_file, unified
from articles.importing.refusal import ImportRefused
from articles.operations import Dates
from articles.spans import Placed, parse_reference
from core.forms import Form, LocalDateTimeField

FORMAT_NAMES = {"plain": _l("Plain text"), "markdown": _l("Markdown"), "html": _l("HTML")}


def one_line(text: str | None) -> str:
    """Return a text on one line, without control characters."""
    visible = "".join(" " if unicodedata.category(c) in ("Cc", "Zl", "Zp") else c for c in text or "")
    return " ".join(visible.split())


def title_from_filename(filename: str) -> str:
    """Return a first guess at a title: "north-korea-joins.txt" becomes "North korea joins"."""
    words = one_line(PurePath(filename).stem.replace("-", " ").replace("_", " "))
    return words[:1].upper() + words[1:]


class ArticleForm(Form):
    """A text that is to become an article, or an article's next version."""

    title = StringField(
        _l("Title"),
        filters=[one_line],
        validators=[Length(max=LONGEST_TITLE, message=_l("A title can have 300 characters. Shorten it."))],
    )
    language = SelectField(_l("Language of the text"))
    format = SelectField(_l("The text is"))
    body = TextAreaField(_l("The text"))
    file = FileField(_l("Or a file"))
    edited_number = HiddenField()
    move = SelectMultipleField(_l("Classes that get the new text"), coerce=int)
    # The draft that read() made, also where the form is refused for something else.
    understood: Draft | None = None

    def __init__(self, languages: list[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.language.choices = [("", _("As the text tells")), *languages]
        self.format.choices = [("", _("As the text looks")), *FORMAT_NAMES.items()]
        self.move.choices = []

    def read(self, *, needs_title: bool) -> Draft | None:
        """Return the draft that was given, or None, with what is wrong at the fields.

        On success the fields hold the draft as it was understood: a file's text, the title and
        the language found. Slow for long texts: call it before anything is written.
        """
        if not self.validate():
            return None
        upload = self.file.data if isinstance(self.file.data, FileStorage) else None
        source_field = self.file if upload and upload.filename else self.body
        try:
            draft = prepare(self._source(upload), self.title.data or "", self.language.data)
        except ImportRefused as refused:
            source_field.errors = [str(refused)]
            return None
        self._show(draft, upload)
        self.understood = draft
        if needs_title and not self.title.data:
            self.title.errors = [_("Give the reading a title.")]
            return None
        return draft

    def _source(self, upload: FileStorage | None) -> Source:
        if upload is not None and upload.filename:
            return source_of_file(upload.read(refusal.MAX_BYTES + 1), upload.filename)
        text = unified(self.body.data or "")
        known = self.format.data if self.format.data in READERS else guess_format(text)
        return Source(text, known)

    def _show(self, draft: Draft, upload: FileStorage | None) -> None:
        name = title_from_filename(upload.filename) if upload and upload.filename else ""
        self.title.data = (draft.title or name)[:LONGEST_TITLE]
        self.language.data = draft.language
        self.format.data = draft.source.format
        self.body.data = draft.source.text

    def edited_from(self) -> int:
        """Return the number of the version that was edited; 0 when the form does not say."""
        number = self.edited_number.data or ""
        return int(number) if number.isdecimal() and len(number) < 9 else 0

    def fill(self, title: str, language: str, source: Source) -> None:
        """Put an article's newest version into the fields."""
        self.title.data = title
        self.language.data = language
        self.format.data = source.format
        self.body.data = source.text


class PlaceForm(Form):
    """Where a passage belongs that lost its place, typed as "¶ 4.3" or "¶ 4.3–5"; `version` is the one seen."""

    place = StringField(_l("Where it belongs"))
    version = HiddenField()

    sentences: Sequence[Placed] = ()
    ends: tuple[int, int] | None = None

    def validate_place(self, field: StringField) -> None:
        """There must be such a place."""
        text = field.data or ""
        self.ends = parse_reference(text if text.startswith("¶") else f"¶ {text}", self.sentences)
        if self.ends is None:
            raise ValidationError(_("There is no such place in the article. Write it like ¶ 4.3 or ¶ 4.3–5."))


class DatesForm(Form):
    """The three dates of an article in one class, as wall-clock times in the class's zone."""

    opens_at = LocalDateTimeField(_l("Opens"))
    due_at = LocalDateTimeField(_l("Due"))
    closes_at = LocalDateTimeField(_l("Closes"))

    def in_zone(self, zone: str) -> DatesForm:
        """Take and show the times in this zone."""
        for field in (self.opens_at, self.due_at, self.closes_at):
            field.zone = zone
        return self

    def read(self) -> Dates | None:
        """Return the dates that were given, or None, with what is wrong at the fields."""
        if not self.validate():
            return None
        opens, due, closes = self.opens_at.data, self.due_at.data, self.closes_at.data
        if opens and due and due < opens:
            self.due_at.errors = [_("Due comes before it opens. Choose a later time.")]
        if closes and due and closes < due:
            self.closes_at.errors = [_("It closes before it is due. Choose a later time.")]
        elif closes and opens and closes < opens:
            self.closes_at.errors = [_("It closes before it opens. Choose a later time.")]
        return None if self.errors else Dates(opens, due, closes)
