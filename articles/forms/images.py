"""The images of a text in its form: what each shows in words, another in its place, and a further one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString
from flask_wtf.file import FileField
from werkzeug.datastructures import FileStorage
from wtforms import BooleanField, FormField, HiddenField, IntegerField, TextAreaField
from wtforms.validators import Length, NumberRange, Optional

from articles.drafts import Draft
from articles.image_changes import AddedImage, ImageChanges, images_of, last_number
from articles.images import BROKEN, LARGE, MOST_BYTES, TINY, TYPE, ImageFile, ImageRefused, check_image
from articles.importing.document import ImageRef
from core.forms import Form, Rows

LONGEST_ALT = 1_000
REFUSALS: dict[str, LazyString] = {
    TYPE: _l("This is no PNG, JPEG, GIF or WebP picture. Save it as one of these and choose that."),
    LARGE: _l("This picture is larger than 5 MB or 40 million pixels. Make it smaller and choose it again."),
    BROKEN: _l("This picture is damaged. Open it, save it anew and choose it again."),
    TINY: _l("This picture is only a few pixels large: there is nothing to see."),
}


class ImageField(FileField):
    """A file that has to be an image; `image` is the one that was chosen."""

    image: ImageFile | None = None

    def read(self) -> bool:
        """Look at what was chosen; False, with the reason at the field, where it is no image that can be kept."""
        if not (isinstance(self.data, FileStorage) and self.data.filename):
            return True
        try:
            self.image = check_image(self.data.read(MOST_BYTES + 1))
        except ImageRefused as refused:
            self.errors = [REFUSALS[refused.why]]
        return self.image is not None


def _words(**options: Any) -> TextAreaField:
    return TextAreaField(
        validators=[Length(max=LONGEST_ALT, message=_l("A description can have 1,000 characters. Shorten it."))],
        **options,
    )


class ImageForm(Form):
    """One image of a text. `digest` and `was` are what the page showed: a description that was not touched is none."""

    digest = HiddenField()
    was = HiddenField()
    alt = _words(label=_l("What it shows, for those who cannot see it"))
    decorative = BooleanField(_l("It only decorates: nothing is lost without it"))
    file = ImageField(_l("Another picture in its place"))
    left_out = BooleanField(_l("Leave this picture out"))

    def said(self) -> str | None:
        """Return the description as it stands in the form; "": it only decorates, None: there is none yet."""
        alt = " ".join(self.text("alt").split())
        return alt or ("" if self.decorative.data else None)

    def change(self, image: ImageRef) -> ImageRef | None:
        """Return what becomes of an image of the text; None: it is left out."""
        if self.left_out.data:
            return None
        said = image.alt if _shown(self.said()) == self.was.data else self.said()
        return ImageRef(self.file.image.facts.digest if self.file.image else image.digest, said)


def _shown(alt: str | None) -> str:
    return "" if alt is None else f"={alt}"


class AddedImageForm(Form):
    """An image that is added to a text."""

    file = ImageField(_l("Add a picture"))
    alt = _words(label=_l("What it shows, for those who cannot see it"))
    after = IntegerField(
        _l("After paragraph"),
        validators=[Optional(), NumberRange(min=1, message=_l("Paragraphs are counted from 1."))],
    )


class WithImages(Form):
    """The part of a text's form that is about its images."""

    images = Rows(ImageForm, _l("Pictures"), most=1_000)
    added = FormField(AddedImageForm)

    def _files(self) -> Iterator[ImageField]:
        yield from (entry.form.file for entry in self.images)
        yield self.added.form.file

    def read_images(self, draft: Draft) -> ImageChanges | None:
        """Return what is to be changed about a text's images, or None, with what is wrong at the fields."""
        ok = min([field.read() for field in self._files()])
        after = self.added.form.after
        if self.added.form.file.image and after.data and after.data > last_number(draft):
            after.errors = [_("The last paragraph is ¶ %(n)s.", n=last_number(draft))]
            ok = False
        if not ok:
            self._tell_errors()
            return None
        new = [field.image for field in self._files() if field.image]
        return ImageChanges(self._every(draft), self._added(), {image.facts.digest: image for image in new})

    def _every(self, draft: Draft) -> list[ImageRef | None]:
        """What becomes of each image: of one that the text names twice the first form is for the first."""
        forms: dict[str, list[ImageForm]] = defaultdict(list)
        for entry in self.images:
            forms[entry.form.digest.data or ""].append(entry.form)
        every: list[ImageRef | None] = []
        for image in images_of(draft):
            own = forms[image.digest]
            every.append(own.pop(0).change(image) if own else image)
        return every

    def _added(self) -> AddedImage | None:
        form = self.added.form
        if not form.file.image:
            return None
        alt = " ".join(form.text("alt").split())
        return AddedImage(ImageRef(form.file.image.facts.digest, alt or None), form.after.data)

    def show_images(self, draft: Draft) -> None:
        """Put a text's images into the fields as they are now, and leave the one for a further image empty."""
        while len(self.images):
            self.images.pop_entry()
        self.images.last_index = -1
        for image in images_of(draft):
            values = {"digest": image.digest, "was": _shown(image.alt)}
            self.images.append_entry({**values, "alt": image.alt or "", "decorative": image.alt == ""})
        self.added.process(None, data={})

    def require_words(self) -> bool:
        """Whether every image is described; False, with the question at each that is not."""
        silent = [entry.form.alt for entry in self.images if entry.form.said() is None]
        for field in silent:
            field.errors = [_("Say what this picture shows, or tick that it only decorates.")]
        self._tell_errors()
        return not silent

    def _tell_errors(self) -> None:
        """Let the list know what is wrong in its forms: it looks only while it is validated."""
        self.images.errors = [entry.errors for entry in self.images if entry.errors]
