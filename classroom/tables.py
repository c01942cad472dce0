"""Tables as people have them: CSV from any spreadsheet in any encoding, or lines pasted into a field."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass

from flask_babel import gettext as _

from core.workbooks import NotAWorkbookError, read_workbook

DELIMITERS = ("\t", ";", ",")
SEP_LINE = re.compile(r"\ufeff?sep=(.)[ \t]*(?:\r\n|\r|\n|\Z)", re.IGNORECASE)
LARGEST = 1_000_000  # characters
ZIPPED = b"PK\x03\x04"
SPREADSHEETS = (ZIPPED, b"\xd0\xcf\x11\xe0")


class UnreadableTableError(ValueError):
    """What was given is not a table of text; the message says what to do instead."""


@dataclass(frozen=True)
class Line:
    """One record: the number of the line it starts on (1 is the first), and its cells as they stand."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Table:
    """A header and the lines below it; empty lines are left out."""

    header: tuple[str, ...]
    lines: tuple[Line, ...]

    def records(self) -> list[dict[str, str]]:
        """Return each line as {column: cell}; cells that a line lacks are empty."""
        return [dict(zip(self.header, pad(line.cells, len(self.header)), strict=False)) for line in self.lines]


def pad(cells: tuple[str, ...], width: int) -> tuple[str, ...]:
    """Return `cells` with empty ones added up to `width`."""
    return cells + ("",) * (width - len(cells))


def decode(raw: bytes) -> str:
    """Return the text of a file in UTF-8, UTF-16 or windows-1252, without its byte order mark; a workbook's as CSV.

    Raises UnreadableTableError for another spreadsheet file and for anything else that is not text.
    """
    if raw.startswith(ZIPPED):
        with suppress(NotAWorkbookError):
            return _as_csv(read_workbook(raw))
    if raw.startswith(SPREADSHEETS):
        raise UnreadableTableError(_("This is a spreadsheet file. Save it as CSV, or copy its cells and paste them."))
    text = _decoded(raw)
    if "\x00" in text:
        raise UnreadableTableError(_("This file is not text. Save your list as CSV and choose that file."))
    return text


def _as_csv(rows: list[list[str]]) -> str:
    out = io.StringIO()
    csv.writer(out, quoting=csv.QUOTE_ALL).writerows(rows)
    return out.getvalue()


def _decoded(raw: bytes) -> str:
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return raw.decode("utf-16", errors="replace")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("cp1252", errors="replace")


def read_lines(text: str) -> tuple[Line, ...]:
    """Return the records of a pasted or decoded table; the delimiter is found, a `sep=` line obeyed.

    Raises UnreadableTableError if the text is too long or a quotation mark is never closed.
    """
    if len(text) > LARGEST:
        raise UnreadableTableError(_("This list is too long. A class list can have up to 1,000,000 characters."))
    text = text.replace("\x00", "").removeprefix("\ufeff")
    named = SEP_LINE.match(text)
    start, delimiter = (1, named[1]) if named else (0, _delimiter_of(text))
    body = text[named.end() :] if named else text
    return tuple(line for line in _records(body, delimiter, start) if any(cell.strip() for cell in line.cells))


def _records(text: str, delimiter: str, start: int) -> Iterator[Line]:
    try:
        yield from list(_read(text, delimiter, start, strict=True))
    except csv.Error as error:
        if "end of data" in str(error):
            raise UnreadableTableError(
                _("A quotation mark on this list is never closed. Close or remove it.")
            ) from None
        yield from _read(text, delimiter, start, strict=False)  # "Jones, Ben" <ben@example.org>


def _read(text: str, delimiter: str, start: int, *, strict: bool) -> Iterator[Line]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=strict, skipinitialspace=True)
    before = 0
    for cells in reader:
        yield Line(start + before + 1, tuple(cells))
        before = reader.line_num


def _delimiter_of(text: str) -> str:
    """Return the delimiter that divides the first lines most often and most evenly, a comma when in doubt."""
    sample = [line for line in re.sub(r'"[^"]*"', '""', text[:20_000]).splitlines() if line.strip()][:20]
    counts = {d: [line.count(d) for line in sample] for d in DELIMITERS}
    if sample and any(counts["\t"]):
        return "\t"
    return max((";", ","), key=lambda d: (min(counts[d], default=0), sum(counts[d]), d == ","))


def read_table(text: str) -> Table:
    """Return a table whose first line is its header. Raises UnreadableTableError."""
    lines = read_lines(text)
    if not lines:
        return Table((), ())
    return Table(tuple(cell.strip() for cell in lines[0].cells), lines[1:])
