"""DOCX and PDF: what they are read into, and which are refused."""

from __future__ import annotations

import pytest

from articles.drafts import prepare
from articles.importing import pdf as pdf_module
from articles.importing import word
from articles.importing.document import Dropped
from articles.importing.formats import read_source, source_of_file
from articles.importing.pdf import Line, joined, to_html, without_running_heads
from articles.importing.refusal import ImportRefused
from tests.support.documents import docx, packed, pdf

BODY = "The council met at noon and heard the mayor, who spoke for an hour about the bridge."
LINES = ["The council met at noon and heard the mayor, who", "spoke for an hour about the bridge. Then it voted."]


def shapes(data: bytes, name: str) -> list[tuple[str, int, str]]:
    document = read_source(source_of_file(data, name))
    return [(block.kind.value, block.level, block.text) for block in document.blocks]


def page(*texts: str, top: int = 780, size: int = 11) -> list[tuple[str, int, int, int]]:
    """Lines under each other; an empty text leaves the height of one line free."""
    return [(text, 72, top - 14 * at, size) for at, text in enumerate(texts) if text]


def refusal_of(data: bytes, name: str) -> str:
    with pytest.raises(ImportRefused) as refused:
        prepare(source_of_file(data, name), "A title")
    return str(refused.value)


def test_a_docx_brings_its_headings_paragraphs_and_quotes() -> None:
    data = docx(
        ("Title", "The bridge"), ("heading 2", "A vote"), BODY, ("Quote", "I have my doubts."), "<b>Tags</b> & 1"
    )
    assert shapes(data, "reading.docx") == [
        ("heading", 2, "The bridge"),
        ("heading", 3, "A vote"),
        ("paragraph", 0, BODY),
        ("quote", 0, "I have my doubts."),
        ("paragraph", 0, "<b>Tags</b> & 1"),
    ]


def test_what_a_file_is_its_first_bytes_tell() -> None:
    assert shapes(docx(BODY), "reading.txt") == [("paragraph", 0, BODY)]
    assert shapes(pdf(page(BODY[:48])), "reading.docx") == [("paragraph", 0, BODY[:48].strip())]


@pytest.mark.parametrize(
    "data",
    [
        b"PK\x03\x04 and nothing more",
        packed({"mimetype": "application/epub+zip"}),
        packed({"word/document.xml": "<not closed"}),
        packed({"word/document.xml": '<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'}),
    ],
)
def test_a_damaged_docx_is_refused(data: bytes) -> None:
    assert "This DOCX file is damaged" in refusal_of(data, "reading.docx")


def test_a_docx_that_grows_out_of_proportion_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(word, "MOST_UNPACKED", 100_000)
    assert "10 MB" in refusal_of(docx("a" * 200_000), "reading.docx")


def test_a_pdf_brings_its_paragraphs_and_headings() -> None:
    first = [
        ("The bridge", 72, 800, 18),
        *page(*LINES, "", "Nobody spoke against the plan, nobody spoke for it.", top=760),
    ]
    assert shapes(pdf(first), "reading.pdf") == [
        ("heading", 2, "The bridge"),
        ("paragraph", 0, " ".join(LINES)),
        ("paragraph", 0, "Nobody spoke against the plan, nobody spoke for it."),
    ]


def test_running_heads_and_page_numbers_of_a_pdf_are_left_out_and_told() -> None:
    names = ("Anna", "Bela", "Cleo", "Dora")
    pages = [
        page("The Daily, 4 May", "", f"{name} says: {LINES[0]}", LINES[1], f"So {name} thinks.", "", str(number))
        for number, name in enumerate(names, 1)
    ]
    source = source_of_file(pdf(*pages), "reading.pdf")
    document = read_source(source)
    assert document.dropped == (Dropped("running_head", 8),)
    assert "Daily" not in source.text
    assert [block.text[:4] for block in document.blocks[::2]] == list(names)


def test_pictures_of_a_pdf_are_left_out_and_told() -> None:
    data = pdf(page(*LINES), pictures=2)
    assert read_source(source_of_file(data, "reading.pdf")).dropped == (Dropped("image", 2),)


def test_a_pdf_of_pictures_is_refused_with_the_reason() -> None:
    assert "pictures" in refusal_of(pdf([], [], []), "scan.pdf")


@pytest.mark.parametrize("data", [b"%PDF-1.7 ...", b"%PDF-1.4\n" + b"\x00" * 5_000, pdf(page(BODY[:40]))[:200]])
def test_a_damaged_pdf_is_refused(data: bytes) -> None:
    assert "This PDF file is damaged" in refusal_of(data, "reading.pdf")


def test_a_pdf_that_takes_too_long_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_module, "SECONDS", 0.001)
    assert "This PDF file is damaged" in refusal_of(pdf(page(BODY[:40])), "reading.pdf")


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["one", "two"], "one two"),
        (["a divi-", "ded word"], "a divided word"),
        (["North-", "South"], "North- South"),
        (["soft\x02", "ened"], "softened"),
        (["from 3-", "4 to 5"], "from 3- 4 to 5"),
    ],
)
def test_lines_become_running_text(lines: list[str], expected: str) -> None:
    assert joined(lines) == expected


def line(text: str, bottom: float, left: float = 72, page: int = 0) -> Line:
    return Line(text, left, left + 6 * len(text), bottom, 11, page)


def test_a_paragraph_goes_on_over_a_page_and_an_indented_line_begins_one() -> None:
    long = "It is a sentence that goes on and on and on until the line is full and"
    lines = [
        line(long, 100),
        line(long, 86),
        line(long, 780, page=1),
        line("then ends here. " + long[16:-1] + ".", 766, page=1),
    ]
    lines.append(line("A new one begins with an indent and is as long as any of the others,", 752, left=90, page=1))
    assert to_html(lines).count("<p>") == 2


def test_lines_in_the_middle_of_a_page_are_kept_whatever_they_say() -> None:
    pages = [[line(text, 700 - 14 * at, page=n) for at, text in enumerate("abc12de")] for n in range(4)]
    kept, left_out = without_running_heads(pages)
    assert [each.text for each in kept if each.page == 0] == ["c", "1", "2"]
    assert left_out == 16
