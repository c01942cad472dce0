"""Gradebooks as files that are written row by row to the disk, and sent from there: a class of any size fits."""

from __future__ import annotations

import csv
import io
import tempfile
from collections.abc import Iterable, Iterator
from typing import IO, Any

import xlsxwriter
from flask import Response

from core.csv_files import safe_cell

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
BLOCK = 64 * 1024
TEXTS = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


def csv_to_disk(rows: Iterable[list[str]], name: str) -> Response:
    """Answer a CSV file with a byte order mark. No cell is a formula to a spreadsheet."""
    file = tempfile.TemporaryFile()  # noqa: SIM115  # closed when it is sent
    text = io.TextIOWrapper(file, encoding="utf-8-sig", newline="", write_through=True)
    csv.writer(text).writerows([safe_cell(cell) for cell in row] for row in rows)
    text.detach()
    return _send(file, f"{name}.csv", "text/csv")


def xlsx_to_disk(rows: Iterable[list[str]], about: Iterable[list[str]], name: str) -> Response:
    """Answer a workbook: a sheet of `rows`, in which numbers are numbers, and one that says what the columns are.

    A text is never a formula, whatever it begins with.
    """
    file = tempfile.TemporaryFile()  # noqa: SIM115  # closed when it is sent
    with xlsxwriter.Workbook(file, {"constant_memory": True, **TEXTS}) as book:
        head = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        for title, table in (("Grades", rows), ("Columns", about)):
            sheet = book.add_worksheet(title)
            sheet.freeze_panes(1, 2 if table is rows else 0)
            sheet.set_column(0, 100, 16)
            for at, row in enumerate(table):
                _write(sheet, at, row, head if at == 0 else None)
    return _send(file, f"{name}.xlsx", XLSX)


def _write(sheet: Any, at: int, row: list[str], head: Any) -> None:
    for place, cell in enumerate(row):
        if head is None and place != 1 and _is_number(cell):
            sheet.write_number(at, place, float(cell))
        else:
            sheet.write_string(at, place, cell, head)


def _is_number(cell: str) -> bool:
    return cell.replace(".", "", 1).isdecimal() and cell.isascii()


def _send(file: IO[bytes], name: str, mimetype: str) -> Response:
    size = file.tell() if file.seek(0, io.SEEK_END) else 0
    file.seek(0)
    answer = Response(_blocks(file), mimetype=mimetype)
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    answer.content_length = size
    answer.call_on_close(file.close)
    return answer


def _blocks(file: IO[bytes]) -> Iterator[bytes]:
    with file:
        while block := file.read(BLOCK):
            yield block
