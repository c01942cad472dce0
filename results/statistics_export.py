"""The statistics of a quiz as a table: a row for each question and each answer to it. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from core.points import POINT
from core.table_files import Number, TableFile
from quizzes.intervals import Interval
from quizzes.statistics import ItemStatistics
from results.item_analysis import Drawn, ItemAnalysis, QuizAnalysis

COLUMNS = (
    "row", "item_id", "number", "type", "max_points", "n", "facility", "facility_low", "facility_high", "sd_percent",
    "intended_weight_percent", "effective_weight_percent", "discrimination_percent", "discrimination_low_percent",
    "discrimination_high_percent", "efficiency_percent", "answer_key", "answer", "right", "chosen_by", "share",
    "mean_rest_points", "lower_third", "middle_third", "upper_third", "share_low", "share_high",
)  # fmt: skip
QUIZ_FIGURES = ("mean", "median", "sd", "standard_error")
QUIZ_SHAPES = ("skewness", "kurtosis", "alpha", "error_ratio")
Value = float | Fraction | int | None


def statistics_table(found: QuizAnalysis) -> TableFile:
    """Return a table: rows "quiz" with one figure each, then "item" rows, each followed by its "answer" rows.

    A draw's "item" row is followed by a "drawn" row for each question that it asked, with that one's "answer" rows.

    Figures are not rounded; what is not defined, or hidden because the class is small, is empty.
    """
    return TableFile("Statistics", COLUMNS, _rows(found), held=3)


def _rows(found: QuizAnalysis) -> Iterator[list[str]]:
    ends = {"mean": _ends(found.mean_interval, 1 / POINT), "alpha": _ends(found.alpha_interval, 100)}
    for figure in (*QUIZ_FIGURES, *QUIZ_SHAPES):
        value = getattr(found.figures, figure)
        in_points = value / POINT if value is not None and figure in QUIZ_FIGURES else value
        low, high = ends.get(figure, (None, None))
        row = {"row": "quiz", "n": found.figures.n, "answer_key": figure, "share": in_points}
        yield _line({**row, "share_low": low, "share_high": high})
    for each in found.items:
        yield from _with_answers(each, _item(each))
        for asked in each.asked:
            yield from _with_answers(asked, _item(asked) | _drawn(asked))


def _with_answers(each: ItemAnalysis, row: dict[str, Value | str]) -> Iterator[list[str]]:
    yield _line(row)
    for drawn in (*each.drawn, *((each.left_out,) if each.left_out else ())):
        yield _line(_answer(each, drawn))


def _drawn(asked: ItemAnalysis) -> dict[str, Value | str]:
    return {"row": "drawn", "answer_key": f"question_{asked.item.question_id}", "answer": asked.item.stem}


def _line(values: dict[str, Value | str]) -> list[str]:
    return [_text(values.get(column)) for column in COLUMNS]


def _text(value: Value | str) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    return Number(value) if isinstance(value, int) else Number(repr(float(value)))


def _ends(interval: Interval | None, scale: float) -> tuple[Value, Value]:
    return (interval[0] * scale, interval[1] * scale) if interval else (None, None)


def _item(each: ItemAnalysis) -> dict[str, Value | str]:
    item = each.item
    found = each.figures or ItemStatistics(sum(each.thirds), None, None, None, None, False, None, None)
    low, high = _ends(each.facility_interval, 1)
    least, most = _ends(each.discrimination_interval, 100)
    return {
        "row": "item",
        "item_id": item.item_id,
        "number": item.number,
        "type": item.type,
        "max_points": Fraction(item.points, POINT),
        "n": found.n,
        "facility": found.facility,
        "facility_low": low,
        "facility_high": high,
        "sd_percent": found.sd,
        "intended_weight_percent": found.intended_weight,
        "effective_weight_percent": found.effective_weight,
        "discrimination_percent": each.discrimination,
        "discrimination_low_percent": least,
        "discrimination_high_percent": most,
        "efficiency_percent": found.efficiency if each.tells_apart else None,
    }


def _answer(each: ItemAnalysis, drawn: Drawn) -> dict[str, Value | str]:
    lower, middle, upper = drawn.thirds
    right = "" if drawn.row.right is None else ("yes" if drawn.row.right else "no")
    return {
        "row": "answer",
        "item_id": each.item.item_id,
        "number": each.item.number,
        "answer_key": drawn.row.key,
        "answer": drawn.row.sentence.text if drawn.row.sentence else drawn.row.text,
        "right": right,
        "chosen_by": drawn.n,
        "share": drawn.share,
        "mean_rest_points": None if drawn.mean_rest is None else drawn.mean_rest / POINT,
        "lower_third": lower,
        "middle_third": middle,
        "upper_third": upper,
    }
