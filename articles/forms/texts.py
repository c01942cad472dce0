"""The form of a text: a new article, or an article's next version."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from pathlib import PurePath
from typing import Any, TypeAlias

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from werkzeug.datastructures import FileStorage
from wtforms import HiddenField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import Length

from articles.drafts import LONGEST_TITLE, Draft, prepare
from articles.forms.images import WithImages
from articles.image_changes import changed_source
from articles.images import ImageFacts
from articles.importing import refusal
from articles.importing.formats import Source, source_of_file, source_of_text
from articles.importing.images import Images, named
from articles.importing.refusal import MAX_BYTES, TOO_MANY_BYTES, ImportRefused

FindImages: TypeAlias = Callable[[Collection[str]], Mapping[str, ImageFacts]]
"""Of these images, by digest, those that the author of a text keeps."""
FORMAT_NAMES = {"plain": _l("Plain text"), "markdown": _l("Markdown"), "html": _l("HTML")}


def one_line(text: str | None) -> str:
    """Return a text on one line, without control characters."""
    visible = "".join(" " if unicodedata.category(c) in ("Cc", "Zl", "Zp") else c for c in text or "")
    return " ".join(visible.split())


def title_from_filename(filename: str) -> str:
    """Return a first guess at a title: "north-korea-joins.txt" becomes "North korea joins"."""
    words = one_line(PurePath(filename).stem.replace("-", " ").replace("_", " "))
    return words[:1].upper() + words[1:]


class ArticleForm(WithImages):
    """A text that is to become an article, or an article's next version."""

    title = StringField(
        _l("Title"),
        filters=[one_line],
        validators=[Length(max=LONGEST_TITLE, message=_l("A title can have 300 characters. Shorten it."))],
    )
    language = SelectField(_l("Language of the text"))
    format = SelectField(_l("The text is"))
    body = TextAreaField(_l("The text"))
    file = FileField(_l("Or a file"), render_kw={"data-most-bytes": MAX_BYTES, "data-too-large": TOO_MANY_BYTES})
    edited_number = HiddenField()
    move = SelectMultipleField(_l("Classes that get the new text"), coerce=int)
    # The draft that read() made, also where the form is refused for something else.
    understood: Draft | None = None

    def __init__(self, languages: list[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.language.choices = [("", _("As the text tells")), *languages]
        self.format.choices = [("", _("As the text looks")), *FORMAT_NAMES.items()]
        self.move.choices = []

    def read(self, find_images: FindImages, *, needs_title: bool, needs_words: bool) -> Draft | None:
        """Return the draft that was given, or None, with what is wrong at the fields.

        On success the fields hold the draft as it was understood: a file's text, the title and
        the language found. `find_images` says which images its author keeps. Slow for long
        texts: call it before anything is written.
        """
        if not self.validate():
            return None
        upload = self.file.data if isinstance(self.file.data, FileStorage) and self.file.data.filename else None
        try:
            draft = self._prepared(self._source(upload), find_images)
            changes = self.read_images(draft)
            if changes and changes.change(draft):
                draft = self._prepared(changed_source(draft, changes), find_images)
        except ImportRefused as refused:
            (self.file if upload else self.body).errors = [str(refused)]
            return None
        self.understood = draft
        self._show(draft, upload)
        if changes is None:
            return None
        self.show_images(draft)
        return draft if self._is_complete(needs_title, needs_words) else None

    def _prepared(self, source: Source, find_images: FindImages) -> Draft:
        images = Images(source.images.new, {**source.images.kept, **find_images(named(source.text))})
        return prepare(replace(source, images=images), self.title.data or "", self.language.data)

    def _source(self, upload: FileStorage | None) -> Source:
        if upload is None:
            return source_of_text(self.body.data or "", self.format.data)
        return source_of_file(upload.read(refusal.MAX_BYTES + 1), upload.filename or "")

    def _is_complete(self, needs_title: bool, needs_words: bool) -> bool:
        has_words = not needs_words or self.require_words()
        if needs_title and not self.title.data:
            self.title.errors = [_("Give the reading a title.")]
            return False
        return has_words

    def _show(self, draft: Draft, upload: FileStorage | None) -> None:
        name = title_from_filename(upload.filename or "") if upload else ""
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
