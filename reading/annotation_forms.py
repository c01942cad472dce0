"""The form that brings annotations in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from werkzeug.datastructures import FileStorage
from wtforms import BooleanField, RadioField, TextAreaField
from wtforms.fields import SelectChoice  # type: ignore[attr-defined]  # newer than its types

from articles.annotations import AnnotationRefused, annotations_of
from core.forms import Form
from reading.incoming import MOST_ANNOTATIONS

MOST_BYTES = 2 * 1024 * 1024


class AnnotationsForm(Form):
    """Annotations as a file or as text; whom the notes are for, and whether what cannot come in is left out."""

    file = FileField(_l("A file of annotations"))
    document = TextAreaField(_l("Or the annotations themselves"))
    choice = RadioField(
        _l("Whom the notes are for"),
        choices=[SelectChoice("self", _l("Only me")), SelectChoice("comment", _l("The class"))],
        default="self",
    )
    leave_out = BooleanField(_l("Leave out what cannot come in"))

    def read(self) -> list[Mapping[str, Any]] | None:
        """Return the annotations that were given, or None, with what is wrong at the fields.

        The text field then holds what was in the file.
        """
        if not self.validate():
            return None
        upload = self.file.data if isinstance(self.file.data, FileStorage) and self.file.data.filename else None
        field = self.file if upload else self.document
        try:
            if upload:
                self.document.data = self._text_of(upload)
            found = annotations_of(self.document.data or "")
        except AnnotationRefused as refused:
            field.errors = [str(refused)]
            return None
        if not found:
            field.errors = [_("There is no annotation in it.")]
        elif len(found) > MOST_ANNOTATIONS:
            field.errors = [_("There are %(n)s annotations in it; 200 can come in at once.", n=len(found))]
        return list(found) if 0 < len(found) <= MOST_ANNOTATIONS else None

    def _text_of(self, upload: FileStorage) -> str:
        data = upload.read(MOST_BYTES + 1)
        if len(data) > MOST_BYTES:
            raise AnnotationRefused("", _("This file is larger than 2 MB."))
        try:
            return data.decode("utf-8-sig")
        except UnicodeDecodeError:
            raise AnnotationRefused("", _("This file is no JSON: its letters are not UTF-8.")) from None
