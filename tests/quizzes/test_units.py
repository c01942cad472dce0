from decimal import Decimal

import pytest

from core.points import FRACTION_ONE
from quizzes.question_types import TYPES
from quizzes.question_types.numerals import Quantity, read_quantity
from quizzes.question_types.numeric import AcceptedNumber, NumericContent
from quizzes.question_types.units import Unit, UnitRules

KIND = TYPES["numeric"]
QUARTER = FRACTION_ONE // 4
UNITS = (Unit("km"), Unit("m", "0.001"), Unit("mi", "1.609344"))


def content(rule: str, loss: int = QUARTER) -> NumericContent:
    return NumericContent((AcceptedNumber("n1", "3.5", feedback="Yes."),), UnitRules(rule, UNITS, loss))


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("3.5 km", "3.5", "km"),
        ("3,5km", "3.5", "km"),
        ("€ 3,50", "3.50", "€"),
        ("$1,200", "1200", "$"),
        ("12 %", "12", "%"),
        ("5 km/h", "5", "km/h"),
        ("5 m²", "5", "m^2"),
        ("2,5·10^3 m", "2500", "m"),
        ("2.5×10³ m", "2500", "m"),
        ("2.5e3 m", "2500", "m"),
        ("1e4 eV", "10000", "eV"),
        ("7", "7", ""),
    ],
)
def test_a_number_is_told_from_its_unit(text: str, value: str, unit: str) -> None:
    found = read_quantity(text)
    assert found is not None
    assert found.unit == unit
    assert Decimal(value) in found.values


@pytest.mark.parametrize("text", ["km", "km 3 m", "3 of 4", "2 1/2", "", ".", "3 (m)"])
def test_other_texts_are_no_quantities(text: str) -> None:
    assert read_quantity(text) is None


def test_a_quantity_keeps_every_honest_reading() -> None:
    found = read_quantity("1,234 m")
    assert found == Quantity((Decimal(1234), Decimal("1.234")), "m")


@pytest.mark.parametrize(
    ("rule", "text", "fraction"),
    [
        ("not_allowed", "3.5", FRACTION_ONE),
        ("not_allowed", "3.5 km", 0),
        ("optional", "3.5", FRACTION_ONE),
        ("optional", "3,5 km", FRACTION_ONE),
        ("optional", "3500 m", FRACTION_ONE),
        ("optional", "3.5 KM", FRACTION_ONE),
        ("optional", "3.5 miles", FRACTION_ONE - QUARTER),
        ("optional", "3.5 m", FRACTION_ONE - QUARTER),
        ("optional", "35 m", 0),
        ("required", "3.5", FRACTION_ONE - QUARTER),
        ("required", "3.5 km", FRACTION_ONE),
        ("required", "3.5e3 m", FRACTION_ONE),
        ("required", "km", 0),
    ],
)
def test_a_wrong_unit_loses_the_stated_share(rule: str, text: str, fraction: int) -> None:
    assert KIND.grade(content(rule), {"text": text}) == fraction


def test_a_wrong_unit_can_cost_everything_or_nothing() -> None:
    assert KIND.grade(content("required", FRACTION_ONE), {"text": "3.5"}) == 0
    assert KIND.grade(content("required", 0), {"text": "3.5"}) == FRACTION_ONE


def test_the_same_length_is_one_answer_whatever_its_unit() -> None:
    keys = {KIND.answer_key(content("optional"), {"text": text}) for text in ("3.5", "3,5 km", "3500 m", "3.5e3 m")}
    assert keys == {"3.5 km"}
    assert KIND.option_rows(content("optional"))[0].key == "3.5 km"
    assert KIND.answer_key(content("optional"), {"text": "3.5 miles"}) == "3.5 miles"


def test_the_key_names_its_unit() -> None:
    assert KIND.key_lines(content("required")) == ["3.5 km"]
    assert KIND.key_lines(content("not_allowed")) == ["3.5"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("3.5 km", None),
        ("1200", None),
        ("2,5·10^3 m", "Read as 2500 m"),
        ("1,234 km", "Read as 1234 km or as 1.234 km, whichever fits"),
        ("many", None),
    ],
)
def test_a_reader_is_told_how_a_number_was_read(text: str, words: str | None) -> None:
    assert KIND.understood(content("optional"), {"text": text}) == words


def test_what_is_told_does_not_depend_on_the_key() -> None:
    other = NumericContent((AcceptedNumber("n1", "1234"),), content("optional").units)
    for text in ("1,234", "1,234 m", "3.5"):
        assert KIND.understood(other, {"text": text}) == KIND.understood(content("optional"), {"text": text})


def test_a_missing_unit_is_remarked_on_where_one_is_asked_for() -> None:
    assert KIND.remark(content("required"), {"text": "3.5"}) == "Add the unit"
    assert KIND.remark(content("optional"), {"text": "3.5"}) is None
    assert "its unit" in str(KIND.remark(content("optional"), {"text": "many"}))


def test_content_with_units_survives_the_database_and_the_form() -> None:
    kept = content("required")
    assert KIND.read(KIND.write(kept)) == kept
    assert KIND.validate(kept) == []


@pytest.mark.parametrize(
    ("units", "fields"),
    [
        ((Unit("km", "2"),), ["units"]),
        ((), ["units"]),
        ((Unit("km"), Unit("km^", "2")), ["units.1.name"]),
        ((Unit("km"), Unit("", "2")), ["units.1.name"]),
        ((Unit("km"), Unit("5m", "2")), ["units.1.name"]),
        ((Unit("km"), Unit("m" * 31, "2")), ["units.1.name"]),
        ((Unit("km"), Unit("m", "-1")), ["units.1.factor"]),
        ((Unit("km"), Unit("m", "a few")), ["units.1.factor"]),
        (tuple(Unit(f"u{chr(97 + n)}") for n in range(21)), ["units"]),
    ],
)
def test_what_an_author_has_to_put_right(units: tuple[Unit, ...], fields: list[str]) -> None:
    asked = NumericContent((AcceptedNumber("n1", "3.5"),), UnitRules("optional", units))
    assert [problem.field for problem in KIND.validate(asked)] == fields
