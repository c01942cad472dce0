"""Class lists in the shapes in which they are pasted."""

from __future__ import annotations

import pytest

from classroom.rosters import parse_roster
from classroom.tables import UnreadableTableError, decode, read_table

PEOPLE = [("Anna Smith", "anna@example.org"), ("Ben Jones", "ben@example.org")]


@pytest.mark.parametrize(
    "text",
    [
        "Name,E-mail\nAnna Smith,anna@example.org\nBen Jones,ben@example.org",
        "Name;E-Mail-Adresse;Email\r\nAnna Smith;;anna@example.org\r\nBen Jones;;ben@example.org\r\n",
        "E-mail\tLast name\tFirst name\nanna@example.org\tSmith\tAnna\nben@example.org\tJones\tBen",
        'Student,SIS Login ID\n"Smith, Anna",anna@example.org\n"Jones, Ben",ben@example.org',
        "\ufeffStudent Name,Email Address\n\n  Anna   Smith ,anna@example.org\n\n\nBen Jones,ben@example.org\n",
        "sep=;\nVorname;Nachname;E-Mail\nAnna;Smith;anna@example.org\nBen;Jones;ben@example.org",
        "Anna Smith, anna@example.org\nBen Jones, ben@example.org",
        "Anna,Smith,anna@example.org\nBen,Jones,ben@example.org",
        "anna@example.org;Anna Smith\nben@example.org;Ben Jones",
        "Anna Smith <anna@example.org>\nBen Jones <ben@example.org>",
        'Anna Smith <anna@example.org>; "Jones, Ben" <ben@example.org>',
        'Anna Smith <anna@example.org>\n"Jones, Ben" <ben@example.org>',
    ],
)
def test_the_same_two_people_in_many_shapes(text: str) -> None:
    entries = parse_roster(text)
    assert [(entry.name, entry.email) for entry in entries] == PEOPLE
    assert not any(entry.problem for entry in entries)


@pytest.mark.parametrize("text", ["Anna Smith\nBen Jones", "Smith, Anna\nJones, Ben", "Name\nSmith, Anna\nBen Jones"])
def test_names_alone_are_enough(text: str) -> None:
    if "," in text and text.startswith("Name"):
        text = text.replace("Smith, Anna", '"Smith, Anna"')
    assert [entry.name for entry in parse_roster(text)] == ["Anna Smith", "Ben Jones"]


def test_a_suffix_is_no_first_name() -> None:
    text = 'Name\n"Smith, Jr."\n"Smith, Jr., Anna"\n"Smith, Anna"'
    assert [entry.name for entry in parse_roster(text)] == ["Smith, Jr.", "Anna Smith, Jr.", "Anna Smith"]


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("Name,Email\nAnna,anna@", 2, "not an e-mail address"),
        ("Name,Email\n,", 0, ""),
        ("Name,Username\n,anna", 2, "no name"),
        ("Name,Username\nAnna,an na", 2, "username"),
        ("Name,Email\nAnna,anna@example.org,more", 2, "more columns"),
        ("Anna, a@example.org, b@example.org", 1, "two e-mail addresses"),
        ("Name,Email\nAnna,a@example.org\nBen,A@Example.org", 3, "line 2 already"),
        ("Name,Username\nAnna,anna\nBen,ANNA", 3, "line 2 already"),
        ("Name\nAnna\nAnna", 3, "line 2 already"),
        (f"Name\n{'x' * 121}", 2, "longer than 120"),
    ],
)
def test_a_line_that_cannot_be_used_says_why(text: str, line: int, words: str) -> None:
    wrong = [(entry.line, entry.problem) for entry in parse_roster(text) if entry.problem]
    if not words:
        assert wrong == []
        return
    assert len(wrong) == 1
    assert wrong[0][0] == line
    assert words in wrong[0][1]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "nobody"),
        ("  \n \n", "nobody"),
        ('Name\n"Anna', "never closed"),
        ("x" * 1_000_001, "too long"),
        ("Name\n" + "\n".join(f"Anna {n}" for n in range(1_001)), "more than 1,000"),
        ("ID,Number\n1,2", "names no column"),
    ],
)
def test_a_list_that_cannot_be_used_at_all_says_why(text: str, words: str) -> None:
    with pytest.raises(UnreadableTableError, match=words):
        parse_roster(text)


def test_two_people_of_one_name_with_their_numbers_are_two() -> None:
    entries = parse_roster("Name,Student ID\nAnna Smith,1\nAnna Smith,2")
    assert [entry.problem for entry in entries] == ["", ""]


@pytest.mark.parametrize("raw", [b"PK\x03\x04rest", b"\xd0\xcf\x11\xe0rest", b"abc\x00\x01\x02"])
def test_a_file_that_is_no_text_is_refused(raw: bytes) -> None:
    with pytest.raises(UnreadableTableError):
        decode(raw)


def test_line_numbers_count_as_an_editor_does() -> None:
    table = read_table('a,b\n\n1,"two\nlines"\n3,4')
    assert [line.number for line in table.lines] == [3, 5]
