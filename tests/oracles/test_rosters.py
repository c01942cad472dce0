"""Class lists from the field, read as their expectations say: every case of the folder."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from classroom.names import name_key
from classroom.rosters import parse_roster
from classroom.tables import decode, read_table

DATA = Path(os.environ.get("COLLOQUY_TEST_DATA") or Path(__file__).resolve().parents[3] / "shared/data")
ROSTERS = DATA / "roster"

pytestmark = pytest.mark.skipif(not ROSTERS.is_dir(), reason=f"the test data is not at {DATA}")


def described_files() -> list[Any]:
    """Each file that an expectation beside its folder describes."""
    found = []
    for expected in sorted(ROSTERS.glob("*.expected.json")):
        folder = ROSTERS / expected.name.removesuffix(".expected.json")
        files = json.loads(expected.read_text(encoding="utf-8")).get("files", {})
        found += [pytest.param(folder / name, said, id=f"{folder.name}/{name}") for name, said in files.items()]
    return found


def tables_with_json() -> list[Any]:
    """Each table that has its records as JSON beside it."""
    pairs = [(file, file.with_suffix(".json")) for file in sorted(ROSTERS.glob("*/*.csv"))]
    return [pytest.param(*pair, id=f"{pair[0].parent.name}/{pair[0].name}") for pair in pairs if pair[1].is_file()]


def expected_rows(said: dict[str, Any]) -> list[dict[str, str]]:
    rows: list[dict[str, str]] = said["data"] if "data" in said else said["rows"]
    return rows


@pytest.mark.parametrize(("file", "said"), described_files())
def test_a_school_systems_list_is_read_cell_by_cell(file: Path, said: dict[str, Any]) -> None:
    table = read_table(decode(file.read_bytes()))
    assert table.records() == expected_rows(said)
    if "header" in said:
        assert list(table.header) == said["header"]


@pytest.mark.parametrize(("file", "said"), described_files())
def test_everybody_on_it_is_found_with_name_address_and_number(file: Path, said: dict[str, Any]) -> None:
    entries = parse_roster(decode(file.read_bytes()))
    rows = expected_rows(said)
    assert [entry.email for entry in entries] == [row["Email"] for row in rows]
    for entry, row in zip(entries, rows, strict=True):
        assert name_key(entry.name) == name_key(whole_name(row))
        assert entry.number == (row.get("Student ID") or row.get("Perm #"))


def whole_name(row: dict[str, str]) -> str:
    first = row.get("First name", row.get("Student First Middle", ""))
    last = row.get("Last name", row.get("Student Last", ""))
    return row.get("Student Name") or f"{first} {last}"


@pytest.mark.parametrize(("file", "said"), described_files())
def test_a_repeated_address_is_reported_on_its_line_and_nothing_else_is_wrong(file: Path, said: dict[str, Any]) -> None:
    addresses = [row["Email"].lower() for row in expected_rows(said)]
    repeated = [address in addresses[:place] for place, address in enumerate(addresses)]
    assert [bool(entry.problem) for entry in parse_roster(decode(file.read_bytes()))] == repeated


@pytest.mark.parametrize(("file", "expected"), tables_with_json())
def test_a_table_with_quotes_newlines_and_empty_cells_is_read_as_its_json_says(file: Path, expected: Path) -> None:
    assert read_table(decode(file.read_bytes())).records() == json.loads(expected.read_text(encoding="utf-8"))
