"""Why a text is not taken in, in words for the person who gave it."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

MAX_BYTES = 10 * 1024 * 1024
TOO_MANY_BYTES = _l("This file is larger than 10 MB. Take pictures out, or split it into several readings.")
MAX_CHARACTERS = 1_000_000
MAX_SENTENCES = 10_000


class ImportRefused(ValueError):
    """The text cannot become an article; `message` says why and what to do. Nothing was changed."""

    def __init__(self, message: str | LazyString) -> None:
        super().__init__(message)
        self.message = message

    def __str__(self) -> str:
        return str(self.message)


def empty() -> ImportRefused:
    """Return the refusal of a text in which nothing is left to read."""
    return ImportRefused(_l("There is no text in it. Paste the article, or choose a file that has words in it."))


def not_text() -> ImportRefused:
    """Return the refusal of a file that is not text at all."""
    return ImportRefused(
        _l("This file is not text. Save it as DOCX, PDF, plain text, Markdown or HTML and choose that file.")
    )


def not_read(name: str) -> ImportRefused:
    """Return the refusal of a known format that is not read, such as RTF."""
    return ImportRefused(
        _l("%(name)s files cannot be read. Save it as DOCX, PDF, text, Markdown or HTML first.", name=name)
    )


def broken(name: str) -> ImportRefused:
    """Return the refusal of a DOCX or PDF that cannot be opened."""
    return ImportRefused(
        _l(
            "This %(name)s file is damaged, or is something else under that name. "
            "Open it, save it anew and choose it again, or paste its text.",
            name=name,
        )
    )


def locked() -> ImportRefused:
    """Return the refusal of a PDF that asks for a password."""
    return ImportRefused(_l("This PDF asks for a password. Save a copy without one and choose that."))


def scanned() -> ImportRefused:
    """Return the refusal of a PDF without a text layer."""
    return ImportRefused(
        _l(
            "The pages of this PDF are pictures: there is no text in them to point at. "
            "Run text recognition (OCR) over it and choose the result, or paste the text."
        )
    )


def too_many_pages() -> ImportRefused:
    """Return the refusal of a PDF that is a shelf rather than a reading."""
    return ImportRefused(_l("This PDF has more than 1,000 pages. Take out those that the class reads."))


def bad_encoding(encoding: str) -> ImportRefused:
    """Return the refusal of a file whose characters do not fit the encoding it says it is in."""
    return ImportRefused(
        _l(
            "The characters of this file are broken: it is not readable as %(encoding)s. "
            "Open it in an editor, save it as UTF-8 and choose it again.",
            encoding=encoding,
        )
    )


def too_many_bytes() -> ImportRefused:
    """Return the refusal of a file over MAX_BYTES."""
    return ImportRefused(TOO_MANY_BYTES)


def too_many_characters(count: int) -> ImportRefused:
    """Return the refusal of a text over MAX_CHARACTERS."""
    return ImportRefused(
        _l(
            "This text has %(count)s characters; a reading can have 1,000,000. Split it into several readings.",
            count=f"{count:,}",
        )
    )


def too_many_sentences(count: int) -> ImportRefused:
    """Return the refusal of a text over MAX_SENTENCES."""
    return ImportRefused(
        _l(
            "This text has %(count)s sentences; a reading can have 10,000. Split it into several readings.",
            count=f"{count:,}",
        )
    )


def too_tangled() -> ImportRefused:
    """Return the refusal of markup nested or repeated so deeply that reading it would take minutes."""
    return ImportRefused(_l("The markup of this text is too tangled to read. Save it as plain text instead."))
