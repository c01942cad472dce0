"""For every type: the sample question with another key behind the same words, so that pages can be compared."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from tests.quizzes.samples import SAMPLES

Content = dict[str, Any]


def _other_options(content: Content) -> None:
    fractions = [option["fraction"] for option in content["options"]]
    for option, fraction in zip(content["options"], fractions[1:] + fractions[:1], strict=True):
        option["fraction"] = fraction
        option["feedback"] = "other words"


def _other_truth(content: Content) -> None:
    content["right"] = not content["right"]


def _other_forms(content: Content) -> None:
    for form in content["forms"]:
        form["text"], form["feedback"] = f"other {form['key']}", "other words"


def _other_numbers(content: Content) -> None:
    for accepted in content["accepted"]:
        accepted["value"], accepted["tolerance"] = "77", "3"


def _other_passages(content: Content) -> None:
    for passage in content["passages"]:
        passage["sentences"] = [passage["sentences"][0] - 1]


def _other_pairs(content: Content) -> None:
    first, second = content["pairs"][:2]
    for name in ("answer_key", "answer", "feedback"):
        first[name], second[name] = second[name], first[name]


def _other_steps(content: Content) -> None:
    content["steps"].reverse()


def _other_gaps(content: Content) -> None:
    first, second = "[[bridge]]", "[[spring|the spring]]"
    text = content["text"].replace(first, "@").replace(second, first).replace("@", second)
    content["text"] = text


def _other_guidance(content: Content) -> None:
    content["guidance"], content["rubric"] = "other words", []


def _no_key(_content: Content) -> None:
    """Nothing to change: no answer is right."""


CHANGES: dict[str, Callable[[Content], None]] = {
    "single_choice": _other_options,
    "multiple_answers": _other_options,
    "true_false": _other_truth,
    "short_answer": _other_forms,
    "numeric": _other_numbers,
    "evidence": _other_passages,
    "matching": _other_pairs,
    "ordering": _other_steps,
    "blanks": _other_gaps,
    "open_answer": _other_guidance,
    "poll": _no_key,
}


def other_key(name: str, content: Content | None = None) -> Content:
    """The content of a type's sample (or this content) with another key."""
    changed: Content = json.loads(json.dumps(content or SAMPLES[name].content))
    CHANGES[name](changed)
    if "evidence" in changed:
        _other_passages(changed["evidence"]["asked"])
        changed["evidence"]["share"] //= 3
    return changed
