"""How often each answer was given, by what students sent."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from tests.support.recomputed.raw import Row


def parts_of(row: Row, kind: str) -> list[str]:
    """What one answer holds that can be counted: options, sentences, pairs, places, words."""
    answer: Any = row.answer
    if not answer:
        return []
    match kind:
        case "single_choice" | "true_false":
            return [answer["choice"]] if "choice" in answer else []
        case "multiple_answers" | "poll":
            return list(dict.fromkeys(answer.get("choices", [])))
        case "evidence":
            return [f"s{each}" for each in dict.fromkeys(answer["sentences"])]
        case "matching":
            return [f"{prompt}>{said}" for prompt, said in answer["pairs"].items()]
        case "ordering":
            return [f"{key}@{place}" for key, place in answer["order"]]
        case "blanks":
            return [f"{gap}={word}" for gap, word in answer["gaps"].items()]
        case "open_answer" | "draw":
            return []
    return [row.answer_key]


def is_left_out(row: Row, kind: str) -> bool:
    """Whether nothing was chosen, though evidence may have been pointed at."""
    if kind in ("open_answer", "draw"):
        return not row.answer
    return not parts_of(row, kind)


def count_parts(rows: Iterable[Row], kind: str) -> Counter[str]:
    """How many answers hold each part."""
    return Counter(part for row in rows for part in parts_of(row, kind))


def words_of(part: str, kind: str, content: Any) -> str:
    """What a part is called on a page, where the content says it."""
    match kind:
        case "single_choice" | "multiple_answers" | "poll":
            return next(option["text"] for option in content["options"] if option["key"] == part)
        case "true_false":
            return {"true": "True", "false": "False"}[part]
        case "matching":
            prompt, said = part.split(">")
            prompts = {pair["key"]: pair["prompt"] for pair in content["pairs"]}
            answers = {pair["answer_key"]: pair["answer"] for pair in content["pairs"]}
            return f"{prompts[prompt]} → {answers[said]}"
        case "ordering":
            key, place = part.split("@")
            return f"{place}. " + {step["key"]: step["text"] for step in content["steps"]}[key]
        case "blanks":
            gap, word = part.split("=")
            return f"Gap {int(gap[1:])}: {word}"
        case "short_answer":
            return next((form["text"] for form in content["forms"] if form["text"].lower() == part), part)
        case "numeric":
            accepted = {each["value"]: f"{each['value']} ± {each['tolerance']}" for each in content["accepted"]}
            return accepted.get(part, part)
    return part


def told_picks(rows: list[Row], kind: str, content: Any) -> dict[str, int]:
    """What was answered, by what it is called: only what somebody chose, and how many left it out."""
    if kind == "open_answer":
        return {}
    found = {words_of(part, kind, content): n for part, n in count_parts(rows, kind).items()}
    left_out = sum(is_left_out(row, kind) for row in rows)
    return found | ({"Left out": left_out} if left_out else {})
