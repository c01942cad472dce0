"""Tables as files: nothing that a spreadsheet runs, and what is text stays text."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterator
from weakref import WeakSet

import pytest

from core.table_files import CSV, LONGEST, XLSX, Number, TableFile, plain_cell, safe_cell, send_table
from core.workbooks import read_workbook

FORMULAS = ("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1+1")
TEXTS = (
    *FORMULAS,
    "'=1",
    "''-1",
    "'quoted",
    "1984",
    "007",
    "1e5",
    "true",
    "O'Neil",
    "3 = 3",
    "_x0041_",
    "<b>&",
    "<r><t>x</t></r>",
    "<r>",
    "a\x0bb",
    " é ☂ ",
    "two\nlines",
)


@pytest.mark.parametrize("text", FORMULAS)
def test_text_that_a_spreadsheet_would_run_is_quoted(text: str) -> None:
    assert safe_cell(text) == "'" + text


@pytest.mark.parametrize("text", ["Ana", "O'Neil", "3 = 3", "'quoted", "1984", ""])
def test_other_text_stays_as_it_is(text: str) -> None:
    assert safe_cell(text) == text


@pytest.mark.parametrize("text", [*TEXTS, "", "'", "''"])
def test_a_safe_cell_comes_back_as_it_was(text: str) -> None:
    assert plain_cell(safe_cell(text)) == text


def written(kind: str, *rows: list[str]) -> list[list[str]]:
    table = TableFile("Words", ["text_id A title", "number"], iter(rows))
    data = send_table(kind, "words", table).get_data()
    if kind == XLSX:
        return read_workbook(data)
    return [[plain_cell(cell) for cell in row] for row in csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""))]


@pytest.mark.parametrize("kind", [CSV, XLSX])
def test_every_text_comes_back_from_a_file_as_it_was(app, kind: str) -> None:
    with app.test_request_context():
        found = written(kind, *([text, Number("-1.5")] for text in TEXTS))
    assert found == [["text_id A title", "number"], *([text, "-1.5"] for text in TEXTS)]


def test_a_number_is_one_to_a_spreadsheet_and_a_text_in_digits_is_none(app) -> None:
    with app.test_request_context():
        table = TableFile("Words", ["a"], [["1984", Number("1984"), "=1+1"]])
        answer = send_table(XLSX, "words", table)
        sheet = read_sheet(answer.get_data())
    assert sheet.count("<v>1984</v>") == 1
    assert sheet.count('t="inlineStr"') == 3
    assert "<f>" not in sheet


def test_a_text_too_long_for_a_cell_ends_in_dots(app) -> None:
    with app.test_request_context():
        (_head, (text,)) = written(XLSX, ["a" * (LONGEST + 1)])
    assert (len(text), text[-1]) == (LONGEST, "…")


def test_an_unknown_kind_is_not_found(client, people, sign_in) -> None:
    here = f"/classes/{people.section}/gradebook"
    answers = {kind: sign_in(people.instructor).get(f"{here}.{kind}").status_code for kind in (CSV, XLSX, "pdf", "CSV")}
    assert answers == {CSV: 200, XLSX: 200, "pdf": 404, "CSV": 404}


def read_sheet(data: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        return file.read("xl/worksheets/sheet1.xml").decode()


class Row(list[str]):
    """A row that can be seen to be alive."""

    __hash__ = object.__hash__  # type: ignore[assignment]


@pytest.mark.parametrize("kind", [CSV, XLSX])
def test_rows_leave_one_by_one_and_none_is_kept(app, kind: str) -> None:
    alive: WeakSet[Row] = WeakSet()
    most = 0

    def rows() -> Iterator[Row]:
        nonlocal most
        for number in range(300):
            row = Row([f"text {number}", Number(number)])
            alive.add(row)
            most = max(most, len(alive))
            yield row

    with app.test_request_context():
        answer = send_table(kind, "rows", TableFile("Rows", ["a", "b"], rows()))
        assert len(answer.get_data()) > 1000
    assert most <= 3
