"""The statistics of a class's quiz, for its staff."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from articles.queries import AssignmentRow, list_blocks, sentences_of
from core import clock
from core.points import format_points
from core.table_files import send_table
from quizzes.intervals import Interval
from quizzes.queries.items import list_items
from quizzes.queries.tallies import class_figures
from quizzes.question_types.draw import DRAW
from results import advice
from results.item_analysis import QuizAnalysis, Words, analyse
from results.overview import FEW
from results.queries.classes import DeliveryRow
from results.queries.drawn import list_asked
from results.queries.overview import Asked, load_deliveries
from results.queries.statistics import read_class_answers
from results.statistics_export import statistics_table
from results.views.asked import get_delivery, get_named_reading, read_asked, which_attempts
from results.which import RULES, explained, in_address, in_words

blueprint = Blueprint("statistics", __name__)
blueprint.context_processor(which_attempts)


@blueprint.app_template_filter("whole_percent")
def whole_percent(value: float | None) -> str:
    """Print a percentage as a whole number: "−7 %"; nothing for None."""
    return "" if value is None else _signed(f"{_rounded(value)} %")


@blueprint.app_template_filter("two_places")
def two_places(value: float | None) -> str:
    """Print a number with two places: "−0.42"; nothing for None."""
    return "" if value is None else _signed(_rounded(value, places=2))


@blueprint.app_template_filter("mean_points")
def mean_points(value: float | Fraction | None) -> str:
    """Print points that need not be whole units: "4.62"; nothing for None."""
    return "" if value is None else _signed(format_points(Fraction(value)))


@blueprint.app_template_filter("ends")
def ends(interval: Interval) -> str:
    """Print an interval of shares in per cent: "37 to 75"."""
    low, high = (_signed(_rounded(100 * end)) for end in interval)
    return _("%(low)s to %(high)s", low=low, high=high)


def _rounded(value: float, places: int = 0) -> str:
    """A number half up, rounded once."""
    return f"{Decimal(value).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP):f}"


def _signed(text: str) -> str:
    minus = text.startswith("-") and any(digit in text for digit in "123456789")
    return ("−" if minus else "") + text.lstrip("-")


@blueprint.get("/readings/<int:assignment_id>/results/statistics")
def index(assignment_id: int) -> ResponseReturnValue:
    """What the figures say about the quiz and each of its questions."""
    reading, now = get_named_reading(assignment_id), clock.now()
    asked = read_asked(reading)
    delivery, quizzes, _others = load_deliveries(current_user.id, reading, asked, now)
    if delivery is None:
        return render_template("results/none.html", reading=reading)
    counted = class_figures([delivery.id], now, asked.meant)
    found = _analysis(reading, delivery, asked)
    return render_template(
        "results/statistics.html",
        reading=reading,
        asked=asked,
        delivery=delivery,
        quizzes=quizzes,
        found=found,
        waiting=sum(score.students for score in counted.scores.get(delivery.id, ()) if score.waiting),
        few=found.figures.n < FEW,
        rules=[(in_address(rule), in_words(rule), rule == asked.meant.which) for rule in RULES],
        has_several=counted.has_several,
        explained=explained(asked.meant.which),
        advice=advice,
    )


@blueprint.get("/readings/<int:assignment_id>/results/statistics.<kind>")
def export(assignment_id: int, kind: str) -> ResponseReturnValue:
    """Every figure of every question as a file, unrounded, with stable column ids."""
    reading = get_named_reading(assignment_id)
    asked = read_asked(reading)
    delivery = get_delivery(reading, asked)
    return send_table(kind, f"statistics-{delivery.id}", statistics_table(_analysis(reading, delivery, asked)))


def _analysis(reading: AssignmentRow, delivery: DeliveryRow, asked: Asked) -> QuizAnalysis:
    sentences = {sentence.id: sentence for sentence in sentences_of(list_blocks(reading.version_id))}
    items = list_items(delivery.quiz_id)
    draws = {item.item_id: item for item in items if item.type == DRAW}
    answers = read_class_answers(delivery.id, clock.now(), asked.meant, draws)
    return analyse(items, answers, Words(sentences, list_asked(draws, answers.versions)))
