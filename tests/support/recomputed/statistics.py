"""The statistics of a quiz: what page and file should say of each question, each answer and the whole."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from tests.support.recomputed.glance import asked_of, facility
from tests.support.recomputed.goes import Go, Sat
from tests.support.recomputed.moments import (
    Number,
    bonett,
    covariance,
    exact,
    fisher,
    mean,
    root,
    student,
    variance,
    whole_figures,
    wilson,
)
from tests.support.recomputed.picks import is_left_out, parts_of, words_of
from tests.support.recomputed.raw import Row
from tests.support.recomputed.words import POINT

TELLS_FROM = 15
Figures = dict[str, Any]


class Analysed:
    """The attempts that count: handed in, graded, of those the page means."""

    def __init__(self, sat: Sat, which: str, label: int | None) -> None:
        meant = sat.meant(which, label)
        self.sat = sat
        self.goes = [go for go in meant if not go.waits and go.answers]
        self.waiting = sum(go.waits for go in meant)
        self.scored = [
            item.id for item in sat.items if sat.has_key(item.id) and any(item.id in go.answers for go in self.goes)
        ]
        self.totals = {go.row.id: sum(self.points(go, item) for item in self.scored) for go in self.goes}
        self.worth = {item.id: item.points for item in sat.items}
        self.complete = all(item in go.answers for go in self.goes for item in self.scored)
        self.maximum = sum(self.worth[item] for item in self.scored)

    def name_in_file(self, name: str) -> str:
        """What a file calls an answer: a sentence by its words."""
        rows = self.sat.raw.rows("version_sentences")
        return next((row.text for row in rows if f"s{row.sentence_id}" == name), name)

    def points(self, go: Go, item: int) -> int:
        """What an answer earned; nothing where it was not asked."""
        return go.answers[item].points if item in go.answers else 0

    def third(self, go: Go) -> int:
        """Lower, middle, upper: by the share of the class below, equals counting half."""
        own, all_ = self.totals[go.row.id], list(self.totals.values())
        place = Fraction(2 * sum(each < own for each in all_) + all_.count(own), 2 * len(all_))
        return 0 if place < Fraction(1, 3) else (2 if place > Fraction(2, 3) else 1)

    def weights(self) -> dict[int, tuple[Number, bool]]:
        """The effective weight of each item, and whether it runs against the total."""
        if not self.complete or len(self.goes) < 2:
            return {}
        totals = [self.totals[go.row.id] for go in self.goes]
        joint = {item: covariance([self.points(go, item) for go in self.goes], totals) for item in self.scored}
        whole = sum(root(each) for each in joint.values() if each >= 0)
        return {
            item: (100 * root(each) / whole if each >= 0 and whole else None, each < 0) for item, each in joint.items()
        }


def figures_of(held: Sequence[tuple[int, int]], worth: int) -> Figures:
    """What is said of one question, given the points and the total of each attempt that was asked it."""
    points, rest = [each for each, _total in held], [total - each for each, total in held]
    n, tells = len(held), len(held) >= TELLS_FROM
    found: Figures = {"n": n, "facility": Fraction(sum(points), worth * n) if worth and n else None}
    if found["facility"] is not None:
        found["facility_low"], found["facility_high"] = wilson(float(found["facility"]), n)
    if n < 2:
        return found
    own, others, joint = variance(points), variance(rest), covariance(points, rest)
    found["sd_percent"] = 100 * root(own) / worth if worth else None
    if tells and own and others:
        found["discrimination_percent"] = r = 100 * exact(joint) / (root(own) * root(others))
        ends = fisher(float(r) / 100, n)
        if ends:
            found["discrimination_low_percent"], found["discrimination_high_percent"] = (100 * end for end in ends)
    most = covariance(sorted(points), sorted(rest))
    if tells and most:
        found["efficiency_percent"] = 100 * joint / most
    return found


def drew(over: Analysed, item: int, rows: Sequence[tuple[Go, Row]], newest: Row) -> Figures:
    """Whom each answer drew, by what it is called."""
    said: dict[str, list[tuple[Go, Row]]] = {}
    for go, row in rows:
        names = [words_of(part, newest.type, newest.content) for part in parts_of(row, newest.type)]
        if is_left_out(row, newest.type):
            names = ["Left out"]
        for name in names:
            said.setdefault(name, []).append((go, row))
    found = {}
    for name, those in said.items():
        thirds = [over.third(go) for go, _row in those]
        rest = [over.totals[go.row.id] - (row.points if item in over.scored else 0) for go, row in those]
        found[name] = {
            "chosen_by": len(those),
            "share": Fraction(len(those), len(rows)),
            "mean_rest_points": mean(rest) / POINT,
            "thirds": [thirds.count(each) for each in (0, 1, 2)],
        }
    return found


def question(over: Analysed, item: Row) -> Figures:
    """A question with its figures, what was answered, and what a draw asked."""
    newest = over.sat.newest[item.id]
    rows = [(go, go.answers[item.id]) for go in over.goes if item.id in go.answers]
    held = [(row.points, over.totals[go.row.id]) for go, row in rows]
    found: Figures = {"n": len(rows)}
    if item.id in over.scored:
        found = figures_of(held, item.points)
        found["intended_weight_percent"] = Fraction(100 * item.points, over.maximum) if over.maximum else None
        found["effective_weight_percent"] = over.weights().get(item.id, (None, False))[0]
    found["answers"] = drew(over, item.id, rows, newest)
    found["thirds"] = [sum(over.third(go) == each for go, _row in rows) for each in (0, 1, 2)]
    found["asked"] = _asked(over, item, rows) if newest.type == "draw" else {}
    return found


def _asked(over: Analysed, item: Row, rows: Sequence[tuple[Go, Row]]) -> Figures:
    versions, found = over.sat.raw.versions, {}
    for those in asked_of([row for _go, row in rows], versions).values():
        ids = {row.id for row in those}
        pairs = [(go, row) for go, row in rows if row.id in ids]
        newest = max((versions[row.question_version_id] for row in those), key=lambda each: each.number)
        told: Figures = {"n": len(pairs)}
        if newest.type != "poll":
            told = figures_of([(row.points, over.totals[go.row.id]) for go, row in pairs], item.points)
        told["answers"] = drew(over, item.id, pairs, newest)
        told["thirds"] = [sum(over.third(go) == each for go, _row in pairs) for each in (0, 1, 2)]
        found[newest.stem] = told
    return found


def whole(over: Analysed) -> Figures:
    """The figures of the quiz, in points where they are points, with their intervals."""
    columns = [[over.points(go, item) for go in over.goes] for item in over.scored]
    totals = [over.totals[go.row.id] for go in over.goes]
    found: Figures = dict(whole_figures(columns, totals, complete=over.complete))
    if found["mean"] is not None:
        half = student(len(totals) - 1) * float(found["sd"]) / len(totals) ** 0.5
        low, high = max(0.0, float(found["mean"]) - half), min(float(over.maximum), float(found["mean"]) + half)
        found["mean_ends"] = (low / POINT, high / POINT)
    if found["alpha"] is not None:
        ends = bonett(float(found["alpha"]) / 100, len(over.scored), len(totals))
        found["alpha_ends"] = tuple(100 * end for end in ends) if ends else None
    for name in ("mean", "median", "sd", "standard_error"):
        found[name] = None if found[name] is None else found[name] / POINT
    return found


def hardest_first(over: Analysed) -> list[Row]:
    """The order of the page: by facility; what has none last."""
    shares: dict[int, Fraction | None] = {}
    for item in over.sat.items:
        rows = [go.answers[item.id] for go in over.goes if item.id in go.answers]
        shares[item.id] = facility(rows, item.points) if item.id in over.scored else None
    return sorted(over.sat.items, key=lambda i: (shares[i.id] is None, shares[i.id] or 0, over.sat.number[i.id]))
