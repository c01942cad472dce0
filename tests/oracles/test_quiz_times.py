"""When a quiz opens, ends, can be started again and tells results, as another, much older system decides it.

One test per case in its files. What differs on purpose is written down in docs/times.md.
"""

from __future__ import annotations

import json
import os
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from quizzes import timing
from quizzes.feedback import ReleaseMoment, is_released

DATA = Path(os.environ.get("COLLOQUY_TEST_DATA") or Path(__file__).resolve().parents[3] / "shared/data")
FOLDER = DATA / "scoring" / "moodle"
pytestmark = pytest.mark.skipif(not FOLDER.is_dir(), reason=f"no test data at {FOLDER}")

Case = dict[str, Any]
EPOCH = datetime(2026, 1, 1, tzinfo=UTC)
STATE = re.compile(r"state_after_processing_at_t(\d+)_grace(\d+)")
STATES_THAT_COLLOQUY_LACKS = {"abandoned", "overdue"}


def cases(file: str, key: str) -> list[Any]:
    path = FOLDER / f"{file}.expected.json"
    return list(json.loads(path.read_text(encoding="utf-8"))[key]) if path.is_file() else []


def at(seconds: int) -> datetime:
    return EPOCH + timedelta(seconds=seconds)


def date(seconds: int) -> datetime | None:
    """A date of the files, where 0 is none."""
    return at(seconds) if seconds else None


def _states(expected: Case) -> list[tuple[str, re.Match[str]]]:
    return [(key, found) for key in expected if (found := STATE.fullmatch(key))]


@pytest.mark.parametrize("case", cases("time_limits", "cases"), ids=lambda case: case["id"])
def test_an_attempt_is_over_as_there(case: Case) -> None:
    expected, begun = case["expect"], at(case["attempt_start"])
    if not case["overrides"]:
        assert (case["quiz"]["timeclose"], case["quiz"]["timelimit"]) == (expected["close"], expected["limit"])
    end = timing.end_of(timing.limit_end(begun, expected["limit"]), date(expected["close"]))
    bounds = [expected["close"], case["attempt_start"] + expected["limit"] if expected["limit"] else 0]
    assert end == date(min((bound for bound in bounds if bound), default=0))
    (processed, grace, state), *_others = [(*found.groups(), expected[key]) for key, found in _states(expected)]
    is_over = timing.has_ended(end, at(int(processed) - int(grace)))
    if state in STATES_THAT_COLLOQUY_LACKS:
        assert is_over  # Colloquy hands in what was saved
        return
    assert ("finished" if is_over else "inprogress") == state
    if is_over:
        assert timing.recorded_at(end, at(int(processed))) == end


@pytest.mark.parametrize("case", cases("access_rules", "open_close"), ids=str)
def test_a_quiz_opens_and_closes_as_there(case: Case) -> None:
    dates, now = timing.Dates(date(case["open"]), None, date(case["close"])), at(case["now"])
    phase = timing.phase(dates, now)
    if "grace" in case:  # there a period in which an attempt goes on; here seconds in which a save is still taken
        grace = timedelta(seconds=case["grace"])
        is_taken = timing.still_accepts(dates.closes_at, now, grace)
        assert (phase is not timing.Phase.NOT_OPEN and is_taken) is case["allowed"]
    else:
        assert (phase is timing.Phase.OPEN) is case["allowed"]
    if "end" in case:
        assert timing.end_of(None, dates.closes_at) == at(case["end"])
    if "finished" in case:
        assert timing.has_ended(dates.closes_at, now) is case["finished"]


@pytest.mark.parametrize("case", cases("access_rules", "attempt_count"), ids=str)
def test_attempts_run_out_as_there(case: Case) -> None:
    used = timing.Used(case["done"], case["allowed_attempts"])
    assert (timing.start_state(timing.Dates(), EPOCH, used) is timing.StartState.OPEN) is case["new_attempt"]


@pytest.mark.parametrize("case", cases("access_rules", "time_limit"), ids=str)
def test_an_attempt_ends_as_there(case: Case) -> None:
    begun = at(case["start"])
    end = timing.end_of(timing.limit_end(begun, case["limit"]), date(case["close"]))
    assert end == date(case["end"] or 0)
    if end is None:
        return
    if "left" in case:
        assert end - at(case["now"]) == timedelta(seconds=case["left"])
    if "left_at_start" in case:
        assert end - begun == timedelta(seconds=case["left_at_start"])


@pytest.mark.parametrize("case", cases("access_rules", "delay_between"), ids=str)
def test_the_next_attempt_waits_as_there(case: Case) -> None:
    """There the first pause may differ from the later ones; here is one, and the case's that applies is given."""
    pause = case["delay1"] if case["done"] == 1 else case["delay2"]
    dates, now = timing.Dates(None, None, date(case.get("close", 0))), at(case["now"])
    next_at = timing.next_start(at(case["last_finish"]), pause)
    state = timing.start_state(dates, now, timing.Used(case["done"], case["attempts"], next_at))
    match case["wait_until"]:
        case None:
            assert state is timing.StartState.OPEN
        case "never":
            assert state is timing.StartState.NEVER_AGAIN
        case seconds:
            assert (state, next_at) == (timing.StartState.TOO_SOON, at(seconds))


@pytest.mark.parametrize("case", cases("access_rules", "review_moment"), ids=str)
def test_results_are_told_at_the_moment_that_stands_for_the_one_there(case: list[Any]) -> None:
    """During: never. Immediately after, later while open: at once. After the close: after the close."""
    _state, finished, closes, there = case
    now = at(0)
    submitted_at = None if finished is None else at(finished)
    closes_at = None if closes is None else at(closes)
    moment = ReleaseMoment(now, None, closes_at, released_at=None, attempts_left=False)
    is_told = timing.is_settled(submitted_at, closes_at, now)
    assert is_told is (there != "during")
    if is_told:
        assert is_released("at_once", moment)
        assert is_released("after_close", moment) is (there == "after_close")
