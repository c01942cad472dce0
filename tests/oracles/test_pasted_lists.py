"""Files of the field pasted as they are: every question is made, or refused with its line."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask_babel import Babel

from quizzes.formats.pasted import read_pasted

DATA = Path(os.environ.get("COLLOQUY_TEST_DATA") or Path(__file__).resolve().parents[3] / "shared/data") / "quiz"
FILES = sorted(
    path for name in ("gift", "aiken") for path in DATA.glob(f"{name}/**/*") if path.suffix in (".txt", ".gift")
)
TYPES = {
    "multichoice": ("single_choice", "multiple_answers"),
    "truefalse": ("true_false",),
    "shortanswer": ("short_answer",),
    "numerical": ("numeric",),
    "essay": ("open_answer",),
    "matching": ("matching",),
}
WORDLESS = Flask("wordless")
Babel(WORDLESS)


@pytest.fixture(autouse=True)
def _words() -> Iterator[None]:
    with WORDLESS.test_request_context():
        yield


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8", errors="replace")


def _expected() -> list[tuple[str, list[dict[str, Any]]]]:
    """Each plain-text file of which the questions are known, with those that a paste can make."""
    found = []
    listings = [path for name in ("gift", "aiken") for path in sorted(DATA.glob(f"{name}/*.expected.json"))]
    for listing in listings:
        for name, file in json.loads(listing.read_text(encoding="utf-8")).get("files", {}).items():
            path = listing.parent / name
            if path in FILES and file["questions"]:
                found.append((str(path), file["questions"]))
    return found


EXPECTED = _expected()


def test_files_are_there() -> None:
    if not FILES:
        pytest.skip(f"no files below {DATA}")
    assert EXPECTED


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_every_part_of_a_file_is_a_question_or_a_remark(path: Path) -> None:
    reading = read_pasted(_text(path))
    assert reading.questions or reading.refused or reading.notes
    lines = len(_text(path).splitlines())
    for remark in (*reading.refused, *reading.notes):
        assert 1 <= remark.line <= lines
        assert remark.message


@pytest.mark.parametrize(("path", "questions"), EXPECTED, ids=[Path(path).name for path, _questions in EXPECTED])
def test_questions_come_in_order_with_type_and_stem(path: str, questions: list[dict[str, Any]]) -> None:
    reading = read_pasted(_text(Path(path)))
    wanted = [row for row in questions if row["type"] in TYPES]
    refused = sum(row["type"] not in TYPES | {"category": (), "description": ()} for row in questions)
    assert len(reading.questions) == len(wanted)
    assert len(reading.refused) >= refused
    for made, row in zip(reading.questions, wanted, strict=True):
        assert made.type in TYPES[row["type"]], row["stem"]
        if row["stem_format"] != "html":
            assert " ".join(made.stem.split())[:20] == " ".join(row["stem"].split())[:20]
        if row["type"] == "matching":
            pairs = [(pair.prompt, pair.answer) for pair in made.content.pairs]
            assert pairs == [(pair["text"], pair["answer"]) for pair in row["pairs"]]
