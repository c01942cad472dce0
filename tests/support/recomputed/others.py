"""Smaller pages: certainty, two classes side by side, what split the class, the class over time."""

from __future__ import annotations

import re
from fractions import Fraction
from math import log2
from statistics import median
from typing import Any

from tests.support.recomputed.glance import completion, facility
from tests.support.recomputed.goes import MARKS, Sat, half_up
from tests.support.recomputed.moments import newcombe
from tests.support.recomputed.page import Node
from tests.support.recomputed.picks import count_parts, words_of
from tests.support.recomputed.raw import Row
from tests.support.recomputed.statistics_page import Rounded
from tests.support.recomputed.talks import by_students, threads_of
from tests.support.recomputed.words import percent, places, points

WHOLE = 10_000_000_000
LEVELS = {"Low": 1, "Middle": 2, "High": 3}
FEW, ENOUGH = 5, 10
Figures = dict[str, Any]


def expected_certainty(sat: Sat, which: str, label: int | None) -> Figures:
    """How sure they were, and how that came out."""
    goes = sat.meant(which, label)
    sure = [row for go in goes for row in go.answers.values() if row.certainty and row.fraction is not None]
    found: Figures = {}
    for name, level in LEVELS.items():
        fractions = [row.fraction for row in sure if row.certainty == level]
        right, wrong = fractions.count(WHOLE), fractions.count(0)
        share = percent(Fraction(right, len(fractions))) if fractions else ""
        found[name] = [str(len(fractions)), str(right), str(len(fractions) - right - wrong), str(wrong), share]
    if not sure:
        return {}
    marks = [_mark(Fraction(row.fraction, WHOLE), row.certainty) for row in sure]
    mean = places(sum(marks, Fraction()) / len(marks), 1)
    found["mean"] = mean.replace("-", "−") if mean.startswith("-") or mean == "0" else f"+{mean}"
    wrong_items = [row.item_id for row in sure if row.certainty == 3 and row.fraction == 0]
    found["sure and wrong"] = {str(sat.number[item]): str(wrong_items.count(item)) for item in set(wrong_items)}
    return found


def _mark(share: Fraction, certainty: int) -> Fraction:
    right, wrong = MARKS[certainty]
    return share * right + (1 - share) * wrong


def told_certainty(page: Node) -> Figures:
    """What the page says."""
    tables = page.all("table")
    if not tables:
        return {}
    found: Figures = {row[0]: row[1:] for row in tables[0].rows()}
    mean = re.search(r"Mean mark: (\S+), of", page.text)
    assert mean
    found["mean"] = mean[1]
    found["sure and wrong"] = {}
    for table in tables[1:]:
        for row in table.one("tbody").all("tr"):
            found["sure and wrong"][row.one("span", "qn").text] = row.one("td").text
    return found


def _shares(sat: Sat, which: str) -> dict[int, tuple[Fraction | None, int]]:
    goes, found = sat.meant(which), {}
    for item in sat.items:
        rows = [go.answers[item.id] for go in goes if item.id in go.answers]
        found[item.id] = facility(rows, item.points), sum(row.points is not None for row in rows)
    return found


def _middle(sat: Sat, which: str) -> str:
    final = [go.score for go in sat.meant(which) if not go.waits]
    return f", middle {points(half_up(Fraction(median(final))))}" if len(final) >= FEW else ""


def expected_beside(here: Sat, there: Sat, which: str) -> Figures:
    """Two classes on the same quiz: middles, shares, the difference with its interval."""
    names = [sat.raw.by_id("sections")[sat.section].name for sat in (here, there)]
    middles = [_middle(sat, which) for sat in (here, there)]
    found: Figures = {"classes": [name + middle for name, middle in zip(names, middles, strict=True)]}
    done = [completion(sat, which, None)["Handed in"] for sat in (here, there)]
    if min(done) < FEW:
        return found | {"so far": f"{done[0]} and {done[1]} so far"}
    ours, theirs = _shares(here, which), _shares(there, which)
    for item in here.items:
        if here.has_key(item.id):
            found[str(here.number[item.id])] = _difference(ours[item.id], theirs[item.id])
    return found


def _difference(ours: tuple[Fraction | None, int], theirs: tuple[Fraction | None, int]) -> list[Any]:
    told = [share if n >= FEW else None for share, n in (ours, theirs)]
    said = [percent(each) or "–" for each in told]
    found: list[Any] = [f"{said[0]} and {said[1]}", f"n = {ours[1]} and {theirs[1]}"]
    if told[0] is None or told[1] is None:
        return [*found, None]
    low, high = newcombe(float(told[0]), ours[1], float(told[1]), theirs[1])
    gap, chance = told[0] - told[1], low <= 0 <= high
    rounded = half_up(abs(gap) * 100) * (1 if gap > 0 else -1)
    return [*found, [_signed(rounded), chance, _away(low), _away(high)]]


def _away(end: float) -> str:
    """In whole points, never on the other side of no difference."""
    whole = int(Fraction(places(Fraction(end) * 100, 0)))
    return _signed(whole or (1 if end > 0 else (-1 if end < 0 else 0)))


def _signed(n: int) -> str:
    return f"−{-n}" if n < 0 else (f"+{n}" if n else "0")


def told_beside(page: Node) -> Figures:
    """What the page says of the first other class."""
    place = page.one(id="compare")
    names = [each.text for each in place.one("p", "key").held if isinstance(each, Node)]
    found: Figures = {"classes": names}
    so_far = re.search(r"\d+ and \d+ so far", place.text)
    if so_far:
        return found | {"so far": so_far[0]}
    for row in place.all("div", "prow"):
        diff, chance = row.one("p", "diff"), row.one("p", "chance").text
        n = diff.one("small").text
        said = re.match(r"(\S+) points, (within|more than) chance: .* from (\S+) to (\S+)\.", chance)
        interval = [said[1], said[2] == "within", said[3], said[4]] if said else None
        found[row.one("span", "qn").text] = [diff.text.removesuffix(n).strip(), n, interval]
    return found


def expected_divided(sat: Sat) -> Figures:
    """The questions that split the class, the most divided first."""
    goes, found = sat.meant("first"), []
    for item in sat.items:
        newest: Row = sat.newest[item.id]
        if newest.type not in ("single_choice", "true_false", "poll"):
            continue
        rows = [go.answers[item.id] for go in goes if item.id in go.answers]
        counts = count_parts(rows, newest.type)
        n = sum(counts.values())
        bits = -sum(k / n * log2(k / n) for k in counts.values()) if n else 0.0
        if n < ENOUGH or bits <= 1e-12:
            continue
        keys = ["true", "false"] if newest.type == "true_false" else [o["key"] for o in newest.content["options"]]
        shown = [
            [words_of(key, newest.type, newest.content), str(counts[key]), percent(Fraction(counts[key], n))]
            for key in keys
        ]
        of = [f"{n} answers", Rounded(bits, 2), Rounded(log2(len(keys)), 2)]
        found.append((-round(bits, 9), sat.number[item.id], {"options": shown, "of": of}))
    ordered = sorted(found, key=lambda each: each[:2])
    return {"order": [str(number) for _bits, number, _said in ordered]} | {str(n): said for _b, n, said in ordered}


def told_divided(page: Node) -> Figures:
    """What the page says."""
    found: Figures = {"order": []}
    for place in page.all("section", "block"):
        if not place.all("table", "picks"):
            continue
        number = place.one("span", "qn").text
        rows = place.one("table", "picks").one("tbody").all("tr")
        options = [[row.one("span", "serif").text, row.one("b").text, row.all("td")[2].text] for row in rows]
        said = re.search(r"(\d+ answers)\. Entropy (\S+) bits; evenly split it would be ([\d.]+),", place.text)
        assert said
        found["order"].append(number)
        found[number] = {"options": options, "of": [said[1], said[2], said[3]]}
    return found


def expected_over_time(sats: dict[int, list[Sat]]) -> Figures:
    """The class over time: for each quiz of each reading who is in, who was late, the middle score; posts, charts."""
    found: list[Any] = []
    bars: list[list[str]] = [[], []]
    for assignment, each in sats.items():
        for at, sat in enumerate(each):
            who, goes = completion(sat, "first", None), sat.meant("first")
            final = [go.score for go in goes if not go.waits]
            most, students = max((go.maximum for go in goes), default=0), len(sat.raw.students(sat.section))
            middle, share = f"{len(final)} final score{'' if len(final) == 1 else 's'}", "–"
            if len(final) >= FEW:
                half = half_up(Fraction(median(final)))
                middle = f"{points(half)}/{points(most)}, n = {len(final)}"
                share = percent(Fraction(half, most)) if most else "–"  # every question was dropped
            row = [f"{who['Handed in']} of {students}", str(who.get("of these late", 0)), middle]
            found.append([*row, *(_posts(sat, assignment, students) if at == 0 else ("", ""))])
            if at == 0:
                bars[0].append(percent(Fraction(who["Handed in"], students)))
                bars[1].append(share)
    return {"rows": found, "bars": [[each.removesuffix(" %") for each in one] for one in bars]}


def _posts(sat: Sat, assignment: int, students: int) -> tuple[str, str]:
    posts, people = by_students(sat.raw, sat.section, threads_of(sat.raw, assignment))
    each = half_up(Fraction(10 * posts, students))
    return f"{posts}, n = {people}", f"{each // 10}.{each % 10}" if people >= FEW else "–"


def told_bars(page: Node) -> list[list[str]]:
    """What stands on the bars of each chart of shares."""
    charts = [each for each in page.all("svg", "histogram") if each.all("line", "grid")]
    return [
        [each.text for each in chart.all("text") if "value" in each.classes or each.text == "–"] for chart in charts
    ]


def told_over_time(page: Node) -> Figures:
    """What the page says."""
    rows = page.one("table").one("tbody").all("tr")
    return {"rows": [[cell.text for cell in row.all("td")][1:6] for row in rows], "bars": told_bars(page)}
