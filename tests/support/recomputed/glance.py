"""The class at a glance: what it should say of a quiz, and what it says."""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction
from statistics import median
from typing import Any

from tests.support.recomputed.goes import Go, Sat, half_up
from tests.support.recomputed.page import Node
from tests.support.recomputed.picks import told_picks
from tests.support.recomputed.raw import Row
from tests.support.recomputed.words import POINT, counted, in_words, percent, points

WHOLE = 10_000_000_000
Figures = dict[str, Any]
ROUND = (1, 2, 5, 10, 20, 25, 50, 100)


def completion(sat: Sat, which: str, label: int | None) -> Figures:
    """Who is in."""
    students = sat.raw.students(sat.section, label)
    done = [place for place in students if sat.done(place.id)]
    late = [place for place in students if any(go.is_late for go in sat.meant_of(place.id, which))]
    started = [place for place in students if sat.goes(place.id) and not sat.done(place.id)]
    found = {"Handed in": len(done), "Started": len(started), "Not started": len(students) - len(done) - len(started)}
    return found | ({"of these late": len(late)} if late else {})


def headline(found: Figures, students: int) -> str:
    """How many have handed in, in a sentence."""
    done = found["Handed in"]
    if not students:
        return "Nobody has joined this class yet."
    if not done:
        return "Nobody has handed in yet."
    if done == students:
        return "Everyone has handed in."
    return f"{done} of {students} {'has' if done == 1 else 'have'} handed in."


def scores(goes: Sequence[Go], worth: int) -> Figures:
    """The spread of the scores."""
    final = sorted(go.score for go in goes if not go.waits)
    most = max((go.maximum for go in goes), default=0) or worth
    width = next(each for each in ROUND if most // (each * POINT) + 1 <= 11) * POINT
    starts = list(range(0, most + 1, width))
    counts = [0] * len(starts)
    for score in final:
        counts[min(score // width, len(starts) - 1)] += 1
    middle = half_up(Fraction(median(final))) if len(final) >= 5 else None
    return {
        "final": len(final),
        "waiting": len(goes) - len(final),
        "middle": None if middle is None else (points(middle), points(most)),
        "bins": counts,
    }


def facility(rows: Sequence[Row], worth: int) -> Fraction | None:
    """The share of the points, of answers that are graded."""
    graded = [row.points for row in rows if row.points is not None]
    return Fraction(sum(graded), worth * len(graded)) if graded and worth else None


def marks(rows: Sequence[Row]) -> tuple[int, int, int]:
    """How many answers had full, part and no marks."""
    graded = [row.fraction for row in rows if row.points is not None]
    full, part = graded.count(WHOLE), sum(0 < each < WHOLE for each in graded)
    return full, part, len(graded) - full - part


def asked_of(rows: Sequence[Row], versions: dict[int, Row]) -> dict[int, list[Row]]:
    """The answers to each question that a draw asked, by question."""
    found: dict[int, list[Row]] = {}
    for row in rows:
        found.setdefault(versions[row.question_version_id].question_id, []).append(row)
    return found


def two_by_two(rows: Sequence[Row], newest: Row) -> list[int | str] | None:
    """Answer by evidence: both right, the answer alone, the evidence alone, neither; and what is said of it."""
    parted = [row for row in rows if row.evidence_fraction is not None]
    if "evidence" not in newest.content or not parted:
        return None
    right = [(is_right(row.answer or {}, newest), row.evidence_fraction == WHOLE) for row in parted]
    table = [right.count(each) for each in ((True, True), (True, False), (False, True), (False, False))]
    return [*table, f"{about_evidence(table)} n = {sum(table)}"]


def about_evidence(table: Sequence[int]) -> str:
    """What is said of answer by evidence: both right, the answer alone, the evidence alone, neither."""
    both, answer, evidence, _neither = table
    if answer and answer >= evidence:
        whom = "" if answer == 1 else "them "
        said = f"{in_words(answer).capitalize()} chose the right answer for the wrong reason: "
        return f"{said}ask {whom}where the article says so."
    if evidence:
        said = f"{in_words(evidence).capitalize()} found the passage and still missed the answer: "
        return f"{said}talk about what the passage means."
    if both:
        return "Whoever had the answer also found the passage."
    return "Nobody has the answer or the passage yet: read it together."


def is_right(answer: Any, newest: Row) -> bool:
    """Whether a choice is all right by the newest key."""
    content = newest.content
    if newest.type == "true_false":
        return bool("choice" in answer and (answer["choice"] == "true") is content["right"])
    fractions = {option["key"]: option["fraction"] for option in content["options"]}
    if newest.type == "single_choice":
        return bool(fractions.get(answer.get("choice"), 0) == WHOLE)
    right = {key for key, fraction in fractions.items() if fraction > 0}
    return bool(set(answer.get("choices", [])) == right)


def question(sat: Sat, item: Row, goes: Sequence[Go], *, few: bool) -> Figures:
    """One question: marks, facility, what was answered."""
    rows = [go.answers[item.id] for go in goes if item.id in go.answers]
    graded = [row for row in rows if row.points is not None]
    newest = sat.newest[item.id]
    share = facility(rows, item.points) if sat.has_key(item.id) else None
    shown = None if few or share is None else (percent(share), counted(len(graded), "answer", "answers"))
    found: Figures = {
        "share": shown or (f"{len(graded)} in", ""),
        "marks": marks(rows) if sat.has_key(item.id) else None,
        "picks": {} if newest.type == "draw" else told_picks(rows, newest.type, newest.content),
        "waits": len(rows) - len(graded),
        "evidence": two_by_two(rows, newest),
    }
    if newest.type == "draw":
        found["asked"] = {}
        for asked in asked_of(rows, sat.raw.versions).values():
            found["asked"] |= _asked(sat, item, asked)
    return found


def _asked(sat: Sat, item: Row, rows: Sequence[Row]) -> Figures:
    newest = max((sat.raw.versions[row.question_version_id] for row in rows), key=lambda each: each.number)
    graded = [row for row in rows if row.points is not None]
    share = facility(rows, item.points) if newest.type != "poll" else None
    told = {
        "of": "asked once" if len(rows) == 1 else f"asked of {len(rows)}",
        "share": f"{percent(share)} of the points earned" if share is not None and len(graded) >= 5 else "",
        "picks": told_picks(list(rows), newest.type, newest.content),
        "evidence": two_by_two(rows, newest),
    }
    return {newest.stem: told}


def lost_most(sat: Sat, goes: Sequence[Go]) -> list[str]:
    """The two questions on which the class lost the most points."""
    lost: list[tuple[int, int]] = []
    for item in sat.items:
        points_of = [go.answers[item.id].points for go in goes if item.id in go.answers]
        graded = [each for each in points_of if each is not None]
        if sat.has_key(item.id):
            lost.append((sum(graded) - item.points * len(graded), sat.number[item.id]))
    return [str(number) for less, number in sorted(lost)[:2] if less < 0]


def expected_glance(sat: Sat, which: str, label: int | None = None) -> Figures:
    """Everything that the page should say of the class itself."""
    goes = sat.meant(which, label)
    who, few = completion(sat, which, label), False
    few = who["Handed in"] < 5
    spread = scores(goes, sum(item.points for item in sat.items))
    named = f"{sat.raw.by_id('labels')[label].name}: " if label else ""
    found: Figures = {"who": who, "headline": named + headline(who, len(sat.raw.students(sat.section, label)))}
    if not few:
        found |= spread | {"lost most": lost_most(sat, goes)}
    shares = {}
    for item in sat.items:
        found[f"question {sat.number[item.id]}"] = question(sat, item, goes, few=few)
        rows = [go.answers[item.id] for go in goes if item.id in go.answers]
        shares[item.id] = facility(rows, item.points) if sat.has_key(item.id) else None
    order = sorted(sat.items, key=lambda i: (shares[i.id] is None, shares[i.id] or 0, sat.number[i.id]))
    found["order"] = [str(sat.number[item.id]) for item in order]
    return found


def read_picks(place: Node) -> dict[str, int]:
    """What a table of answers says, but for what nobody chose."""
    found: dict[str, int] = {}
    for row in place.one("tbody").all("tr"):
        if (number := row.one("b").text) != "0":
            name = name_of(row.all("td")[0])
            assert name not in found, f"{name} has two rows"
            found[name] = int(number)
    return found


def name_of(cell: Node) -> str:
    """What an answer is called: its words, or the id of the sentence that it is."""
    places, words = cell.all("a", "ref"), cell.all("span", "serif")
    if places:
        return places[0].attributes["href"].rpartition("#")[2]
    return words[0].text if words else cell.text


def _read_evidence(place: Node) -> list[int | str] | None:
    tables = place.all("table", "two-by-two")
    if not tables:
        return None
    (said,) = [each.text for each in place.all("p") if " n = " in each.text]
    return [*(int(cell.text) for cell in tables[0].all("td", "num")), said]


def _read_asked(place: Node) -> Figures:
    said = [each.text for each in place.all("p", "meta")[0].all("span")]
    tables = place.all("table", "picks")
    told = {
        "of": said[1],
        "share": said[2] if len(said) > 2 else "",
        "picks": read_picks(tables[0]) if tables else {},
        "evidence": _read_evidence(place),
    }
    return {place.one("h3").text: told}


def _read_question(place: Node) -> Figures:
    asked = place.all("section", "asked")
    own = [table for table in place.all("table", "picks") if not any(table in list(each) for each in asked)]
    evidence = _read_evidence(place) if not asked else None
    titles = place.all("svg", "bar3")
    told = place.one("span", "pct")
    base = told.all("span", "base")
    waits = re.search(r"Grade or release the (?:(\d+) answers that wait|answer that waits)", place.text)
    found: Figures = {
        "share": (told.text.removesuffix(base[0].text).strip(), base[0].text) if base else (told.text, ""),
        "marks": tuple(map(int, re.findall(r"\d+", titles[0].one("title").text))) if titles else None,
        "picks": read_picks(own[0]) if own else {},
        "waits": int(waits[1] or 1) if waits else 0,
        "evidence": evidence,
    }
    if asked or place.one("span", "qt").text.startswith("One of these"):
        found["asked"] = {stem: told for each in asked for stem, told in _read_asked(each).items()}
    return found


def told_glance(page: Node) -> Figures:
    """What the page says of the same."""
    facts = page.one("dl", "facts")
    who = {row.one("dt").text: int(re.findall(r"\d+", row.one("dd").text)[0]) for row in facts.all("div")}
    heading = page.one("h1").text
    found: Figures = {"who": who, "headline": heading[: heading.index(".") + 1]}
    spread = page.one(id="spread")
    if page.all(id="scores-table"):
        said = re.search(r"(\d+) final scores?\.(?: (\d+) more waits?)?", spread.text)
        assert said
        lead = re.search(r"The middle score is (\S+) of (\S+)\.", page.one("p", "lead").text)
        found |= {"final": int(said[1]), "waiting": int(said[2] or 0), "middle": (lead[1], lead[2]) if lead else None}
        most = re.search(r"Questions? (\d+)(?: and (\d+))? lost the most points", page.one("p", "lead").text)
        found["lost most"] = [each for each in most.groups() if each] if most else []
        found["bins"] = [int(cell) for cell in page.one(id="scores-table").one("table").rows()[0][1:]]
    questions = page.all("details", "qrow")
    found["order"] = [each.one("span", "qn").text for each in questions]
    found |= {f"question {each.one('span', 'qn').text}": _read_question(each) for each in questions}
    return found
