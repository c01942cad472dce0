"""The page of a student's own attempt that is handed in: what of its points may be told, and what the page tells."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Any

from tests.support.recomputed.goes import MARKS, Go, Sat, half_up
from tests.support.recomputed.moments import exact
from tests.support.recomputed.page import Node
from tests.support.recomputed.raw import Row
from tests.support.recomputed.releases import is_out, is_settled, tells_right, tells_score
from tests.support.recomputed.statistics_page import Rounded
from tests.support.recomputed.words import in_words, points

WHOLE = 10_000_000_000
COUNTS = {"highest": "the best one", "average": "the average", "first": "the first one", "last": "the last one"}
Figures = dict[str, Any]


def _state(sat: Sat, go: Go, item: int) -> str:
    """Right, partly, not yet or with a person, by the first try; nothing where there is no key or it is not told."""
    row = go.all_answers[item]
    if not sat.has_key(item):
        return ""
    if row.fraction is None:
        return "" if row.dropped else "waiting"
    if row.dropped or not tells_right(sat, go):
        return ""
    return "Right" if row.fraction == WHOLE else ("Partly right" if row.fraction else "Not yet")


def _points(sat: Sat, go: Go, item: int) -> str:
    row, worth = go.all_answers[item], go.worth[item]
    if row.dropped and tells_score(sat, go):
        return "does not count"
    if not worth:
        return ""
    counts = go.counted(item) if tells_right(sat, go) and not row.dropped else None
    return f"out of {points(worth)}" if counts is None else f"{points(counts)} of {points(worth)}"


def _second(sat: Sat, go: Go, item: int) -> str:
    row = go.all_answers[item]
    again: Row | None = go.raw.second.get(row.id)
    if again is None or row.dropped or not tells_right(sat, go):
        return ""
    return f"{points(again.points)} of {points(go.worth[item])}"


def _sentences(states: list[str], reader: str) -> list[str]:
    """How many answers are right, and so on."""
    found = []
    one_and_many = {
        "Right": ("one answer is right", "{} answers are right"),
        "Partly right": ("one is partly right", "{} are partly right"),
        "Not yet": ("one is not there yet", "{} are not there yet"),
    }
    for state, (one, many) in one_and_many.items():
        if n := states.count(state):
            found.append(one if n == 1 else many.format(in_words(n)))
    told = " and ".join([", ".join(found[:-1]), found[-1]] if len(found) > 1 else found)
    waits = states.count("waiting")
    said = [f"{told[:1].upper()}{told[1:]}."] if found else []
    who = "One answer is" if waits == 1 else f"{in_words(waits).capitalize()} answers are"
    return [*said, f"{who} with {reader}."] if waits else said


def _reader(sat: Sat) -> str:
    places = [row for row in sat.raw.places.values() if row.section_id == sat.section and row.state == "active"]
    return sat.raw.names[min(row.id for row in places if row.role == "instructor")]


def _late(sat: Sat, go: Go) -> list[str]:
    share = sat.delivery.late_credit_percent
    if not (tells_score(sat, go) and go.is_late) or share == 100:
        return []
    return [f"It came late, so {points(go.points)} points count {share} %."]


def _marks(sat: Sat, go: Go) -> tuple[Any, str] | None:
    if not tells_right(sat, go):
        return None
    sure = [row for row in go.answers.values() if row.certainty and row.fraction is not None and row.points is not None]
    whole = Fraction()
    for row in sure:
        right, wrong = MARKS[row.certainty]
        share = Fraction(row.fraction, WHOLE)
        whole += share * right + (1 - share) * wrong
    return (Rounded(exact(whole), 1), str(3 * len(sure))) if sure else None


def _taken(sat: Sat, go: Go) -> list[str]:
    """What certainty takes from what the answers count."""
    if sat.delivery.certainty != "counted" or not tells_right(sat, go):
        return []
    counts = sum(go.counted(item) or 0 for item in go.answers)
    taken = points(counts - go.points) if go.points else "all of it"
    return [points(counts), taken if counts != go.points else "nothing"]


def _that_counts(sat: Sat, go: Go) -> str:
    """What counts of several attempts, of those whose score may be told."""
    goes = sat.goes(go.row.enrollment_id)
    told = [each.credited for each in goes if each.is_in and is_settled(each)]
    if len(goes) < 2 or not told or not is_out(sat, sat.delivery.release_score):
        return ""
    rule = sat.delivery.which_counts
    average = half_up(Fraction(sum(told), len(told)))
    value = {"highest": max(told), "average": average, "first": told[0], "last": told[-1]}[rule]
    return f"Of your {len(goes)} attempts, {COUNTS[rule]} counts: {points(value)} points."


def expected_own_result(sat: Sat, go: Go) -> Figures:
    """The page."""
    items = list(go.worth)
    states = [_state(sat, go, item) for item in items]
    heading = "Handed in"
    if tells_score(sat, go):
        heading = f"{points(go.credited)} of {points(go.maximum)} points{' so far' if go.waits else ''}"
    return {
        "heading": heading,
        "said": [*_sentences(states, _reader(sat)), *_late(sat, go)],
        "marks": _marks(sat, go),
        "taken": _taken(sat, go),
        "counts": _that_counts(sat, go),
        "answers": [
            [str(number), state if state != "waiting" else f"With {_reader(sat)}", _points(sat, go, item), again]
            for number, (item, state) in enumerate(zip(items, states, strict=True), 1)
            for again in [_second(sat, go, item)]
        ],
    }


def told_own_result(page: Node) -> Figures:
    """What the page says."""
    lead, spans = page.one("p", "lead").text, [each.text for each in page.one("header", "score").all("span")]
    said = re.findall(r"[^.]*? (?:is|are) (?:right|partly right|not there yet|with)\b[^.]*\.", lead)
    said += re.findall(r"It came late, so \S+ points count \d+ %\.", lead)
    marks = [found for each in spans if (found := re.match(r"Certainty: (\S+) of (\d+)", each))]
    taken = [each for each in spans if each.startswith("Your answers count")]
    answers = []
    for row in page.one("ol", "feedback").all("li"):
        if row.attributes.get("id", "").startswith("q"):
            answers.append(_read(row))
    return {
        "heading": page.one("h1").text,
        "said": [each.strip() for each in said],
        "marks": (marks[0][1], marks[0][2]) if marks else None,
        "taken": _taken_in(taken[0]) if taken else [],
        "counts": next((each for each in spans if each.startswith("Of your ")), ""),
        "answers": answers,
    }


def _taken_in(words: str) -> list[str]:
    found = re.search(r"count (\S+) points.* takes (\S+|all of it)(?: from that|\. A)", words)
    assert found, words
    return list(found.groups())


def _read(row: Node) -> list[str]:
    head, again = row.one("div", "q-head"), row.all("div", "again")
    state, pts = head.all("span", "state"), head.all("span", "pts")
    second = again[0].one("p", "meta").all("span")[-1].text if again else ""
    return [head.one("span", "qn").text, state[0].text if state else "", pts[0].text if pts else "", second]
