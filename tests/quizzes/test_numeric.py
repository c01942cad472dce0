from decimal import Decimal

import pytest

from core.points import FRACTION_ONE
from quizzes.question_types import TYPES
from quizzes.question_types.numerals import canonical, read_numeral
from quizzes.question_types.numeric import AcceptedNumber, NumericContent

KIND = TYPES["numeric"]
HALF = FRACTION_ONE // 2


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("3.142", ["3.142", "3142"]),
        ("1200", ["1200"]),
        (".2", ["0.2"]),
        ("1.", ["1"]),
        ("+1.0", ["1"]),
        ("-1.", ["-1"]),
        ("− 5", ["-5"]),
        ("3,5", ["3.5"]),
        ("1,000,000", ["1000000"]),
        ("1.000.000", ["1000000"]),
        ("1.234,5", ["1234.5"]),
        ("1,234.5", ["1234.5"]),
        ("1,234", ["1234", "1.234"]),
        ("0,234", ["0.234"]),
        ("1 234,5", ["1234.5"]),
        ("1\u202f234,5", ["1234.5"]),
        ("1'234.5", ["1234.5"]),
        ("12’345", ["12345"]),
        ("12,34,567", ["1234567"]),
        ("1e4", ["10000"]),
        ("3.142E-4", ["0.0003142", "0.3142"]),
        ("1,5e3", ["1500"]),
        ("3x10^8", ["300000000"]),
        ("3 × 10^8", ["300000000"]),
        ("3.0*10**-2", ["0.03"]),
        ("6,02·10²³", ["602000000000000000000000"]),
        ("2×10⁻³", ["0.002"]),
        ("٣٫٥", ["3.5"]),
        ("１２", ["12"]),
        ("00012", ["12"]),
    ],
)
def test_numbers_are_read_as_people_write_them(text: str, values: list[str]) -> None:
    assert [value.normalize() for value in read_numeral(text)] == [Decimal(value).normalize() for value in values]


@pytest.mark.parametrize(
    "text",
    ["", "frog", "3 frogs", "20 %", ".", ",", ".e8", "1,2,3", "1.2.3", "--1", "1e", "e5", "1e9999",
     "0x10", "NaN", "Infinity", "1/3", "1_000", "9" * 61, "12 34", "1,23,4", "1 2 3"],
)  # fmt: skip
def test_other_texts_are_no_numbers(text: str) -> None:
    assert read_numeral(text) == ()


@pytest.mark.parametrize(
    ("value", "text"),
    [("1200", "1200"), ("1.50", "1.5"), ("0.0", "0"), ("-0", "0"), ("12e2", "1200"), ("-0.5", "-0.5"),
     ("1e300", "1e300"), ("100", "100"), ("1e-8", "0.00000001")],
)  # fmt: skip
def test_one_number_has_one_spelling(value: str, text: str) -> None:
    assert canonical(Decimal(value)) == text


def accepts(text: str, **number: str) -> bool:
    content = NumericContent((AcceptedNumber("n1", **number),))  # type: ignore[arg-type]
    return KIND.grade(content, {"text": text}) == FRACTION_ONE


@pytest.mark.parametrize(
    ("text", "fits"),
    [("3.0", True), ("3.3", True), ("2.7", True), ("3.30000000000000001", False), ("2.69", False)],
)
def test_an_absolute_tolerance_is_exact_to_the_last_digit(text: str, fits: bool) -> None:
    assert accepts(text, value="3", tolerance="0.3") is fits


@pytest.mark.parametrize(("text", "fits"), [("210", True), ("190", True), ("210.1", False), ("-200", False)])
def test_a_relative_tolerance_is_in_per_cent_of_the_value(text: str, fits: bool) -> None:
    assert accepts(text, value="200", kind="relative", tolerance="5") is fits


def test_a_relative_tolerance_works_below_zero() -> None:
    assert accepts("-105", value="-100", kind="relative", tolerance="5")


@pytest.mark.parametrize(("text", "fits"), [("5", True), ("10", True), ("4,99", False), ("11", False)])
def test_both_ends_of_a_range_are_inside(text: str, fits: bool) -> None:
    assert accepts(text, value="5", kind="range", high="10") is fits


def test_a_tenth_three_times_is_three_tenths() -> None:
    assert accepts("0.3", value="0.30")
    assert not accepts("0.30000000000000004", value="0.3")


def test_an_ambiguous_number_is_right_if_one_honest_reading_is() -> None:
    assert accepts("1,234", value="1234")
    assert accepts("1,234", value="1.234")
    assert not accepts("1,234", value="1235")


def test_of_the_values_that_fit_the_best_counts_whatever_their_order() -> None:
    wide = AcceptedNumber("n1", "10", tolerance="5", fraction=HALF, feedback="Close.")
    narrow = AcceptedNumber("n2", "10", tolerance="1", feedback="Yes.")
    for content in (NumericContent((wide, narrow)), NumericContent((narrow, wide))):
        assert KIND.grade(content, {"text": "10.5"}) == FRACTION_ONE
        assert KIND.feedback_for(content, {"text": "10.5"}) == ["Yes."]
        assert KIND.grade(content, {"text": "14"}) == HALF
        assert KIND.grade(content, {"text": "16"}) == 0


def test_spellings_of_one_number_are_counted_together() -> None:
    content = NumericContent((AcceptedNumber("n1", "1200"),))
    keys = {KIND.answer_key(content, {"text": text}) for text in ("1200", "1,200", "1.2e3", "1 200")}
    assert keys == {"1200"}
    assert KIND.answer_key(content, {"text": "About  TWENTY"}) == "about twenty"


def test_what_cannot_be_read_is_kept_and_remarked_on() -> None:
    content = NumericContent((AcceptedNumber("n1", "20"),))
    answer = KIND.parse_answer(content, {"answer": ["20 %"]})
    assert answer == {"text": "20 %"}
    assert "number" in str(KIND.remark(content, answer))
    assert KIND.remark(content, {"text": "20"}) is None
    assert KIND.grade(content, answer) == 0


@pytest.mark.parametrize(
    ("number", "fields"),
    [
        ({"value": ""}, ["value"]),
        ({"value": "3,5"}, ["value"]),
        ({"value": "NaN"}, ["value"]),
        ({"value": "1e3"}, []),
        ({"value": "1", "kind": "guess"}, ["kind"]),
        ({"value": "1", "tolerance": "-1"}, ["tolerance"]),
        ({"value": "1", "tolerance": "a bit"}, ["tolerance"]),
        ({"value": "5", "kind": "range", "high": ""}, ["high"]),
        ({"value": "5", "kind": "range", "high": "4"}, ["high"]),
        ({"value": "5", "kind": "range", "high": "5"}, []),
        ({"value": "5", "feedback": "x" * 2001}, ["feedback"]),
    ],
)
def test_what_an_author_has_to_put_right(number: dict[str, str], fields: list[str]) -> None:
    content = NumericContent((AcceptedNumber("n1", **number),))  # type: ignore[arg-type]
    found = [problem.field for problem in KIND.validate(content)]
    assert found == [f"accepted.0.{field}" for field in fields]


def test_the_key_is_shown_with_its_tolerance() -> None:
    numbers = (
        AcceptedNumber("n1", "3.5"),
        AcceptedNumber("n2", "3.5", tolerance="0.5"),
        AcceptedNumber("n3", "200", "relative", "5"),
        AcceptedNumber("n4", "5", "range", "0", "10"),
        AcceptedNumber("n5", "9", fraction=HALF),
    )
    assert KIND.key_lines(NumericContent(numbers)) == ["3.5", "3.5 ± 0.5", "200 ± 5 %", "5 to 10"]
