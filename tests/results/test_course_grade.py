"""The total of a gradebook: tables, and what must hold whatever the columns are."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.points import POINT
from results.gradebook import Category, Mark, course_grade, rest_weight

HOMEWORK, EXAMS = Category(1, "Homework", 40 * POINT, 1), Category(2, "Exams", 60 * POINT)


def mark(key: str, earned: int, possible: int, category: int | None = None) -> Mark:
    return Mark(key, category, Fraction(earned * POINT), Fraction(possible * POINT))


@pytest.mark.parametrize(
    ("categories", "marks", "share"),
    [
        ([], [], None),
        ([], [mark("a", 3, 4)], Fraction(3, 4)),
        ([], [mark("a", 3, 4), mark("b", 0, 4)], Fraction(3, 8)),
        ([EXAMS], [mark("a", 1, 2, 2)], Fraction(1, 2)),
        ([EXAMS], [mark("a", 1, 2, 2), mark("b", 1, 1)], Fraction(60 * 1, 200) + Fraction(40, 100)),
        (
            [HOMEWORK, EXAMS],
            [mark("a", 1, 2, 1), mark("b", 2, 2, 1), mark("c", 1, 4, 2)],
            Fraction(2, 5) + Fraction(3, 5) / 4,
        ),
        ([HOMEWORK], [mark("a", 0, 2, 1)], Fraction(0)),
        ([HOMEWORK, EXAMS], [mark("a", 1, 3, 1)], Fraction(1, 3)),
        ([HOMEWORK, EXAMS], [mark("a", 1, 1)], None),
        ([Category(3, "Practice", 0)], [mark("a", 1, 2, 3)], None),
        ([EXAMS], [mark("a", 3, 2, 2)], Fraction(3, 2)),
        ([EXAMS], [mark("a", 1, 2, 77)], Fraction(1, 2)),
    ],
    ids=[
        "nothing counts yet",
        "one column",
        "without categories points are added up",
        "one category alone weighs everything",
        "the rest weighs what categories leave",
        "the lowest is left out",
        "but never the last one",
        "a category in which nothing counts yet is left out",
        "the rest weighs nothing where categories take 100",
        "what weighs nothing makes no total",
        "more than it is worth",
        "a category that is gone is the rest",
    ],
)
def test_the_total_is_exact(categories, marks, share) -> None:
    assert course_grade(categories, marks).share == share


def test_weights_say_what_they_weigh_in_this_total() -> None:
    grade = course_grade([HOMEWORK, EXAMS], [mark("a", 1, 2, 1), mark("b", 2, 2, 1), mark("c", 1, 4, 2)])
    assert [part.weight for part in grade.parts] == [Fraction(2, 5), Fraction(3, 5)]
    assert grade.is_dropped("a")
    assert not grade.is_dropped("b")
    assert rest_weight([HOMEWORK, EXAMS]) == 0
    assert rest_weight([EXAMS]) == 40 * POINT


CATEGORIES = st.lists(st.tuples(st.integers(0, 33), st.integers(0, 3)), max_size=3).map(
    lambda rows: [Category(at, str(at), weight * POINT, drop) for at, (weight, drop) in enumerate(rows, 1)]
)
MARKS = st.lists(
    st.tuples(st.integers(0, 12 * POINT), st.integers(1, 10 * POINT), st.one_of(st.none(), st.integers(1, 4))),
    max_size=9,
).map(lambda rows: [Mark(f"quiz-{at}", category, Fraction(e), Fraction(p)) for at, (e, p, category) in enumerate(rows)])


@settings(deadline=None)
@given(CATEGORIES, MARKS, st.randoms())
def test_the_order_of_columns_does_not_matter(categories, marks, chance) -> None:
    mixed = list(marks)
    chance.shuffle(mixed)
    assert course_grade(categories, mixed).share == course_grade(categories, marks).share


@settings(deadline=None)
@given(CATEGORIES, MARKS)
def test_leaving_out_the_lowest_never_lowers_a_total(categories, marks) -> None:
    keeping = [Category(each.id, each.name, each.weight) for each in categories]
    with_drops, without = course_grade(categories, marks).share, course_grade(keeping, marks).share
    assert (with_drops is None) == (without is None)
    assert with_drops is None or without is None or with_drops >= without


@settings(deadline=None)
@given(CATEGORIES, MARKS)
def test_parts_weigh_one_together_and_make_the_total(categories, marks) -> None:
    grade = course_grade(categories, marks)
    if grade.share is not None:
        assert sum(part.weight for part in grade.parts) == 1
        assert grade.share == sum(part.weight * part.earned / part.possible for part in grade.parts)
    kept = sorted(each.key for part in grade.parts for each in (*part.kept, *part.dropped))
    assert kept == sorted(each.key for each in marks)
