"""Lists of single students: the table, the matrix, the CSV file, one student's page."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import UTC
from fractions import Fraction
from typing import Any

from tests.support.recomputed.goes import Go, Sat
from tests.support.recomputed.page import Node
from tests.support.recomputed.raw import Row
from tests.support.recomputed.talks import stands
from tests.support.recomputed.words import points

Figures = dict[str, Any]


def lines(sat: Sat, which: str, label: int | None) -> Iterator[tuple[Row, Go | None]]:
    """Each student with the attempt that a list shows; for all attempts one line each."""
    for place in sat.raw.students(sat.section, label):
        goes = sat.goes(place.id)
        shown = goes if which == "all" else sat.meant_of(place.id, which) or goes[:1]
        yield from ((place, go) for go in shown or [None])


def state_of(go: Go | None) -> str:
    """How far a student is."""
    return "not_started" if go is None else ("handed_in" if go.is_in else "started")


def _state_words(go: Go | None) -> str:
    if go is None or not go.is_in:
        return "Not started" if go is None else "Started"
    return "To read" if go.waits else ("Handed in late" if go.is_late else "Handed in")


def is_in_state(go: Go | None, state: str) -> bool:
    """Whether a list of the students of one state has the line."""
    match state:
        case "late":
            return go is not None and go.is_in and go.is_late
        case "waiting":
            return go is not None and go.is_in and go.waits
        case "missing":
            return state_of(go) != "handed_in"
    return state_of(go) == state


def expected_table(sat: Sat, which: str, label: int | None, state: str = "") -> list[list[str]]:
    """The rows of the table of students."""
    threads = {row.id for row in sat.raw.rows("prompt_deliveries") if row.assignment_id == sat.assignment.id}
    written = [each for each in sat.raw.rows("comments") if each.delivery_id in threads and stands(each)]
    found = []
    for place, go in lines(sat, which, label):
        if state and not is_in_state(go, state):
            continue
        tries = str(len(sat.goes(place.id)))
        score = f"{points(go.points)}/{points(go.maximum)}" if go and go.is_in else "none yet"
        minutes = str(go.minutes) if go and go.is_in else ""
        place_of = tries if go is None or go.row.number == 1 else f"{go.row.number}/{tries}"
        posts = str(len([each for each in written if each.enrollment_id == place.id]))
        found.append([sat.raw.names[place.id], _state_words(go), score, place_of, minutes, posts])
    return found


def told_table(page: Node) -> list[list[str]]:
    """What the page says of the same."""
    return page.one(id="students-table").rows()


def cell(go: Go, item: int) -> tuple[str, str]:
    """What a cell of the matrix shows, and by what it is sorted."""
    row = go.all_answers[item]
    if row.dropped:
        return "×", "0"
    counted = go.counted(item)
    if counted is None:
        return "", "-1"
    return ("–" if row.answer is None and not counted else points(counted)), str(counted)


def mixed(go: Go) -> int:
    """What certainty adds to what the answers count."""
    return go.points - sum(go.counted(item) or 0 for item in go.answers)


def expected_matrix(sat: Sat, which: str, label: int | None) -> list[list[tuple[str, str]]]:
    """The rows of the matrix: name, a cell for each question, what certainty takes, the score."""
    found = []
    for place, go in lines(sat, which, label):
        row = [(sat.raw.names[place.id], "")]
        is_in = go is not None and go.is_in
        for item in sat.items:
            held = go is not None and is_in and item.id in go.all_answers
            row.append(cell(go, item.id) if go is not None and held else ("", "-1"))
        if sat.delivery.certainty == "counted":
            row.append((points(mixed(go)), str(mixed(go))) if go is not None and is_in else ("", "0"))
        row.append((points(go.points), str(go.points)) if go is not None and is_in else ("", "-1"))
        found.append(row)
    return found


def told_matrix(page: Node) -> list[list[tuple[str, str]]]:
    """What the page says of the same."""
    rows = page.one("table", "matrix").one("tbody").all("tr")
    return [
        [(each.text, each.attributes.get("data-value", "")) for each in row if each.tag in ("td", "th")] for row in rows
    ]


def expected_csv(sat: Sat, which: str, label: int | None) -> list[list[str]]:
    """The rows of the file of results."""
    found = []
    for place, go in lines(sat, which, label):
        done = go if go is not None and go.is_in else None
        at = done.handed_in_at.astimezone(UTC).isoformat(timespec="seconds") if done and done.handed_in_at else ""
        row = [str(place.id), sat.raw.names[place.id], state_of(go), "yes" if done and done.is_late else "no"]
        row += [str(len(sat.goes(place.id))), str(go.row.number) if go else "", at]
        row += [points(done.points) if done and not done.waits else "", points(done.maximum) if done else ""]
        for item in sat.items:
            counted = done.counted(item.id) if done and item.id in done.answers else None
            row.append("" if counted is None else points(counted))
        if sat.delivery.certainty == "counted":
            row.append(points(mixed(done)) if done and not done.waits else "")
        found.append(row)
    return found


def told_csv(text: str) -> list[list[str]]:
    """What the file says."""
    return list(csv.reader(io.StringIO(text.lstrip("\ufeff"))))[1:]


def _line(go: Go, item: int) -> str:
    row, worth = go.all_answers[item], go.worth[item]
    if row.dropped:
        return "does not count"
    counted, again = go.counted(item), go.raw.second.get(row.id)
    if counted is None:
        return "To read"
    if not worth:
        return "no points"
    both = f"{points(row.points)}, after re-reading {points(again.points)}: " if again else ""
    return f"{both}{points(counted)}/{points(worth)}"


def expected_work(sats: list[Sat], place: int) -> list[Figures]:
    """One student's page of a reading: each attempt at each quiz, question by question."""
    found = []
    for sat in sorted(sats, key=lambda each: each.raw.by_id("quizzes")[each.delivery.quiz_id].title):
        for go in sat.goes(place):
            state = ("Handed in late" if go.is_late else "Handed in") if go.is_in else "Started"
            score = f"{points(go.points)} of {points(go.maximum)} points{' so far' if go.waits else ''}"
            told = [_line(go, item) for item in go.worth] if go.is_in else []
            if go.is_in and sat.delivery.certainty == "counted":
                told.append(points(Fraction(mixed(go))))
            found.append({"state": state, "score": score, "lines": told})
    return found


def told_work(page: Node) -> list[Figures]:
    """What the page says of the same."""
    found = []
    for place in page.all("section"):
        if not place.attributes.get("aria-labelledby", "").startswith("attempt-"):
            continue
        said = place.one("p", "meta").all("span")
        outer = [each.text for each in place.one("p", "meta").held if isinstance(each, Node)]
        assert said
        lists = [each.text for each in place.all("p", "num")]
        found.append({"state": outer[0], "score": outer[2], "lines": lists})
    return found
