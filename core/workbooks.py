"""The first sheet of an XLSX workbook as text, from a file that anybody may have made.

Nothing outside of the file is read, and no entity is expanded: a part with a document type is refused. What it unpacks
to is limited. Formulas are not worked out: the value that was saved beside one is read.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Callable
from xml.parsers import expat

LARGEST = 40_000_000
"""Bytes that a sheet, or the texts that its cells share, may unpack to."""
MOST_CELLS = 2_000_000
MOST_CHARACTERS = 10_000_000
"""Of all cells together: a long text that cells share stands in the file once, and in the rows in each of them."""
MOST_COLUMNS = 16_384
_REFERENCE = re.compile(r"([A-Z]{1,3})\d{1,7}")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_PLAIN = re.compile(r"-?\d{1,15}")


class NotAWorkbookError(ValueError):
    """The file is no XLSX workbook, or is too large."""


def read_workbook(data: bytes) -> list[list[str]]:
    """Return the rows of the first sheet; cells that are missing are empty, rows that are missing are not there.

    Numbers are said in at most 15 digits. Raises NotAWorkbookError.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as file:
            return _Sheet(file, _shared(file), _first_sheet(file)).rows
    except (zipfile.BadZipFile, zlib.error, KeyError, NotImplementedError, RuntimeError, EOFError, OSError) as error:
        raise NotAWorkbookError(str(error)) from None
    except (expat.ExpatError, UnicodeError, IndexError, ValueError) as error:
        raise NotAWorkbookError(str(error)) from None


Starts = Callable[[str, dict[str, str]], None]
Ends = Callable[[str, str], None]


def _parse(file: zipfile.ZipFile, name: str, starts: Starts, ends: Ends) -> None:
    """Tell of each element that starts, with its attributes, and of each that ends, with the text within it."""
    if file.getinfo(name).file_size > LARGEST:
        raise NotAWorkbookError(name)
    text: list[str] = []

    def refuse(*_of_type: object) -> None:
        raise NotAWorkbookError(name)

    def start(element: str, attributes: dict[str, str]) -> None:
        text.clear()
        starts(element.rpartition(":")[2], attributes)

    def end(element: str) -> None:
        ends(element.rpartition(":")[2], "".join(text))
        text.clear()

    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = refuse
    parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = start, end, text.append
    parser.buffer_text = True
    with file.open(name) as part:
        parser.Parse(part.read(LARGEST + 1), True)


def _first_sheet(file: zipfile.ZipFile) -> str:
    """The name of the part that the workbook's first sheet is in."""
    ids: list[str] = []
    targets: dict[str, str] = {}

    def sheet(element: str, attributes: dict[str, str]) -> None:
        if element == "sheet":
            ids.extend(value for name, value in attributes.items() if name.rpartition(":")[2] == "id")

    def relation(element: str, attributes: dict[str, str]) -> None:
        if element == "Relationship":
            targets[attributes["Id"]] = attributes["Target"]

    _parse(file, "xl/workbook.xml", sheet, lambda _element, _text: None)
    _parse(file, "xl/_rels/workbook.xml.rels", relation, lambda _element, _text: None)
    target = targets[ids[0]]
    return target[1:] if target.startswith("/") else f"xl/{target}"


def _shared(file: zipfile.ZipFile) -> list[str]:
    """The texts that cells share, by number; how a word is to be pronounced is no part of one."""
    found: list[str] = []
    spoken = [0]

    def start(element: str, _attributes: dict[str, str]) -> None:
        if element == "si":
            found.append("")
        spoken[0] += element == "rPh"

    def end(element: str, text: str) -> None:
        if element == "t" and not spoken[0]:
            found[-1] += text
        spoken[0] -= element == "rPh"

    if "xl/sharedStrings.xml" in file.namelist():
        _parse(file, "xl/sharedStrings.xml", start, end)
    return found


class _Sheet:
    """Reads the cells of a sheet into rows."""

    def __init__(self, file: zipfile.ZipFile, shared: list[str], name: str) -> None:
        self.rows: list[list[str]] = []
        self._shared, self._type, self._at, self._cells, self._characters = shared, "", 0, 0, 0
        _parse(file, name, self._start, self._end)

    def _start(self, element: str, attributes: dict[str, str]) -> None:
        if element == "row":
            self._count(1)
            self.rows.append([])
        elif element == "c":
            row = self.rows[-1]
            self._at = _column(attributes["r"]) if "r" in attributes else len(row)
            self._type = attributes.get("t", "n")
            empty = self._at - len(row) + 1
            self._count(max(empty, 1))
            if self._at >= MOST_COLUMNS:
                raise NotAWorkbookError("too many columns")
            row.extend([""] * empty)

    def _count(self, cells: int, characters: int = 0) -> None:
        """Count a row, cells or characters, or refuse what comes to too much."""
        self._cells += cells
        self._characters += characters
        if self._cells > MOST_CELLS or self._characters > MOST_CHARACTERS:
            raise NotAWorkbookError("too much in its cells")

    def _end(self, element: str, text: str) -> None:
        is_own = element == "t" and self._type == "inlineStr"
        if element != "v" and not is_own:
            return
        if self._type == "s":
            text = self._shared[int(text)]
        self._count(0, len(text))
        said = _number(text) if self._type == "n" else _unescaped(text)
        self.rows[-1][self._at] = self.rows[-1][self._at] + said if is_own else said


def _column(reference: str) -> int:
    """The number of the column of a cell, from 0: 28 for "AC7"."""
    found = _REFERENCE.fullmatch(reference)
    if found is None:
        raise NotAWorkbookError(reference)
    number = 0
    for letter in found[1]:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def _unescaped(text: str) -> str:
    return _ESCAPED.sub(_character, text)


def _character(found: re.Match[str]) -> str:
    """What an escape stands for; half of a character or none at all, which no text may hold, is a mark of that."""
    number = int(found[1], 16)
    return "\ufffd" if number == 0 or 0xD800 <= number <= 0xDFFF else chr(number)


def _number(text: str) -> str:
    """A number without the digits that only say how computers keep it: "0.1" for "0.10000000000000001"."""
    if _PLAIN.fullmatch(text):
        return text
    value = f"{float(text):.15g}"
    return f"{float(text):.0f}" if "e+" in value else value
