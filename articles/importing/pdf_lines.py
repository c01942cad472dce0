"""The lines of a PDF's text layer, read in a process of its own.

PDFium is native code and a PDF is a stranger's program: whatever it does to this process, the
application goes on. Run as `python -m articles.importing.pdf_lines`, with the file on standard input;
answers with JSON on standard output: {"pages": [[[text, left, right, bottom, size], …], …], "images": how many}
in points, or {"refused": "locked" | "broken" | "long"}.
"""

from __future__ import annotations

import ctypes
import json
import sys
from typing import Any, TypeAlias

import pypdfium2
import pypdfium2.raw as pdfium

if sys.platform != "win32":
    import resource

MOST_PAGES = 1_000
MOST_MEMORY = 1_500 * 1024 * 1024
MOST_SECONDS = 40
Line: TypeAlias = tuple[str, float, float, float, float]


def read_lines(data: bytes) -> dict[str, Any]:
    """Return the lines of every page, or why there are none."""
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError:
        is_locked = pdfium.FPDF_GetLastError() in (pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY)
        return {"refused": "locked" if is_locked else "broken"}
    if len(document) > MOST_PAGES:
        return {"refused": "long"}
    try:
        pages = [_page(document, number) for number in range(len(document))]
        return {"pages": pages, "images": sum(_images(document, number) for number in range(len(document)))}
    except pypdfium2.PdfiumError:
        return {"refused": "broken"}


def _page(document: Any, number: int) -> list[Line]:
    page = document[number].get_textpage()
    lines: list[Line] = []
    at = 0
    for text in page.get_text_range().split("\n"):
        words = text.rstrip("\r")
        if words.strip():
            lines.append(_line(page.raw, words, at))
        at += len(text) + 1
    return lines


def _images(document: Any, number: int) -> int:
    return sum(1 for _image in document[number].get_objects(filter=(pdfium.FPDF_PAGEOBJ_IMAGE,)))


def _line(page: Any, words: str, at: int) -> Line:
    first = at + len(words) - len(words.lstrip())
    last = at + len(words.rstrip()) - 1
    boxes = [_box(page, first), _box(page, last)]
    left, right = min(box[0] for box in boxes), max(box[1] for box in boxes)
    return words.strip(" \t"), left, right, min(box[2] for box in boxes), pdfium.FPDFText_GetFontSize(page, first)


def _box(page: Any, at: int) -> tuple[float, float, float]:
    """Left, right and bottom of one letter; all 0 for one that the reader put in itself."""
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    pdfium.FPDFText_GetCharBox(page, at, *map(ctypes.byref, (left, right, bottom, top)))
    return left.value, right.value, bottom.value


def _limit_itself() -> None:
    if sys.platform != "win32":
        resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))


if __name__ == "__main__":
    _limit_itself()
    json.dump(read_lines(sys.stdin.buffer.read()), sys.stdout)
