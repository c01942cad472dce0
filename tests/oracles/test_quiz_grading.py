"""Answers, numbers and words as another, much older system treats them: one test per case in its file.

Where Colloquy decides otherwise on purpose stands in docs/grading.md.
"""

from __future__ import annotations

import json
import os
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from core.points import FractionUnits, snap
from quizzes.question_types import TYPES, wording
from quizzes.question_types.matching import MatchingContent, Pair
from quizzes.question_types.multiple_answers import OWN_SHARES, MultipleAnswersContent
from quizzes.question_types.numerals import plain_unit, read_quantity
from quizzes.question_types.numeric import AcceptedNumber, NumericContent
from quizzes.question_types.open_answer import count_words
from quizzes.question_types.options import Option
from quizzes.question_types.short_answer import WILDCARD, Form, ShortAnswerContent
from quizzes.question_types.single_choice import SingleChoiceContent
from quizzes.question_types.true_false import TrueFalseContent

DATA = Path(os.environ.get("COLLOQUY_TEST_DATA") or Path(__file__).resolve().parents[3] / "shared/data")
FILE = DATA / "scoring" / "moodle" / "grading.expected.json"
pytestmark = pytest.mark.skipif(not FILE.is_file(), reason=f"no test data at {FILE}")

Case = dict[str, Any]
ANY_NUMBER = ("0", "1e300")
"""What stands here for the `*` of a number there, which takes what nothing else takes."""


def section(name: str) -> Any:
    return json.loads(FILE.read_text(encoding="utf-8"))[name] if FILE.is_file() else {"cases": []}


def cases(name: str) -> list[Case]:
    found = section(name)
    return list(found["cases"] if isinstance(found, dict) else found)


@pytest.mark.parametrize("case", cases("shortanswer_match"), ids=str)
def test_a_form_matches_as_there(case: Case) -> None:
    case_sensitive = not case["ignore_case"]
    assert wording.matches(case["pattern"], case["response"], case_sensitive=case_sensitive) is case["match"]


@pytest.mark.parametrize("case", cases("number_parse"), ids=str)
def test_a_number_and_its_unit_are_read_as_there(case: Case) -> None:
    whole, decimals, exponent, unit = case["parts"]
    found = read_quantity(case["input"])
    if whole is None:
        assert found is None
    else:
        assert found is not None
        assert found.unit == plain_unit(unit)
        assert Decimal(f"{whole}.{decimals or 0}e{exponent or 0}") in found.values


@pytest.mark.parametrize("case", cases("word_count"), ids=str)
def test_words_are_counted_as_there(case: Case) -> None:
    assert count_words(case["text"]) == case["words"]


def units(fraction: float) -> FractionUnits:
    return snap(Fraction(str(fraction)))


def options_of(question: Case) -> tuple[Option, ...]:
    return tuple(Option(one["text"], one["text"], units(one["fraction"])) for one in question["answers"])


def short_answer(question: Case) -> Any:
    forms = [Form(str(at), one["text"], WILDCARD, units(one["fraction"])) for at, one in enumerate(question["answers"])]
    return ShortAnswerContent(tuple(forms), question["case_sensitive"])


def numeric(question: Case) -> Any:
    numbers = [
        AcceptedNumber(str(at), value, tolerance=str(tolerance), fraction=units(one["fraction"]))
        for at, one in enumerate(question["answers"])
        for value, tolerance in [ANY_NUMBER if one["value"] == "*" else (one["value"], one["tolerance"])]
    ]
    return NumericContent(tuple(numbers))


def matching(question: Case) -> Any:
    texts = [*dict.fromkeys(pair["answer"] for pair in question["pairs"]), *question["extra_answers"]]
    keys = {text: f"a{at}" for at, text in enumerate(texts)}
    asked = [
        Pair(f"p{at}", one["text"], keys[one["answer"]], one["answer"]) for at, one in enumerate(question["pairs"])
    ]
    extra = [Pair(f"e{at}", "", keys[text], text) for at, text in enumerate(question["extra_answers"])]
    return MatchingContent((*asked, *extra))


def content_of(question: Case) -> tuple[str, Any]:
    match question["type"]:
        case "shortanswer":
            return "short_answer", short_answer(question)
        case "numerical":
            return "numeric", numeric(question)
        case "truefalse":
            return "true_false", TrueFalseContent(question["correct"])
        case "matching":
            return "matching", matching(question)
    if question["single"]:
        return "single_choice", SingleChoiceContent(options_of(question))
    return "multiple_answers", MultipleAnswersContent(options_of(question), OWN_SHARES)


def sent_for(content: Any, response: Any) -> dict[str, list[str]]:
    if isinstance(content, MatchingContent):
        prompts = {pair.prompt: pair.key for pair in content.asked}
        keys = {text: key for key, text in content.answers.items()}
        return {prompts[prompt]: [keys[text]] for prompt, text in response.items()}
    if isinstance(response, list):
        return {"answer": response}
    return {"answer": [str(response).lower() if isinstance(response, bool) else response]}


@pytest.mark.parametrize("case", cases("grade"), ids=str)
def test_an_answer_earns_what_it_earns_there_and_never_less_than_nothing(case: Case) -> None:
    name, content = content_of(section("grade")["questions"][case["q"]])
    answer = TYPES[name].parse_answer(content, sent_for(content, case["response"]))
    assert (answer is None) is (case["fraction"] is None)
    assert TYPES[name].grade(content, answer) == max(units(case["fraction"] or 0), 0)
