"""What the page of statistics advises: which sentences it should choose and with which numbers, and which it says."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from tests.support.recomputed.answers import Given, OneOf, listed, misses
from tests.support.recomputed.glance import Figures, asked_of
from tests.support.recomputed.goes import Go
from tests.support.recomputed.maps import Text
from tests.support.recomputed.page import Node
from tests.support.recomputed.picks import is_left_out, parts_of
from tests.support.recomputed.raw import Row
from tests.support.recomputed.statistics import TELLS_FROM, Analysed, question, whole
from tests.support.recomputed.statistics_page import Rounded
from tests.support.recomputed.words import POINT, points, short

EASY, HARD, WEAK = Fraction(95, 100), Fraction(30, 100), 20
HAIR = 1e-9
Pairs = Sequence[tuple[Go, Row]]


@dataclass(frozen=True)
class Asked:
    """A question with the answers to it, and its figures; `item` is the place that it has in the quiz."""

    over: Analysed
    item: int
    newest: Row
    pairs: Pairs
    said: Figures

    @property
    def given(self) -> list[Given]:
        """Its answers in their order."""
        rows = [row for _go, row in self.pairs]
        return listed(rows, self.newest, Text(self.over.sat.raw, self.over.sat.assignment))

    def who(self, given: Given) -> Pairs:
        """Who gave an answer."""
        return [pair for pair in self.pairs if given.part in parts_of(pair[1], self.newest.type)]

    def at_the_top(self, given: Given) -> int:
        """How many of the upper third gave it."""
        return sum(self.over.third(go) == 2 for go, _row in self.who(given))

    def rest(self, given: Given) -> Fraction:
        """The points elsewhere of who gave it."""
        has_part = self.item in self.over.scored
        own = [self.over.totals[go.row.id] - (row.points if has_part else 0) for go, row in self.who(given)]
        return Fraction(sum(own), len(own))


def _name(given: Given) -> str:
    if given.words.startswith("¶ "):
        return given.words
    return given.letter or f"“{short(given.words, 40)}”"


def _first(found: list[Given]) -> list[Given]:
    return found[:1] if found and found[0].in_key else found


def _key(asked: Asked) -> Any:
    top = asked.said["thirds"][2]
    wrong = [(asked.at_the_top(each), each) for each in asked.given if each.right is False]
    most = max((n for n, _each in wrong), default=0)
    if top < 3 or 2 * most <= top:
        return ""
    names = _first([each for n, each in wrong if n == most])
    return OneOf([f"{most} of your {top} top scorers chose {_name(each)}: check the key." for each in names])


def _direction(asked: Asked, nudge: float) -> str:
    index = asked.said.get("discrimination_percent")
    if index is None or float(index) + nudge >= WEAK:
        return ""
    if float(index) + nudge < 0:
        return "Who did well on the rest did worse here: read the question as a student would, then the key."
    if asked.said["facility"] is not None and asked.said["facility"] >= EASY:
        return ""
    return "It hardly tells who did well on the rest from who did not: is it about something else?"


def _level(asked: Asked) -> str:
    facility = asked.said["facility"]
    if facility is not None and facility >= EASY:
        return "Nearly everyone had it: a good start, and no more to find out with it."
    if facility is not None and facility <= HARD:
        return "Hard for nearly everyone: read the passage together before you go on."
    return ""


def _miss(asked: Asked) -> Any:
    n, right = len(asked.pairs), [each for each in asked.given if each.right and each.n]
    told = []
    for miss in misses(asked.given, n):
        said = f"{miss.n} of {n} chose {_name(miss)}"
        if len(right) != 1:
            told.append(f"{said}: take it up in class.")
            continue
        theirs, others = asked.rest(miss), asked.rest(right[0])
        if others <= theirs:
            more = (
                f"and had {points(theirs)} points elsewhere, those who were right only {points(others)}: check the key."
            )
        else:
            more = f"({points(theirs)} points elsewhere; those who were right {points(others)}): take it up in class."
        told.append(f"{said} {more}")
    return OneOf(told) if told else ""


def _gaps(asked: Asked) -> str:
    n = sum(is_left_out(row, asked.newest.type) for _go, row in asked.pairs)
    return f"{n} left it out: was there time?" if n and 5 * n >= len(asked.pairs) else ""


def _idle(asked: Asked) -> str:
    idle = [each.letter for each in asked.given if each.right is False and each.letter and not each.n]
    if not idle or len(asked.pairs) < TELLS_FROM:
        return ""
    what = "an option that tempts nobody can go" if len(idle) == 1 else "options that tempt nobody can go"
    return f"Nobody chose {', '.join(idle)}: {what}, or be made better."


def about(asked: Asked) -> Any:
    """What stands out about a question, two sentences at most; where a figure is on a border, either will do."""
    if asked.newest.type == "poll":
        return ["A poll: no answer is right, so there is nothing to measure."]
    if not asked.pairs:
        return ["No attempt here holds this question."]
    found = []
    for nudge in (0, -HAIR, HAIR):
        said = [_key(asked), _direction(asked, nudge), _level(asked), _miss(asked), _gaps(asked), _idle(asked)]
        found.append([each for each in said if each != ""][:2] or ["Nothing stands out: keep it."])
    return OneOf(found)


def _mean(said: Figures, maximum: float, nudge: float) -> str:
    if not said["mean"] or not maximum:
        return ""
    share, all_ = float(said["mean"]) / maximum + nudge, f"Of {points(round(maximum * POINT))} points: "
    if share >= 0.85:
        return f"{all_}the class has it, go on."
    if 2 * share < 1:
        return f"{all_}less than half. Read the hardest passages together before you go on."
    return f"{all_}take up the first questions above."


def _middle(said: Figures, nudge: float) -> str:
    if said["mean"] is None or said["median"] is None or not said["sd"]:
        return "Half of the attempts have at least this."
    above = 4 * float(said["median"] - said["mean"]) / float(said["sd"])
    if above + nudge > 1:
        return "Half of the attempts have at least this: a truer word about the class than the mean."
    if -above + nudge > 1:
        return "Half of the attempts have no more than this, whatever the mean says."
    return "Half of the attempts have at least this; it agrees with the mean."


def _deviation(said: Figures, maximum: float, nudge: float) -> str:
    if said["sd"] is None or not maximum:
        return ""
    share = float(said["sd"]) / maximum + nudge
    if 10 * share < 1:
        return "Scores lie close together: what one needs, most need."
    if 4 * share > 1:
        return "Scores lie far apart: see who needs you before you go on."
    return "How far a typical attempt lies from the mean, in points."


def _by(value: Any, nudge: float, none: str, *steps: tuple[float, str]) -> str:
    """The words for a value: of the first step that it is below, or the last words."""
    if value is None:
        return none
    return next(words for least, words in steps if float(value) + nudge < least)


REST = float("inf")


def _skewness(value: Any, nudge: float) -> str:
    return _by(
        value, nudge, "Needs three attempts that differ.",
        (-0.5, "A few low scores pull the mean down: see who needs you."),
        (0.5, "Scores lie about evenly on both sides of the mean."),
        (REST, "A few high scores pull the mean up: the quiz was hard for most."),
    )  # fmt: skip


def _kurtosis(value: Any, nudge: float) -> str:
    flat = "Scores lie flat or in two groups: look at the spread before you speak of a typical student."
    return _by(
        value, nudge, "Needs four attempts that differ.",
        (-1, flat),
        (1, "No more and no fewer far-out scores than one would expect."),
        (REST, "Most scores are close together, a few far out: look at those few."),
    )  # fmt: skip


def _consistency(value: Any, nudge: float, *, complete: bool) -> str:
    if not complete:
        return "Not defined: students saw different questions."
    against = "The questions run against each other: start with those whose discrimination is below 0."
    different = "The questions ask for different things, or there are few of them: rank nobody by this score."
    return _by(
        value, nudge, "Needs two questions, three attempts, and totals that differ.",
        (0, against),
        (50, different),
        (70, "Good enough to see where the class stands, not for a grade on its own."),
        (REST, "The questions pull together: a score says much about the reader."),
    )  # fmt: skip


def _chance(value: Any, nudge: float) -> str:
    return _by(
        value, nudge, "Follows from internal consistency.",
        (70, "The part of the spread that is chance rather than reading; more questions make it smaller."),
        (REST, "Most of the spread is chance rather than reading: ask more before you compare students."),
    )  # fmt: skip


def _error(value: Any) -> Any:
    if value is None:
        return "Follows from internal consistency."
    said = "Read a score as give or take {}: two scores closer than that may be the same."
    return OneOf([said.format(text) for text in Rounded(value, 2).texts()])


def about_whole(over: Analysed) -> list[Any]:
    """What is said of each figure of the quiz as a whole, in the order of the table."""
    said, maximum = whole(over), over.maximum / POINT
    ways: list[Callable[[float], str]] = [
        lambda nudge: _mean(said, maximum, nudge),
        lambda nudge: _middle(said, nudge),
        lambda nudge: _deviation(said, maximum, nudge),
        lambda nudge: _skewness(said["skewness"], nudge),
        lambda nudge: _kurtosis(said["kurtosis"], nudge),
        lambda nudge: _consistency(said["alpha"], nudge, complete=over.complete),
        lambda nudge: _chance(said["error_ratio"], nudge),
    ]
    return [*(OneOf([way(nudge) for nudge in (0, -HAIR, HAIR)]) for way in ways), _error(said["standard_error"])]


def expected_advice(over: Analysed) -> Figures:
    """Every sentence of the page; none of fewer than five attempts."""
    if len(over.goes) < 5:
        return {}
    found: Figures = {"whole": about_whole(over), "items": {}}
    for item in over.sat.items:
        pairs, newest = _pairs(over, item.id), over.sat.newest[item.id]
        said = question(over, item)
        found["items"][str(over.sat.number[item.id])] = about(Asked(over, item.id, newest, pairs, said))
        for those in asked_of([row for _go, row in pairs], over.sat.raw.versions).values() if said["asked"] else ():
            ids = {row.id for row in those}
            own = [pair for pair in pairs if pair[1].id in ids]
            asked = max((over.sat.raw.versions[row.question_version_id] for row in those), key=lambda v: int(v.number))
            told = about(Asked(over, item.id, asked, own, said["asked"][asked.stem]))
            found["items"][f"{over.sat.number[item.id]} {asked.stem}"] = told if len(own) >= 5 else []
    return found


def _pairs(over: Analysed, item: int) -> Pairs:
    return [(go, go.answers[item]) for go in over.goes if item in go.answers]


def told_advice(page: Node) -> Figures:
    """What the page says."""
    if not page.all("table", "items"):
        return {}
    found: Figures = {"whole": [], "items": {}}
    number = ""
    for row in page.one("table", "items").one("tbody").all("tr"):
        is_asked = "asked" in row.classes
        number = number if is_asked else row.one("span", "qn").text
        name = f"{number} {row.one('a').text}" if is_asked else number
        found["items"][name] = [each.text for each in row.all("p", "say")]
    for row in page.one("table", "whole").one("tbody").all("tr"):
        found["whole"].append(row.all("td")[1].text)
    return found
