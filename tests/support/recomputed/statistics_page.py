"""What page and file say of the statistics, held against the exact figures."""

from __future__ import annotations

import csv
import io
from decimal import Decimal
from fractions import Fraction
from typing import Any

from tests.support.recomputed.glance import Figures, name_of
from tests.support.recomputed.moments import exact
from tests.support.recomputed.page import Node
from tests.support.recomputed.statistics import TELLS_FROM, Analysed, hardest_first, question, whole
from tests.support.recomputed.words import percent, places

ITEM = (
    "n", "facility", "facility_low", "facility_high", "sd_percent", "intended_weight_percent",
    "effective_weight_percent", "discrimination_percent", "discrimination_low_percent", "discrimination_high_percent",
    "efficiency_percent",
)  # fmt: skip
WHOLE = ("mean", "median", "sd", "standard_error", "skewness", "kurtosis", "alpha", "error_ratio")
NEAR_A_HALF = Decimal("1e-8")


class About:
    """A number that equals one that differs by no more than arithmetic in binary does."""

    def __init__(self, value: Any, least: float = 1e-9) -> None:
        self.value, self.least = float(value), least

    def __eq__(self, other: object) -> bool:
        return isinstance(other, float) and abs(other - self.value) <= self.least + 1e-9 * abs(self.value)

    def __repr__(self) -> str:
        return f"about {self.value}"

    __hash__ = None  # type: ignore[assignment]


class Rounded:
    """A text that is a number rounded half up; within a hair of a half both neighbours will do.

    Roots are not exact on the page, so that only there a half is not told from what is next to it.
    """

    def __init__(self, value: Any, digits: int = 0, least: Decimal = NEAR_A_HALF) -> None:
        self.value = exact(value) if isinstance(value, Fraction) else Decimal(value)
        self.digits, self.least = digits, Decimal(0) if isinstance(value, Fraction) else least

    def texts(self) -> set[str]:
        """What may be written."""
        ends = [Fraction(self.value + way * self.least) for way in (-1, 0, 1)]
        texts = {places(end, self.digits) for end in ends}
        return {text.replace("-", "−") for text in texts}

    def __eq__(self, other: object) -> bool:
        return isinstance(other, str) and _short(other) in self.texts()

    def __repr__(self) -> str:
        return f"{' or '.join(sorted(self.texts()))} ({self.value:.9f})"

    __hash__ = None  # type: ignore[assignment]


def _short(text: str) -> str:
    number = text.removesuffix(" %")
    return number.rstrip("0").rstrip(".") if "." in number else number


def _number(cell: str) -> float | None:
    return float(cell) if cell else None


def _about(value: Any, least: float = 1e-9) -> Any:
    return None if value is None else About(value, least)


def expected_file(over: Analysed) -> Figures:
    """The file: every figure, unrounded."""
    figures = whole(over)
    found: Figures = {"whole": {name: _about(figures[name]) for name in WHOLE}}
    for name in ("mean", "alpha"):
        ends = figures.get(f"{name}_ends")
        found["whole"][f"{name}_ends"] = [_about(end, 2e-3) for end in ends] if ends else [None, None]
    for item in hardest_first(over):
        said = question(over, item)
        number = str(over.sat.number[item.id])
        found[number] = _line_of(said, over) | {
            "asked": {stem: _line_of(each, over) for stem, each in said["asked"].items()}
        }
    return found


def _line_of(said: Figures, over: Analysed) -> Figures:
    found: Figures = {name: _about(said.get(name)) for name in ITEM}
    found["answers"] = {
        over.name_in_file(name): {
            "chosen_by": About(drawn["chosen_by"]),
            "share": About(drawn["share"]),
            "mean_rest_points": About(drawn["mean_rest_points"]),
            "thirds": [About(each) for each in drawn["thirds"]],
        }
        for name, drawn in said["answers"].items()
    }
    return found


def told_file(text: str) -> Figures:
    """What the file says."""
    found: Figures = {"whole": {}}
    here: Figures = {}
    for row in csv.DictReader(io.StringIO(text.lstrip("\ufeff"))):
        if row["row"] == "quiz":
            found["whole"][row["answer_key"]] = _number(row["share"])
            if row["answer_key"] in ("mean", "alpha"):
                found["whole"][f"{row['answer_key']}_ends"] = [_number(row["share_low"]), _number(row["share_high"])]
        elif row["row"] == "item":
            here = {name: _number(row[name]) for name in ITEM} | {"answers": {}, "asked": {}}
            found[row["number"]] = here
        elif row["row"] == "drawn":
            here = {name: _number(row[name]) for name in ITEM} | {"answers": {}}
            found[row["number"]]["asked"][row["answer"]] = here
        elif row["chosen_by"] != "0":
            assert row["answer"] not in here["answers"], f"{row['answer']} has two rows"
            here["answers"][row["answer"] or "Left out"] = _answer_in_file(row)
    return found


def _answer_in_file(row: dict[str, str]) -> Figures:
    return {
        **{name: _number(row[name]) for name in ("chosen_by", "share", "mean_rest_points")},
        "thirds": [_number(row[f"{name}_third"]) for name in ("lower", "middle", "upper")],
    }


def expected_page(over: Analysed) -> Figures:
    """The page: the same, rounded; nothing of fewer than five attempts."""
    n = len(over.goes)
    found: Figures = {"lead": "One attempt is" if n == 1 else f"From {n} attempts,", "waiting": over.waiting}
    if n < 5:
        return found
    rows, answers = [], {}
    for item in hardest_first(over):
        said, number = question(over, item), str(over.sat.number[item.id])
        rows.append([number, *_cells(said, over, item)])
        if said["answers"] or said["asked"]:
            answers[number] = _answers(said)
        asked = sorted(said["asked"].items())
        rows += [["", stem, *_cells(each, over, None)] for stem, each in asked]
        answers |= {stem: _answers(each) for stem, each in asked}
    return found | {"rows": sorted(rows, key=str), "answers": answers, "whole": _whole(whole(over))}


def _cells(said: Figures, over: Analysed, item: Any) -> list[Any]:
    tells, is_asked = len(over.goes) >= TELLS_FROM, item is None
    if "facility" not in said or not said["n"] or (is_asked and said["n"] < 5):
        return ["", str(said["n"])]
    ends = _ends(said.get("facility_low"), said.get("facility_high"))
    found: list[Any] = [percent(said["facility"]), ends, _whole_percent(said.get("sd_percent"))]
    found.append(_whole_percent(said.get("intended_weight_percent")))
    inverse = not is_asked and over.weights().get(item.id, (None, False))[1]
    found.append("runs against" if inverse else _whole_percent(said.get("effective_weight_percent")))
    if tells:
        none = "not defined" if said["n"] >= TELLS_FROM else "needs 15"
        for name in ("discrimination_percent", "efficiency_percent"):
            found.append(none if said.get(name) is None else _whole_percent(said[name]))
        low, high = (said.get(f"discrimination_{end}_percent") for end in ("low", "high"))
        found.append(_ends(low, high, 1))
    return [*found, str(said["n"])]


def _whole_percent(value: Any) -> Any:
    return "" if value is None else Rounded(value)


def _ends(low: Any, high: Any, scale: int = 100) -> Any:
    return None if low is None else [Rounded(scale * end) for end in (low, high)]


def _answers(said: Figures) -> Figures:
    """Whom each answer drew, and how large the thirds are."""
    found: Figures = {"thirds": said["thirds"]} if said["answers"] else {}
    for name, drawn in said["answers"].items():
        rest = Rounded(drawn["mean_rest_points"], 2)
        found[name] = [str(drawn["chosen_by"]), percent(drawn["share"]), rest, *map(str, drawn["thirds"])]
    return found


def _whole(said: Figures) -> list[Any]:
    def two(name: str, digits: int = 2) -> Any:
        return "" if said[name] is None else Rounded(said[name], digits)

    mean, alpha = said.get("mean_ends"), said.get("alpha_ends")
    return [
        two("mean"), [Rounded(end, 2, Decimal("0.005")) for end in mean] if mean else None,
        two("median"), two("sd"), two("skewness"), two("kurtosis"),
        two("alpha", 0), [Rounded(end) for end in alpha] if alpha else None,
        two("error_ratio", 0), two("standard_error"),
    ]  # fmt: skip


def told_page(page: Node) -> Figures:
    """What the page says."""
    lead = page.one("p", "lead").text.split()
    more = page.one("p", "lead").text.split(" more wait")[0].split()[-1] if " more wait" in page.text else "0"
    found: Figures = {"lead": " ".join(lead[:3]), "waiting": 1 if more == "One" else int(more)}
    if not page.all("table", "items"):
        return found
    rows = [_read_row(row) for row in page.one("table", "items").one("tbody").all("tr")]
    answers = {}
    for place in page.all("details", "who-chose"):
        number, stem = place.one("span", "qn").text, place.one("span", "qt").text
        is_asked = place.attributes["id"].count("-") > 1
        name = stem.removesuffix(place.one("span", "meta").text).strip() if is_asked else number
        said = _read_answers(place)
        if said.get("thirds") != [0, 0, 0]:  # nobody was asked it
            answers[name] = said
    return found | {"rows": sorted(rows, key=str), "answers": answers, "whole": _read_whole(page)}


def _read_row(row: Node) -> list[Any]:
    heading, *cells = [each for each in row.held if isinstance(each, Node)]
    found: list[Any] = [heading.one("span", "qn").text]
    if "asked" in row.classes:
        found.append(heading.one("a").text)
    if "colspan" in cells[0].attributes:
        return [*found, "", cells[1].text]
    facility, *others = cells
    said = [_first(each) for each in cells]
    found += [said[0], _read_ends(facility), *said[1:4]]
    if len(others) > 4:
        found += [said[4], said[5], _read_ends(cells[4])]
    return [*found, said[-1]]


def _first(cell: Node) -> str:
    ends = cell.all("span", "ends")
    return cell.text.removesuffix(ends[0].text).strip() if ends else cell.text


def _read_ends(cell: Node) -> list[str] | None:
    ends = cell.all("span", "ends")
    return ends[0].text.split(" to ") if ends else None


def _read_answers(place: Node) -> Figures:
    tables = place.all("table", "drawn")
    if not tables:
        return {}
    heads = [each.text for each in tables[0].one("thead").all("th")][4:]
    found: Figures = {"thirds": [int(each.split(", ")[1]) for each in heads]}
    for row in tables[0].one("tbody").all("tr"):
        said, *cells = row.all("td")
        if cells[0].text != "0":
            assert name_of(said) not in found, f"{name_of(said)} has two rows"
            found[name_of(said)] = [each.text for each in cells]
    return found


def _read_whole(page: Node) -> list[Any]:
    cells = [row.one("td", "num") for row in page.one("table", "whole").one("tbody").all("tr")]
    said = [_first(each) for each in cells]
    return [said[0], _read_ends(cells[0]), *said[1:6], _read_ends(cells[5]), *said[6:]]
