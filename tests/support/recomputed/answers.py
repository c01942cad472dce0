"""What a page lists of the answers to a question: what is right, the wrong answer that most gave, and what is said."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from string import ascii_uppercase
from typing import Any

from tests.support.recomputed.glance import Figures, facility
from tests.support.recomputed.goes import Go, Sat
from tests.support.recomputed.maps import Text, lost_by, open_notes, waiting
from tests.support.recomputed.page import Node
from tests.support.recomputed.picks import count_parts, words_of
from tests.support.recomputed.raw import Row
from tests.support.recomputed.words import counted, in_words, percent, short

WHOLE = 10_000_000_000
COMMON = Fraction(1, 5)
PARTED = ("evidence", "matching", "ordering", "blanks")
"""Types of which a part that the key does not name is wrong; of free text one cannot say."""


@dataclass(frozen=True)
class Given:
    """An answer: its part, what it is called, whether it is right (None: who knows), how many gave it."""

    part: str
    words: str
    right: bool | None
    n: int
    letter: str = ""
    in_key: bool = True


class OneOf:
    """Any of several texts: of answers that equally many gave none goes before another; a figure may be on a border."""

    def __init__(self, texts: Iterable[Any]) -> None:
        self.texts = list(texts)

    def __eq__(self, other: object) -> bool:
        return any(each == other for each in self.texts)

    def __repr__(self) -> str:
        return " or ".join(dict.fromkeys(map(repr, self.texts)))

    __hash__ = None  # type: ignore[assignment]


def in_the_key(kind: str, content: Any) -> dict[str, bool | None]:
    """The parts that the key names, in its order, and whether each is right."""
    match kind:
        case "true_false":
            return {"true": content["right"], "false": not content["right"]}
        case "evidence":
            return {f"s{at}": True for passage in content["passages"] for at in passage["sentences"]}
        case "matching":
            return {f"{pair['key']}>{pair['answer_key']}": True for pair in content["pairs"] if pair["prompt"]}
        case "ordering":
            return {f"{step['key']}@{place}": True for place, step in enumerate(content["steps"], 1)}
        case "blanks":
            return _in_gaps(content)
        case "short_answer":
            exact = [form for form in content["forms"] if form["match"] == "exact"]
            return {form["text"].lower(): form["fraction"] == WHOLE for form in exact}
        case "numeric":
            return {each["value"]: each["fraction"] == WHOLE for each in content["accepted"]}
    return {option["key"]: _is_right(kind, option) for option in content.get("options", [])}


def _is_right(kind: str, option: Any) -> bool | None:
    least = {"single_choice": WHOLE, "multiple_answers": 1}.get(kind)
    return None if least is None else option["fraction"] >= least


def _in_gaps(content: Any) -> dict[str, bool | None]:
    found: dict[str, bool | None] = {}
    stretches = [each.split("]]")[0] for each in content["text"].split("[[")[1:]]
    for gap, stretch in zip(content["gaps"], stretches, strict=True):
        for word in stretch.split("|"):
            found.setdefault(f"{gap['key']}={word}", True)
        for each in gap["also"]:
            found.setdefault(f"{gap['key']}={each['text']}", each["fraction"] == WHOLE)
    return found


def listed(rows: Sequence[Row], newest: Row, text: Text) -> list[Given]:
    """What is listed: the parts of the key, then the eight most frequent others."""
    kind, content, counts = newest.type, newest.content, count_parts(rows, newest.type)
    named = in_the_key(kind, content)

    def called(part: str) -> str:
        return f"¶ {text.label[int(part[1:])]}" if kind == "evidence" else words_of(part, kind, content)

    found = []
    for at, (part, right) in enumerate(named.items()):
        letter = "" if kind in PARTED else ascii_uppercase[at]
        found.append(Given(part, called(part), right, counts[part], letter))
    others = sorted((part for part in counts if part not in named), key=lambda part: (-counts[part], part))
    wrong = False if kind in PARTED else None
    return [*found, *(Given(part, called(part), wrong, counts[part], in_key=False) for part in others[:8])]


def misses(given: Sequence[Given], n: int) -> list[Given]:
    """The wrong answer that most gave, if two and a fifth of them did: all equals, unless the key names the first."""
    wrong = [each for each in given if each.right is False and each.n >= 2]
    most = max((each.n for each in wrong), default=0)
    if not most or Fraction(most, n) < COMMON:
        return []
    found = [each for each in wrong if each.n == most]
    return found[:1] if found[0].in_key else found


def rows_of(goes: Sequence[Go], item: int) -> list[Row]:
    """The answers to a question."""
    return [go.answers[item] for go in goes if item in go.answers]


def _quoted(given: Given, kind: str) -> str:
    return given.words if kind == "evidence" else f"“{short(given.words, 70)}”"


def why_hard(sat: Sat, item: int, goes: Sequence[Go]) -> Any:
    """The sentence under a question."""
    rows, newest = rows_of(goes, item), sat.newest[item]
    given = listed(rows, newest, Text(sat.raw, sat.assignment))
    if not rows:
        return "Nobody has answered yet."
    if newest.type == "draw":
        return "Each attempt was asked one of these. What was answered stands under each."
    if newest.type == "poll":
        most = max(given, key=lambda each: each.n)
        if not most.n:
            return "Nobody has answered yet."
        return f"A poll: most chose “{short(most.words, 70)}” ({most.n} of {len(rows)})."
    missed, waits = misses(given, len(rows)), sum(row.points is None for row in rows)
    if not missed:
        told = counted(waits, "answer waits for you.", "answers wait for you.")
        return told if waits else "No wrong answer stands out."
    most_n, right = missed[0].n, sum(each.n for each in given if each.right)
    if most_n > right:
        said = "More chose {} ({} of {}) than anything right: look at the key, or at the passage."
        return OneOf(said.format(_quoted(each, newest.type), most_n, len(rows)) for each in missed)
    return OneOf(f"{most_n} of {len(rows)} chose {_quoted(each, newest.type)}." for each in missed)


def what_was_missed(sat: Sat, goes: Sequence[Go]) -> Any:
    """The second sentence of the heading: the wrong answer that most share, of equals that of the earlier question."""
    text, found = Text(sat.raw, sat.assignment), []
    for item in sat.items:
        rows = rows_of(goes, item.id)
        share = facility(rows, item.points) if sat.has_key(item.id) else None
        missed = misses(listed(rows, sat.newest[item.id], text), len(rows))
        if missed and (share is None or share < 1):
            found.append((missed[0].n, item.id, missed))
    if not found:
        return ""
    n, item_id, missed = max(found, key=lambda each: (each[0], -sat.number[each[1]]))
    who, kind = in_words(n).capitalize(), sat.kind(item_id)
    where = f"in question {sat.number[item_id]}."
    if kind == "evidence":
        return OneOf(f"{who} pointed at {each.words} {where}" for each in missed)
    return OneOf(f"{who} chose “{short(each.words, 60)}” {where}" for each in missed)


def expected_words(sat: Sat, which: str, label: int | None = None) -> Figures:
    """What the class at a glance says in words: of its heading, of what waits, under each question, of passages."""
    goes = sat.meant(which, label)
    few = not sat.done_by_five(which, label)
    waits = sum(row.points is None for go in goes for row in go.answers.values())
    told = {1: "One answer is waiting for you."}
    return {
        "missed": "" if few else what_was_missed(sat, goes),
        "waits": told.get(waits, f"{in_words(waits).capitalize()} answers are waiting for you.") if waits else "",
        "why": {str(sat.number[item.id]): why_hard(sat, item.id, goes) for item in sat.items},
        "passages": _passages(sat, which, label, told=not few),
        "open": {at: spot.count for at, spot in waiting(sat, open_notes(sat.raw, sat.assignment)).paragraphs.items()},
    }


def _passages(sat: Sat, which: str, label: int | None, *, told: bool) -> list[list[str]]:
    found = []
    for at, spot in lost_by(sat, which, label).paragraphs.items():
        numbers = ", ".join(map(str, spot.numbers))
        found.append([f"¶ {at}", numbers, str(spot.n), percent(spot.share) if told else ""])
    return found


def told_words(page: Node) -> Figures:
    """What the page says."""
    heading, lead = page.one("h1").text, page.one("p", "lead").text
    waits = re.search(r"\S+ answers? (?:is|are) waiting for you\.", lead)
    open_ = {}
    for place in page.all("div", "hp"):
        for link in place.all("a"):
            if found := re.fullmatch(r"(\d+) open questions?", link.text):
                open_[int(place.attributes["id"].removeprefix("map-p"))] = int(found[1])
    return {
        "missed": heading.partition(".")[2].strip(),
        "waits": waits[0] if waits else "",
        "why": {each.one("span", "qn").text: _why(each) for each in page.all("details", "qrow")},
        "passages": page.one(id="passages-table").one("table").rows(),
        "open": open_,
    }


def _why(question: Node) -> str:
    return question.one("div", "q-why").one("p").text.removesuffix("Read the passage").strip()
