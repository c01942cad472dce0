"""When a quiz opens, closes and ends as another, much older system treats it: one test per case in its files."""

from __future__ import annotations

import json
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from quizzes import timing

DATA = Path(os.environ.get("COLLOQUY_TEST_DATA") or Path(__file__).resolve().parents[3] / "shared/data")
FOLDER = DATA / "scoring" / "moodle"
pytestmark = pytest.mark.skipif(not FOLDER.is_dir(), reason=f"no test data at {FOLDER}")

Case = dict[str, Any]
EPOCH = datetime(2026, 1, 1, tzinfo=UTC)


def read(file: str, key: str) -> Any:
    path = FOLDER / f"{file}.expected.json"
    return json.loads(path.read_text(encoding="utf-8"))[key] if path.is_file() else {"cases": []}


def cases(file: str, key: str) -> list[Case]:
    found = read(file, key)
    return list(found["cases"] if isinstance(found, dict) else found)


def moment(seconds: int) -> datetime | None:
    return EPOCH + timedelta(seconds=seconds) if seconds else None


def has_no_grace(case: Case) -> bool:
    return "grace" not in case


@pytest.mark.parametrize("case", filter(has_no_grace, cases("access_rules", "open_close")), ids=str)
def test_a_quiz_opens_and_closes_as_there(case: Case) -> None:
    dates = timing.Dates(moment(case["open"]), None, moment(case["close"]))
    phase = timing.phase(dates, EPOCH + timedelta(seconds=case["now"]))
    assert (phase is timing.Phase.OPEN) is case["allowed"]


@pytest.mark.parametrize("case", cases("access_rules", "attempt_count"), ids=str)
def test_attempts_run_out_as_there(case: Case) -> None:
    state = timing.start_state(timing.Dates(), EPOCH, timing.Used(case["done"], case["allowed_attempts"]))
    assert (state is timing.StartState.OPEN) is case["new_attempt"]


@pytest.mark.parametrize("case", cases("access_rules", "time_limit"), ids=str)
def test_an_attempt_ends_as_there(case: Case) -> None:
    begun = EPOCH + timedelta(seconds=case["start"])
    end = timing.end_of(timing.limit_end(begun, case["limit"]), moment(case["close"]))
    assert end == moment(case["end"])
