"""One student across the readings of a class: how far with each quiz, what it came to, posts, boxes, points lost."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Any

from tests.support.recomputed.goes import Go, Sat
from tests.support.recomputed.gradebook import Book, Cell, is_released
from tests.support.recomputed.maps import Text
from tests.support.recomputed.page import Node
from tests.support.recomputed.raw import Row
from tests.support.recomputed.talks import stands, threads_of
from tests.support.recomputed.words import percent, points

Figures = dict[str, Any]


def _counted(sat: Sat, place: int, *, told: bool = True) -> list[Go]:
    """The attempt that counts; all that are handed in where their average does, or where the score is not told."""
    return sat.counting(place) if told else sat.done(place)


def _state(book: Book, sat: Sat, place: int, *, told: bool) -> str:
    counted, closes = _counted(sat, place, told=told), book.raw.own(sat.assignment.closes_at, place)
    if counted:
        return "Handed in late" if any(go.is_late for go in counted) else "Handed in"
    if sat.goes(place):
        return "Started"
    return "Not handed in" if closes is not None and book.raw.now > closes else "Not started"


def _score(cell: Cell, counted: list[Go], *, told: bool, own: bool) -> str:
    if told and cell.state == "waiting":
        return "With your instructor" if own else "To read"
    if counted and not told:
        return "Not released yet"
    if told and cell.state == "excused":
        return "Excused"
    if told and cell.state == "counted" and cell.possible:
        return f"{points(cell.earned)}/{points(cell.possible)}" + ("set by hand" if cell.ruled else "")
    return "–"


def expected_readings(book: Book, place: int, *, own: bool = False) -> list[Figures]:
    """The rows of the page, the earliest due first; `own`: as the student sees them."""
    raw, found = book.raw, []
    assignments = [row for row in raw.rows("assignments") if row.section_id == book.section]
    for assignment in sorted(assignments, key=lambda row: (raw.own(row.due_at, place), row.id)):
        states, scores = [], []
        sats = {k: s for k, s in book.columns.items() if isinstance(s, Sat) and s.assignment.id == assignment.id}
        for key, sat in sats.items():
            title = raw.by_id("quizzes")[sat.delivery.quiz_id].title
            cell, counted = book.cell(place, key), _counted(sat, place)
            told = not own or is_released(book, key) or (cell.state == "open" and not cell.ruled)
            states.append((f"{title}: " if len(sats) > 1 else "") + _state(book, sat, place, told=told))
            scores.append(_score(cell, counted, told=told, own=own))
        threads = threads_of(raw, assignment.id)
        posts = [p for each in threads for p in each.posts if p.enrollment_id == place and stands(p)]
        boxes = [
            f"{sum(s.ticked for s in each.standings(place))} of {sum(s.boxes for s in each.standings(place))} boxes"
            for each in threads
            if each.asks
        ]
        lost = {} if own else _lost(book, assignment, [go for sat in sats.values() for go in _counted(sat, place)])
        boxes = boxes or ["Nothing asked"]
        found.append({"states": states, "scores": scores, "posts": str(len(posts)), "boxes": boxes, "lost": lost})
    return found


def _lost(book: Book, assignment: Row, goes: list[Go]) -> Figures:
    """Points lost by the paragraph that a question tests first."""
    raw, text = book.raw, Text(book.raw, assignment)
    sums: dict[str, list[int]] = {}
    for go in goes:
        for item, row in go.answers.items():
            counted = go.counted(item)
            if counted is None:
                continue
            tested = text.tested_by(raw, row.question_version_id)
            first = next((at for at in text.order if at in tested), None)
            name = f"¶ {text.label[first].split('.')[0]}" if first else "About no passage"
            place = sums.setdefault(name, [0, 0])
            place[0] += go.worth[item] - counted
            place[1] += go.worth[item]
    return {
        name: f"{points(Fraction(lost))} of {points(Fraction(possible))} points"
        for name, (lost, possible) in sums.items()
        if lost > 0
    }


def told_readings(page: Node) -> list[Figures]:
    """What the page says."""
    lost: dict[str, Figures] = {}
    for place in page.all("ul", "lost-places"):
        for row in place.all("li"):
            said = row.all("span")[-1].text
            name = row.text.removesuffix(said).strip()
            lost.setdefault(_title_before(page, place), {})[name] = said
    found = []
    for row in page.one("table").one("tbody").all("tr"):
        _number, states, scores, posts, boxes = row.all("td")
        title = row.one("th").one("a").text
        found.append(
            {
                "states": _lines(states),
                "scores": [re.sub(r": Quiz \d+", "", each) for each in _lines(scores)],
                "posts": posts.text,
                "boxes": [each.split(":")[0] for each in _lines(boxes)],
                "lost": lost.get(title, {}),
            }
        )
    return found


def expected_bars(book: Book, place: int) -> list[str]:
    """What stands on the bars: the share of the points of each reading's quizzes that have a score."""
    found = []
    assignments = [row for row in book.raw.rows("assignments") if row.section_id == book.section]
    for assignment in sorted(assignments, key=lambda row: (book.raw.own(row.due_at, place), row.id)):
        keys = [k for k, s in book.columns.items() if isinstance(s, Sat) and s.assignment.id == assignment.id]
        cells = [cell for key in keys if (cell := book.cell(place, key)).state == "counted" and cell.possible]
        possible = sum((cell.possible for cell in cells), Fraction())
        earned = sum((cell.earned for cell in cells), Fraction())
        found.append(percent(earned / possible).removesuffix(" %") if possible else "–")
    return found if set(found) != {"–"} else []


def _title_before(page: Node, place: Node) -> str:
    return next(row.one("h3").text for row in page.all("li") if row.all("h3") and place in row.all("ul"))


def _lines(cell: Node) -> list[str]:
    """The lines of a cell, parted by breaks."""
    lines, now = [], ""
    for each in cell.held:
        if isinstance(each, Node) and each.tag == "br":
            lines.append(now)
            now = ""
        else:
            now += each if isinstance(each, str) else (each.text if each.tag != "svg" else "")
    return [" ".join(line.split()) for line in [*lines, now]]
