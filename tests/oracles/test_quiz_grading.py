"""Answers, numbers, words and times as another, much older system treats them: one test per case in its files.

Left out is what Colloquy decides otherwise (sets of options are scored by a rule, never by adding weights),
what counts tags of HTML, and units, which are not read yet.
"""

from __future__ import annotations

import json
import os
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from quizzes import timing
from quizzes.points import FRACTION_ONE
from quizzes.question_types import TYPES, wording
from quizzes.question_types.numerals import read_numeral
from quizzes.question_types.numeric import AcceptedNumber, NumericContent
from quizzes.question_types.open_answer import count_words
from quizzes.question_types.options import Option
from quizzes.question_types.short_answer import WILDCARD, Form, ShortAnswerContent
from quizzes.question_types.single_choice import SingleChoiceContent
from quizzes.question_types.true_false import TrueFalseContent

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


@pytest.mark.parametrize("case", cases("grading", "shortanswer_match"), ids=str)
def test_a_form_matches_as_there(case: Case) -> None:
    case_sensitive = not case["ignore_case"]
    assert wording.matches(case["pattern"], case["response"], case_sensitive=case_sensitive) is case["match"]


def has_no_unit(case: Case) -> bool:
    return not case["parts"][3] and not case["input"].endswith(" m")


@pytest.mark.parametrize("case", filter(has_no_unit, cases("grading", "number_parse")), ids=str)
def test_a_number_is_read_as_there(case: Case) -> None:
    whole, decimals, exponent, _unit = case["parts"]
    if whole is None:
        assert read_numeral(case["input"]) == ()
    else:
        value = Decimal(f"{whole}.{decimals or 0}e{exponent or 0}")
        assert value in read_numeral(case["input"])


def is_plain(case: Case) -> bool:
    return "<" not in case["text"] and "&nbsp;" not in case["text"]


@pytest.mark.parametrize("case", filter(is_plain, cases("grading", "word_count")), ids=str)
def test_words_are_counted_as_there(case: Case) -> None:
    assert count_words(case["text"]) == case["words"]


def units(fraction: float) -> int:
    return round(Fraction(str(fraction)) * FRACTION_ONE)


def content_of(question: Case) -> tuple[str, Any]:
    match question["type"]:
        case "shortanswer":
            forms = [
                Form(str(at), one["text"], WILDCARD, units(one["fraction"]))
                for at, one in enumerate(question["answers"])
            ]
            return "short_answer", ShortAnswerContent(tuple(forms), question["case_sensitive"])
        case "numerical":
            numbers = [
                AcceptedNumber(str(at), one["value"], tolerance=str(one["tolerance"]), fraction=units(one["fraction"]))
                for at, one in enumerate(question["answers"])
                if one["value"] != "*"
            ]
            return "numeric", NumericContent(tuple(numbers))
        case "truefalse":
            return "true_false", TrueFalseContent(question["correct"])
    options = [Option(one["text"], one["text"], units(one["fraction"])) for one in question["answers"]]
    return "single_choice", SingleChoiceContent(tuple(options))


def is_graded_alike(case: Case) -> bool:
    question = read("grading", "grade")["questions"][case["q"]]
    return question["type"] != "matching" and question.get("single", True)


@pytest.mark.parametrize("case", filter(is_graded_alike, cases("grading", "grade")), ids=str)
def test_an_answer_earns_what_it_earns_there_and_never_less_than_nothing(case: Case) -> None:
    name, content = content_of(read("grading", "grade")["questions"][case["q"]])
    response = case["response"]
    sent = [str(response).lower() if name == "true_false" else response] if not isinstance(response, list) else response
    answer = TYPES[name].parse_answer(content, {"answer": sent})
    assert (answer is None) is (case["fraction"] is None)
    assert TYPES[name].grade(content, answer) == max(units(case["fraction"] or 0), 0)


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
