"""Tables that leave as files, CSV or XLSX: readable to every spreadsheet, no formula to any, and of any length.

Rows are written one by one to the disk as they are read, and the file is sent from there: a long table takes as much
memory as a short one, and a mistake half-way is an error page and no broken file.
"""

from __future__ import annotations

import csv
import io
import re
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from fractions import Fraction
from typing import IO, Any

import xlsxwriter
from flask import Response

from core.points import Points, format_points
from core.web import not_found

KINDS = (CSV, XLSX) = ("csv", "xlsx")
TYPES = {CSV: "text/csv", XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}
BLOCK = 64 * 1024
LONGEST = 32_767  # UTF-16 units that a cell of a workbook holds; more is cut, and ends in "…"
FORMULA_STARTS = "=+-@\t\r\n＝＋－＠"
_FORMULA = re.compile(rf"'*[{re.escape(FORMULA_STARTS)}]")
_MAY_START = frozenset(FORMULA_STARTS + "'")


class Number(str):
    """A cell that is a number, in digits: a number to a spreadsheet. Every other cell is text, whatever it says."""

    __slots__ = ()


@dataclass(frozen=True)
class TableFile:
    """A table. `columns`: the first row; the first word of each is an id that stays, more is for people.

    `rows` are read once. `held`: so many columns stay in sight. `title`: its sheet's name, at most 31 plain characters.
    """

    title: str
    columns: Sequence[str]
    rows: Iterable[Sequence[str]]
    held: int = 0


def safe_cell(text: str) -> str:
    """Return `text` so that no spreadsheet takes it for a formula: a quote mark goes before it."""
    return f"'{text}" if _FORMULA.match(text) else text


def plain_cell(text: str) -> str:
    """Return what `safe_cell` was given, from a file that comes back."""
    return text[1:] if text.startswith("'") and _FORMULA.match(text) else text


def points_cell(points: Points | Fraction) -> Number:
    """Return points as a number of two places at most, rounded half up."""
    return Number(format_points(points))


def moment_cell(moment: datetime | None) -> str:
    """Return a moment in UTC as ISO 8601 says it, to the second; "" for none."""
    return moment.astimezone(UTC).isoformat(timespec="seconds") if moment else ""


def send_table(kind: str, name: str, table: TableFile, about: TableFile | None = None) -> Response:
    """Answer a table as a file of a kind, or 404 for an unknown one. `about`: a workbook's second sheet."""
    if kind not in KINDS:
        not_found()
    with ExitStack() as stack:
        file = stack.enter_context(tempfile.TemporaryFile())
        if kind == CSV:
            _write_csv(file, table)
        else:
            _write_workbook(file, [table, about] if about else [table])
        stack.pop_all()  # closed when it is sent
    size = file.tell() if file.seek(0, io.SEEK_END) else 0
    file.seek(0)
    answer = Response(_blocks(file), mimetype=TYPES[kind])
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}.{kind}"'
    answer.content_length = size
    answer.call_on_close(file.close)
    return answer


def _write_csv(file: IO[bytes], table: TableFile) -> None:
    """Write it with a byte order mark, or spreadsheets would misread names."""
    text = io.TextIOWrapper(file, encoding="utf-8-sig", newline="", write_through=True)
    lines = csv.writer(text)
    lines.writerow([safe_cell(cell) for cell in table.columns])
    lines.writerows([_plain(cell) if cell[:1] in _MAY_START else cell for cell in row] for row in table.rows)
    text.detach()


def _plain(cell: str) -> str:
    return cell if isinstance(cell, Number) else safe_cell(cell)


def _write_workbook(file: IO[bytes], tables: Sequence[TableFile]) -> None:
    with xlsxwriter.Workbook(file, {"constant_memory": True}) as book:
        head = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        for table in tables:
            sheet = book.add_worksheet(table.title)
            sheet.freeze_panes(1, table.held)
            sheet.set_column(0, max(len(table.columns) - 1, 0), 16)
            for place, heading in enumerate(table.columns):
                sheet.write_string(0, place, heading, head)
            for at, row in enumerate(table.rows, 1):
                for place, cell in enumerate(row):
                    if isinstance(cell, Number):
                        sheet.write_number(at, place, float(cell))
                    elif cell:
                        _write_text(sheet, (at, place), cell)


def _write_text(sheet: Any, at: tuple[int, int], text: str) -> None:
    """Write a text; what looks like the writer's own markup, which it would put there as it stands, in pieces."""
    fitting = _fitting(text) if len(text) > LONGEST // 2 else text
    if fitting.startswith("<r>"):
        sheet.write_rich_string(*at, *fitting[:2], fitting[2:])
    else:
        sheet.write_string(*at, fitting)


def _fitting(text: str) -> str:
    units = text.encode("utf-16-le")
    most = 2 * LONGEST
    return text if len(units) <= most else units[: most - 2].decode("utf-16-le", errors="ignore") + "…"


def _blocks(file: IO[bytes]) -> Iterator[bytes]:
    with file:
        while block := file.read(BLOCK):
            yield block
