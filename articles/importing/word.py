"""DOCX, as Word and others save it: its text as HTML, through mammoth."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import mammoth
from mammoth.docx.files import InvalidFileReferenceError

from articles.images import ImageFile
from articles.importing import refusal
from articles.importing.images import Images, address_of

MOST_UNPACKED = 100 * 1024 * 1024
MOST_PARTS = 5_000
START = b"PK\x03\x04"
DECLARATION = b"<!DOCTYPE"  # entities are declared in one, and no word processor writes it
DOCUMENT = "word/document.xml"
STYLES = """
p[style-name='Title'] => h1:fresh
p[style-name='Subtitle'] => h2:fresh
p[style-name='Quote'] => blockquote > p:fresh
p[style-name='Intense Quote'] => blockquote > p:fresh
"""


def read_docx(data: bytes) -> tuple[str, Images]:
    """Return the text of a DOCX as HTML, still to be cleaned, and its images; those kept elsewhere are not fetched.

    Raises ImportRefused.
    """
    _check(data)
    new: dict[str, ImageFile] = {}
    try:
        made: Any = mammoth.convert_to_html(
            io.BytesIO(data),
            style_map=STYLES,
            convert_image=mammoth.images.img_element(lambda image: {"src": _address_of(image, new)}),
            include_embedded_style_map=False,
            external_file_access=False,
        )
    except Exception as error:  # whatever a damaged file leads mammoth to
        raise refusal.broken("DOCX") from error
    return str(made.value), Images(new)


def _address_of(image: Any, new: dict[str, ImageFile]) -> str:
    try:
        with image.open() as opened:
            return address_of(opened.read(), new)
    except (InvalidFileReferenceError, KeyError):
        return ""


def _check(data: bytes) -> None:
    """Refuse what is no document, and what would grow out of all proportion when unpacked."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
            if DOCUMENT not in archive.namelist():
                raise refusal.broken("DOCX")
            if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
                raise refusal.too_many_bytes()
            for part in parts:
                if part.filename.endswith((".xml", ".rels")) and DECLARATION in archive.read(part):
                    raise refusal.broken("DOCX")
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, EOFError, ValueError) as error:
        if isinstance(error, refusal.ImportRefused):
            raise
        raise refusal.broken("DOCX") from error
