"""The page of a single answer: its points, those of a second try, how sure it was, and every change of its score."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tests.support.recomputed.goes import Go, Sat
from tests.support.recomputed.page import Node
from tests.support.recomputed.raw import Row
from tests.support.recomputed.words import points

Figures = dict[str, Any]
LEVELS = {1: "Low", 2: "Middle", 3: "High"}


def some_answers(sat: Sat) -> Iterator[tuple[Go, int]]:
    """An answer of each kind that there is: with a changed score or not, a second try or not, dropped, waiting."""
    changed = {row.response_id for row in sat.raw.rows("score_changes")}
    seen = set()
    for goes in sat.all_goes.values():
        for go in goes:
            for item, row in go.all_answers.items():
                kind = (row.id in changed, row.id in sat.raw.second, row.dropped, row.points is None)
                if kind not in seen:
                    seen.add(kind)
                    yield go, item


def _better(first: int | None, second: int | None) -> int | None:
    return first if first is None or second is None else max(first, second)


def _event(sat: Sat, row: Row) -> list[str]:
    users, regrades = sat.raw.by_id("users"), sat.raw.by_id("regrades")
    policy = regrades[row.regrade_id].policy if row.regrade_id else None
    is_back = policy is not None and not row.why
    places = [p for p in sat.raw.places.values() if p.section_id == sat.section and p.user_id == row.by_id]

    def said(before: int | None, after: int | None) -> str:
        was, now = ("waiting" if each is None else points(each) for each in (before, after))
        if policy == "drop":
            was, now = ("not counted", now) if is_back else (was, "not counted")
        return f"{was} → {now}"

    what = "the question was scored anew"
    if policy is None:
        what = "a second try" if places and places[0].role == "student" else "graded by hand"
    elif is_back:
        what = "a change was taken back"
    elif policy == "drop":
        what = "the question was dropped"
    both = ""
    if (row.second_before, row.second_after) != (None, None) and what != "a second try":
        tries = said(row.before, row.after), said(row.second_before, row.second_after)
        both = f"first try {tries[0]}, second try {tries[1]}"
    counted = said(_better(row.before, row.second_before), _better(row.after, row.second_after))
    return [users[row.by_id].name, what, counted, both]


def expected_response(sat: Sat, go: Go, item: int) -> Figures:
    """The page."""
    row, worth = go.all_answers[item], points(go.worth[item])
    again, order = sat.raw.second.get(row.id), list(go.worth)
    changes = [each for each in sat.raw.rows("score_changes") if each.response_id == row.id]
    told = "To read" if row.points is None else f"{points(row.points)} of {worth} points"
    if row.dropped:
        told = "does not count" if row.points is None else f"{told} does not count"
    return {
        "name": sat.raw.names[go.row.enrollment_id],
        "place": [f"Question {order.index(item) + 1}", f"attempt {go.row.number}"],
        "points": told,
        "second": f"{points(again.points)} of {worth}" if again else "",
        "certainty": LEVELS.get(row.certainty, ""),
        "history": [_event(sat, each) for each in changes],
    }


def told_response(page: Node) -> Figures:
    """What the page says."""
    answer = next(each for each in page.all("section") if each.attributes.get("aria-labelledby") == "answer-title")
    place = [each.text for each in page.all("p", "meta")[1].all("span")]
    words = ("To read", "does not count")
    lines = [p for p in answer.all("p") if p.text.startswith(words) or (" points" in p.text and p.all("b"))]
    spans = [each.text for each in answer.all("span")]
    sure = [each for each in spans if each.startswith("Certainty: ")]
    history = []
    for row in page.all("ol", "history"):
        for event in row.all("li"):
            by, _at, what = [each.text for each in event.one("p", "meta").all("span")]
            both = [each.text for each in event.all("p")[1].all("span", "meta")]
            history.append([by, what, event.one("b").text, both[0] if both else ""])
    return {
        "name": page.one("h1").text,
        "place": [place[0], place[2]],
        "points": lines[0].text.replace("Grade it", "").strip(),
        "second": spans[spans.index("After re-reading") + 1] if "After re-reading" in spans else "",
        "certainty": sure[0].removeprefix("Certainty: ") if sure else "",
        "history": history,
    }
