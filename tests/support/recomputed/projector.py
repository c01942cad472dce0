"""The projector: the maps and the split of each question, with nothing that is of fewer than five; and what it says."""

from __future__ import annotations

from collections.abc import Sequence

from tests.support.recomputed.answers import Given, listed, rows_of
from tests.support.recomputed.glance import Figures, asked_of, marks
from tests.support.recomputed.goes import Sat
from tests.support.recomputed.map_pages import expected_picture, told_picture
from tests.support.recomputed.maps import (
    Layer,
    Text,
    cited,
    confused,
    lost,
    marks_by,
    open_notes,
    pointing,
    questions_tested,
    waiting,
)
from tests.support.recomputed.page import Node
from tests.support.recomputed.picks import is_left_out, parts_of
from tests.support.recomputed.raw import Row

FEW = 5
HELD = "Too few for a map that tells nobody apart."
STEPS = ("missed", "evidence", "confusion", "questions")


def is_of_few(rows: Sequence[Row]) -> bool:
    """Whether figures of these answers would be of fewer than five, of all or of those that have points."""
    graded = sum(row.points is not None for row in rows)
    return len(rows) < FEW or 0 < graded < FEW


def hidden_in(asked: Sequence[Sequence[Row]]) -> list[Sequence[Row]]:
    """Of what a draw asked what is of few, and of the rest so much that what is hidden is of five at least.

    Of equals the question goes first whose newest version is the oldest.
    """
    order = sorted(asked, key=lambda rows: (len(rows), max(row.question_version_id for row in rows)))
    hidden = [each for each in order if is_of_few(each)]
    for each in order:
        if 0 < sum(map(len, hidden)) < FEW and each not in hidden:
            hidden.append(each)
    return hidden


def _lost(sat: Sat, which: str) -> Layer | None:
    if not sat.done_by_five(which, None):
        return None
    goes, told = sat.meant(which), set()
    for item in sat.items:
        rows = rows_of(goes, item.id)
        if is_of_few(rows):
            continue
        if sat.kind(item.id) != "draw":
            told |= {row.id for row in rows}
            continue
        asked = list(asked_of(rows, sat.raw.versions).values())
        hidden = hidden_in(asked)
        told |= {row.id for each in asked if each not in hidden for row in each}
    tested = questions_tested(sat, Text(sat.raw, sat.assignment), which, None, among=told)
    return lost(sat, [each if each[4] >= FEW else (*each[:2], 0, 0, each[4]) for each in tested])


def _cited(sat: Sat, which: str) -> Layer | None:
    own = [pointing(sat, which, None, item.id, None) for item in sat.items]
    found = [ids for each in own if len(each) >= FEW for ids in each]
    return cited(sat, found) if len(found) >= FEW else None


def _confused(sat: Sat) -> Layer | None:
    students = {row.id for row in sat.raw.students(sat.section)}
    by = {row.enrollment_id for row in marks_by(sat, students)}
    return confused(sat) if len(by) >= FEW else None


def expected_slide_map(sat: Sat, which: str, step: str) -> Figures:
    """A map as everybody may see it."""
    notes = [note for note in open_notes(sat.raw, sat.assignment) if note.visibility == "class"]
    found = {
        "missed": lambda: _lost(sat, which),
        "evidence": lambda: _cited(sat, which),
        "confusion": lambda: _confused(sat),
        "questions": lambda: waiting(sat, notes),
    }[step]()
    return {"heading": HELD} if found is None else expected_picture(found)


def told_slide_map(page: Node) -> Figures:
    """What the projector shows of it."""
    return {"heading": HELD} if page.one("h1").text == HELD else told_picture(page)


def expected_split(sat: Sat, which: str, item: int, stage: int) -> Figures:
    """A question: the options, other answers as the number of those who gave them, and at last what is right."""
    rows, newest = rows_of(sat.meant(which), item), sat.newest[item]
    if newest.type == "draw":
        return {"said": "drawn"}
    if is_of_few(rows):
        return {"said": "few"}
    given = listed(rows, newest, Text(sat.raw, sat.assignment))
    shown = [each for each in given if _is_shown(each, newest.type, stage)]
    parts = {each.part for each in shown}
    others = sum(bool(set(parts_of(row, newest.type)) - parts) for row in rows)
    left_out = sum(is_left_out(row, newest.type) for row in rows)
    found: Figures = {"said": "split", "rows": {}, "others": 0, "left_out": 0}
    right = {_called(each, newest.type) for each in shown if each.right and stage > 1}
    for each in shown:
        found["rows"][_called(each, newest.type)] = [each.n if stage else None, _called(each, newest.type) in right]
    if not stage:
        return found
    told = {"others": others, "left_out": left_out, "n": len(rows)}
    return found | told | ({"marks": marks(rows)} if stage > 1 else {})


def _is_shown(given: Given, kind: str, stage: int) -> bool:
    is_place = kind == "evidence"
    if stage > 1:
        return bool(given.letter or given.right or is_place)
    return bool(given.letter or (stage and is_place and given.n))


def _called(given: Given, kind: str) -> str:
    return given.words.removeprefix("¶ ") if kind == "evidence" else given.words


def told_split(page: Node) -> Figures:
    """What the projector shows of it."""
    leads = [each.text for each in page.all("p", "lead")]
    if any("another question" in each for each in leads):
        return {"said": "drawn"}
    if any("once five have answered" in each for each in leads):
        return {"said": "few"}
    found: Figures = {"said": "split", "rows": {}, "others": 0, "left_out": 0}
    for place in page.all("ol", "splits"):
        for row in place.all("li"):
            _read_split(row, found)
    if n := [each.text for each in page.all("p", "meta") if each.text.startswith("n = ")]:
        found["n"] = int(n[0].split()[2])
    if bars := page.all("svg", "bar3"):
        found["marks"] = tuple(int(each) for each in bars[0].one("title").text.split() if each.isdecimal())
    return found


def _read_split(row: Node, found: Figures) -> None:
    number = row.all("b")
    n = int(number[0].text) if number else None
    words = row.all("span")[1]
    if words.text in ("Other answers", "Left out"):
        found["others" if words.text == "Other answers" else "left_out"] = n
        return
    states = words.all("span", "state")
    refs = words.all(of="ref")
    said = refs[0].text.removeprefix("¶").strip() if refs else words.text
    found["rows"][said.removesuffix(states[0].text).strip() if states and not refs else said] = [
        n,
        "right" in row.classes,
    ]
