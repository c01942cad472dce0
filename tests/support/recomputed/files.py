"""Files that leave: what a workbook says, read with nothing but the standard library, is what the CSV says."""

from __future__ import annotations

import csv
import io
import zipfile
from xml.etree import ElementTree

SPACE = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
Rows = list[list[str]]


def read_csv(text: str) -> Rows:
    """The rows of a CSV file."""
    return list(csv.reader(io.StringIO(text.lstrip("\ufeff"), newline="")))


def read_xlsx(data: bytes) -> Rows:
    """The rows of a workbook's first sheet; empty cells at the end of a row are not there."""
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        sheet = ElementTree.fromstring(book.read("xl/worksheets/sheet1.xml"))  # noqa: S314 - made by us
        has_texts = "xl/sharedStrings.xml" in book.namelist()
        shared = ElementTree.fromstring(book.read("xl/sharedStrings.xml")) if has_texts else []  # noqa: S314 - made by us
    texts = ["".join(each.itertext()) for each in shared]
    rows: Rows = []
    for row in sheet.iter(f"{SPACE}row"):
        cells: dict[int, str] = {}
        for cell in row.iter(f"{SPACE}c"):
            held = "".join(cell.itertext())
            cells[_column(cell.attrib["r"])] = texts[int(held)] if cell.get("t") == "s" else held
        rows.append([cells.get(at, "") for at in range(1, max(cells, default=0) + 1)])
    return rows


def _column(reference: str) -> int:
    number = 0
    for letter in filter(str.isalpha, reference):
        number = 26 * number + ord(letter) - ord("A") + 1
    return number


def alike(rows: Rows) -> Rows:
    """The same without what the kinds of file differ in: digits past the twelfth, empty cells at the end."""
    said = [[_number(cell) for cell in row] for row in rows]
    return [row[: max((at for at, cell in enumerate(row, 1) if cell), default=0)] for row in said]


def _number(cell: str) -> str:
    try:
        return f"{float(f'{float(cell):.15g}'):.12g}"  # by way of what both kinds hold, so that halves go one way
    except ValueError:
        return cell
