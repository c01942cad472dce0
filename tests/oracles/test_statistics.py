"""Figures of quizzes and items as other systems and the literature have them: one test per row and file."""

from __future__ import annotations

import csv
import json
import os
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from quizzes.statistics import (
    correlation,
    cronbach_alpha,
    item_statistics,
    quiz_statistics,
    totals_of,
)

DATA = Path(os.environ.get("COLLOQUY_TEST_DATA") or Path(__file__).resolve().parents[3] / "shared/data") / "scoring"
pytestmark = pytest.mark.skipif(not DATA.is_dir(), reason=f"no test data at {DATA}")
UNIT = 10**7
"""Marks are given to seven places: whole numbers of this part of a point."""


def close(value: Any, times: float = 1) -> Any:
    """What a figure must be: as in the file, `times` as large; None where the file has none (null, NULL or nothing)."""
    if value is None or str(value).strip("* ") in ("", "NULL"):
        return None
    return pytest.approx(float(value) * times, rel=1.5e-5)


def as_number(share: Fraction | None) -> float | None:
    return None if share is None else float(share)


def moodle_folders() -> list[Path]:
    return sorted(path.parent for path in DATA.glob("moodle_stats*/item_matrix.json"))


def moodle_cells(folder: Path) -> dict[int, list[int | None]]:
    """The marks by slot, from 1."""
    marks = json.loads((folder / "item_matrix.json").read_text(), parse_float=Decimal)["marks"]
    return {slot: [int(mark * UNIT) for mark in column] for slot, column in enumerate(zip(*marks, strict=True), 1)}


def moodle_rows() -> list[Any]:
    """The rows on whole questions; those on variants and random parts are of things that Colloquy has not."""
    found = []
    for folder in moodle_folders():
        for file in sorted(folder.glob("qstats*.csv")):
            rows = csv.DictReader(file.read_text().splitlines())
            whole = [row for row in rows if not row["subqname"] and not row["variant"]]
            found += [pytest.param(folder, row, id=f"{folder.name}-{row['slot']}") for row in whole]
    return found


@pytest.mark.parametrize(("folder", "row"), moodle_rows())
def test_a_question_has_the_figures_that_it_has_there(folder: Path, row: dict[str, str]) -> None:
    cells = moodle_cells(folder)
    slot, worth = int(row["slot"]), Decimal(row["maxmark"])
    maxima = dict.fromkeys(cells, UNIT) | {slot: int(worth * UNIT)}
    figures = item_statistics(cells, maxima)[slot]
    assert figures.n == int(row["s"])
    assert as_number(figures.facility) == close(row["facility"])
    assert figures.sd == close(row["sd"], 100 / float(worth) if worth else 0)
    assert figures.effective_weight == close(row["effectiveweight"])
    assert figures.discrimination == close(row["discriminationindex"])
    assert figures.efficiency == close(row["discriminativeefficiency"])


@pytest.mark.parametrize("folder", moodle_folders(), ids=lambda each: each.name)
def test_a_quiz_has_the_figures_that_it_has_there(folder: Path) -> None:
    expected = json.loads((folder / "quiz.expected.json").read_text())["quiz"]
    figures = quiz_statistics(moodle_cells(folder))
    assert figures.n == expected["attempts"]
    assert figures.mean == close(expected["mean"], UNIT)
    assert figures.median == close(expected["median"], UNIT)
    assert figures.sd == close(expected["standard_deviation"], UNIT)
    assert figures.skewness == close(expected["skewness"])
    assert figures.kurtosis == close(expected["kurtosis"])
    assert figures.alpha == close(expected["cronbach_alpha_percent (CIC)"])
    assert figures.error_ratio == close(expected["error_ratio_percent"])
    assert figures.standard_error == close(expected["standard_error"], UNIT)


def published() -> list[Path]:
    return sorted((DATA / "ctt").glob("*.expected.json"))


def theory_cells(file: Path) -> dict[int, list[int]]:
    table = list(csv.DictReader(file.with_name(file.name.replace(".expected.json", ".csv")).read_text().splitlines()))
    return {at: [int(Decimal(row[name]) * UNIT) for row in table] for at, name in enumerate(table[0])}


@pytest.mark.parametrize("file", published(), ids=lambda each: each.name)
def test_a_published_test_has_its_figures(file: Path) -> None:
    expected = json.loads(file.read_text())["computed_here"]
    cells = theory_cells(file)
    figures = quiz_statistics(cells)
    assert (figures.n, len(cells)) == (expected["n"], expected["k"])
    assert figures.mean == close(expected["mean"], UNIT)
    assert figures.sd == close(expected["sd"], UNIT)
    assert figures.alpha == close(expected["alpha"], 100)
    assert figures.standard_error == close(expected["sem"], UNIT)


@pytest.mark.parametrize("file", published(), ids=lambda each: each.name)
def test_the_items_of_a_published_test_have_their_figures(file: Path) -> None:
    cells = theory_cells(file)
    totals = totals_of(cells)
    figures = item_statistics(cells, dict.fromkeys(cells, UNIT))
    for at, item in enumerate(json.loads(file.read_text())["computed_here"]["items"]):
        assert as_number(figures[at].facility) == close(item["difficulty_p"])
        assert figures[at].discrimination == close(item["item_rest_r"], 100)
        assert correlation(cells[at], totals) == close(item["item_total_r"])
        others = [column for other, column in cells.items() if other != at]
        assert cronbach_alpha(others) == close(item["alpha_if_deleted"], 100)
