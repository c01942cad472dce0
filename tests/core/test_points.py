from fractions import Fraction

import pytest

from core.points import (
    FRACTION_ONE,
    MOST_POINTS,
    POINT,
    NotANumberError,
    clamp,
    earned,
    format_percent,
    format_points,
    fraction_of,
    mean,
    parse_percent,
    parse_points,
    snap,
)


@pytest.mark.parametrize(
    ("text", "points"),
    [
        ("1.5", 150_000),
        ("1,5", 150_000),
        (" 2 ", 200_000),
        (".5", 50_000),
        ("3.", 300_000),
        ("0", 0),
        ("0.333333", 33_333),
        ("0.000005", 1),
        ("0.0000049", 0),
        ("1000", MOST_POINTS),
    ],
)
def test_points_are_read_with_point_or_comma(text: str, points: int) -> None:
    assert parse_points(text) == points


@pytest.mark.parametrize("text", ["", "-1", "1001", "1e3", "one", "1.5.2", "1 000", "٣", "NaN", "inf", "1" * 400])
def test_other_text_is_no_number_of_points(text: str) -> None:
    with pytest.raises(NotANumberError):
        parse_points(text)


@pytest.mark.parametrize(
    ("points", "text"),
    [
        (150_000, "1.5"),
        (200_000, "2"),
        (33_333, "0.33"),
        (66_667, "0.67"),
        (500, "0.01"),
        (499, "0"),
        (-50_000, "-0.5"),
        (-400, "0"),
        (10_000_000, "100"),
        (100_500, "1.01"),
    ],
)
def test_points_show_two_places_at_most_half_up(points: int, text: str) -> None:
    assert format_points(points) == text


@pytest.mark.parametrize(
    ("text", "fraction"),
    [
        ("100", FRACTION_ONE),
        ("33.3333", 3_333_333_333),
        ("66.6667 %", 6_666_666_667),
        ("14.28571", 1_428_571_429),
        ("33", 3_300_000_000),
        ("33.33", 3_333_000_000),
        ("-50", -5_000_000_000),
        ("−100", -FRACTION_ONE),
        ("12,5", 1_250_000_000),
    ],
)
def test_a_percentage_close_to_a_simple_fraction_becomes_it(text: str, fraction: int) -> None:
    assert parse_percent(text) == fraction


@pytest.mark.parametrize("text", ["", "101", "-100.5", "half", "1/3"])
def test_a_percentage_outside_its_range_is_refused(text: str) -> None:
    with pytest.raises(NotANumberError):
        parse_percent(text)


def test_a_percentage_survives_being_shown_to_two_places() -> None:
    assert format_percent(parse_percent("33.3333")) == "33.33"
    assert format_percent(-5_000_000_000) == "-50"


def test_snapping_a_snapped_fraction_changes_nothing() -> None:
    for whole in range(1, 21):
        for part in range(whole + 1):
            exact = fraction_of(part, whole)
            assert snap(Fraction(exact, FRACTION_ONE)) == exact


@pytest.mark.parametrize(
    ("points", "fraction", "result"),
    [
        (3 * POINT, 3_333_333_333, POINT),
        (2 * POINT, 6_666_666_667, 133_333),
        (POINT, FRACTION_ONE, POINT),
        (POINT, 0, 0),
        (1, 5_000_000_000, 1),
        (1, 4_999_999_999, 0),
        (3, -5_000_000_000, -2),
    ],
)
def test_points_times_a_fraction_is_rounded_once_half_up(points: int, fraction: int, result: int) -> None:
    assert earned(points, fraction) == result


def test_three_times_a_tenth_of_a_point_is_exactly_three_tenths() -> None:
    assert 3 * parse_points("0.1") == parse_points("0.3")


def test_clamping_and_averaging() -> None:
    assert [clamp(-1), clamp(5), clamp(FRACTION_ONE + 1)] == [0, 5, FRACTION_ONE]
    assert mean([1, 2]) == 2
    assert fraction_of(1, 0) == 0
