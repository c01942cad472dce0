"""Figures are rounded once and half up, as the rule book says, wherever they stand."""

from __future__ import annotations

from fractions import Fraction

import pytest
from flask import Flask

from core.points import POINT
from quizzes.certainty import signed
from results.chances import ClassShare, difference_of
from results.views.class_readings import one_place
from results.views.statistics import mean_points, two_places, whole_percent


@pytest.mark.parametrize(("value", "text"), [(62.5, "63 %"), (-62.5, "−63 %"), (0.4, "0 %"), (-0.4, "0 %"), (None, "")])
def test_a_percentage_is_rounded_half_up(value: float | None, text: str) -> None:
    assert whole_percent(value) == text


@pytest.mark.parametrize(("value", "text"), [(0.125, "0.13"), (-0.125, "−0.13"), (2.0, "2.00"), (None, "")])
def test_two_places_are_rounded_half_up(value: float | None, text: str) -> None:
    assert two_places(value) == text


@pytest.mark.parametrize(
    ("points", "text"),
    [(Fraction(449_999, 4), "1.12"), (Fraction(225_000, 2), "1.13"), (float(POINT), "1"), (None, "")],
)
def test_a_mean_of_points_is_rounded_once(points: float | Fraction | None, text: str) -> None:
    assert mean_points(points) == text


@pytest.mark.parametrize(
    ("mark", "text"),
    [
        ("0.25", "+0.3"),
        ("-0.25", "−0.3"),
        ("-0.35", "−0.4"),
        ("0.85", "+0.9"),
        ("3", "+3"),
        ("0.04", "0"),
        ("-6", "−6"),
    ],
)
def test_a_mark_of_certainty_is_rounded_half_up(mark: str, text: str) -> None:
    assert signed(Fraction(mark)) == text


def test_the_difference_of_two_classes_is_rounded_half_up() -> None:
    found = difference_of(ClassShare(Fraction(5, 8), 8), ClassShare(Fraction(0), 8))
    assert found is not None
    assert found.points == 63


@pytest.mark.parametrize(
    ("value", "text"), [(Fraction(5, 4), "1.3"), (Fraction(1, 4), "0.3"), (Fraction(2), "2.0"), (Fraction(), "0.0")]
)
def test_posts_a_student_are_rounded_half_up(value: Fraction, text: str) -> None:
    assert one_place(value) == text


def test_a_bar_of_a_chart_says_what_its_table_says(app: Flask) -> None:
    with app.test_request_context():
        macros = app.jinja_env.get_template("macros/charts.html").make_module({})
        assert ">13</text>" in macros.shares([(1, Fraction(1, 8))], "Shares")
