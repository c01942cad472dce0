"""Workbooks that anybody may have made: read as they are, or refused in words."""

from __future__ import annotations

import io
import zipfile

import pytest

from classroom.tables import UnreadableTableError, decode, read_table
from core.workbooks import LARGEST, NotAWorkbookError, read_workbook

BOOK = '<workbook xmlns:r="urn:r"><sheets><sheet name="A" r:id="r7"/><sheet name="B" r:id="r8"/></sheets></workbook>'
RELATIONS = """<Relationships><Relationship Id="r8" Target="worksheets/two.xml"/>
<Relationship Id="r7" Target="/xl/worksheets/one.xml"/></Relationships>"""


def book(cells: str, shared: str = "", **parts: str) -> bytes:
    out = io.BytesIO()
    every = {
        "xl/workbook.xml": BOOK,
        "xl/_rels/workbook.xml.rels": RELATIONS,
        "xl/worksheets/one.xml": f"<worksheet><sheetData>{cells}</sheetData></worksheet>",
        "xl/worksheets/two.xml": "<worksheet/>",
        **({"xl/sharedStrings.xml": shared} if shared else {}),
        **parts,
    }
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, text in every.items():
            if text:
                file.writestr(name, text)
    return out.getvalue()


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ('<c r="A1"><v>78.569999999999993</v></c>', "78.57"),
        ('<c r="A1"><v>1E2</v></c>', "100"),
        ('<c r="A1"><v>12</v></c>', "12"),
        ('<c r="A1"><v>1.5e+16</v></c>', "15000000000000000"),
        ('<c r="A1" t="s"><v>1</v></c>', "two runs"),
        ('<c r="A1" t="str"><f>A2&amp;"x"</f><v>=x</v></c>', "=x"),
        ('<c r="A1" t="inlineStr"><is><r><t>a_x0009_</t></r><r><t>b</t></r></is></c>', "a\tb"),
        ('<c r="A1" t="b"><v>1</v></c>', "1"),
        ("<c><v>3</v></c>", "3"),
        ('<c r="A1"/>', ""),
    ],
)
def test_a_cell_is_read_as_text(cell: str, text: str) -> None:
    shared = "<sst><si><t>one</t></si><si><r><t>two </t></r><r><t>runs</t></r><rPh><t>spoken</t></rPh></si></sst>"
    assert read_workbook(book(f"<row>{cell}</row>", shared)) == [[text]]


def test_cells_that_are_missing_are_empty() -> None:
    rows = '<row><c r="B1"><v>1</v></c><c r="AA1"><v>2</v></c></row><row/>'
    assert read_workbook(book(rows)) == [["", "1", *[""] * 24, "2"], []]


ENTITIES = '<!DOCTYPE w [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><w>&b;</w>'


@pytest.mark.parametrize(
    "data",
    [
        b"PK\x03\x04",
        b"",
        book('<row><c r="A1" t="s"><v>9</v></c></row>'),
        book('<row><c r="XFE1"><v>1</v></c></row>'),
        book('<row><c r="A1"><v>much</v></c></row>'),
        book('<c r="A1"><v>1</v></c>'),
        book("<row>"),
        book("", **{"xl/worksheets/one.xml": ENTITIES}),
        book("", **{"xl/workbook.xml": "<workbook/>"}),
        book("", **{"xl/_rels/workbook.xml.rels": ""}),
        book("", **{"xl/worksheets/one.xml": " " * (LARGEST + 1)}),
        book("<row/>" + '<row><c r="XFD1"/></row>' * 130),
    ],
    ids=range(12),
)
def test_what_is_no_workbook_is_refused(data: bytes) -> None:
    with pytest.raises(NotAWorkbookError):
        read_workbook(data)


def test_a_workbook_is_a_table_like_any_other(app) -> None:
    cells = "".join(f'<c t="inlineStr"><is><t>{text}</t></is></c>' for text in ("a;b", "c\td", "“e”", 'f"g'))
    with app.test_request_context():
        table = read_table(decode(book(f"<row>{cells}</row><row><c><v>1</v></c></row>")))
        with pytest.raises(UnreadableTableError):
            decode(b"PK\x03\x04 and no more")
    assert table.header == ("a;b", "c\td", "“e”", 'f"g')
    assert table.lines[0].cells[0] == "1"


@pytest.mark.parametrize("escape", ["_xD800_", "_x0000_", "_xdfff_"])
def test_an_escape_that_is_no_character_can_be_printed_and_kept(escape: str) -> None:
    (row,) = read_workbook(book(f'<row><c r="A1" t="str"><v>a{escape}b</v></c></row>'))
    assert row == ["a\ufffdb"]
    assert row[0].encode()


def test_a_long_text_that_many_cells_share_is_refused_and_not_written_out() -> None:
    cell = '<c t="s"><v>0</v></c>'
    with pytest.raises(NotAWorkbookError):
        read_workbook(book(f"<row>{cell * 2_000}</row>", f"<sst><si><t>{'a' * 10_000}</t></si></sst>"))


def test_rows_without_cells_come_to_an_end(monkeypatch) -> None:
    monkeypatch.setattr("core.workbooks.MOST_CELLS", 10)
    assert len(read_workbook(book("<row/>" * 10))) == 10
    with pytest.raises(NotAWorkbookError):
        read_workbook(book("<row/>" * 11))
