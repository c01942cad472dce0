"""What a cell of the gradebook is: attempts, dates, decisions and releases, each in a table."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from operator import attrgetter

import pytest

from discussion.participation import MISSED as TALK_MISSED
from discussion.participation import OPEN as TALK_OPEN
from discussion.participation import Requirement, Standing
from results.grade_cells import (
    BACK,
    COUNTED,
    EXCUSE,
    EXCUSED,
    MISSING,
    OPEN,
    OVERRIDE,
    WAITING,
    Attempted,
    Column,
    Decision,
    Moment,
    Student,
    decided,
    is_told,
    line_of,
    quiz_cell,
    talk_cell,
)

NOW = datetime(2026, 11, 28, 12, tzinfo=UTC)
QUIZ = Column("quiz", 7, 1, "Who paid?", "A bridge", 10, closes_at=NOW, which_counts="highest", release_score="at_once")
AT, ANNA = Moment("Europe/Berlin", NOW), Student(1, "Anna")
DAY, SECOND = timedelta(days=1), timedelta(seconds=1)


def attempt(
    number: int, points: int, *, credited: int | None = None, ungraded: int = 0, done: bool = True
) -> Attempted:
    late = credited is not None
    return Attempted(number, number, done, late, points, points if credited is None else credited, 10, ungraded)


TWO = [attempt(1, 9, credited=4), attempt(2, 5)]


@pytest.mark.parametrize(
    ("which", "attempts", "state", "earned"),
    [
        ("highest", TWO, COUNTED, 5),
        ("first", TWO, COUNTED, 4),
        ("last", TWO, COUNTED, 5),
        ("average", TWO, COUNTED, 5),
        ("highest", [attempt(1, 5, ungraded=1), attempt(2, 9)], WAITING, 9),
        ("last", [attempt(1, 5, ungraded=1), attempt(2, 9)], COUNTED, 9),
        ("highest", [attempt(1, 5), attempt(2, 9, done=False)], COUNTED, 5),
        ("highest", [attempt(1, 5, done=False)], OPEN, 0),
        ("highest", [], OPEN, 0),
    ],
)
def test_the_attempt_that_counts_is_in_the_cell_late_credit_included(which, attempts, state, earned) -> None:
    cell = quiz_cell(replace(QUIZ, which_counts=which), ANNA, attempts, AT)
    assert (cell.state, cell.earned, cell.possible) == (state, earned, 10)


@pytest.mark.parametrize(
    ("after", "days", "state"),
    [(timedelta(), 0, OPEN), (SECOND, 0, MISSING), (SECOND, 1, OPEN), (DAY, 1, OPEN), (DAY + SECOND, 1, MISSING)],
)
def test_nothing_handed_in_is_zero_when_ones_own_close_is_past(after, days, state) -> None:
    found = quiz_cell(QUIZ, Student(1, "Anna", days), [], Moment("Europe/Berlin", NOW + after))
    assert (found.state, found.counts) == (state, state == MISSING)


def test_without_a_close_nothing_is_ever_missing() -> None:
    assert quiz_cell(replace(QUIZ, closes_at=None), ANNA, [], AT).state == OPEN


def test_a_decision_stands_above_what_was_handed_in_until_it_is_taken_back() -> None:
    cell = quiz_cell(QUIZ, ANNA, TWO, AT)
    more, excused = decided(cell, Decision(1, OVERRIDE, 12)), decided(cell, Decision(2, EXCUSE, None))
    assert (more.state, more.earned, more.plain) == (COUNTED, 12, cell)
    assert (excused.state, excused.counts) == (EXCUSED, False)
    back = decided(cell, Decision(3, BACK, None))
    assert (back.earned, back.ruled, back.number) == (5, None, 3)


def test_other_points_for_a_discussion_are_of_all_that_it_asks_for_also_of_what_is_not_over_yet() -> None:
    talk = Column("talk", 3, 1, "Who gains?", "A bridge", 4)
    asked = [
        Standing(Requirement(at, "post", 1, NOW, 2), NOW, 1, (), (), state)
        for at, state in enumerate((TALK_MISSED, TALK_OPEN), 1)
    ]
    cell = decided(talk_cell(talk, asked), Decision(1, OVERRIDE, 2))
    assert (cell.earned, cell.possible) == (2, 4)
    later = [each._replace(state=TALK_MISSED) for each in asked]
    assert decided(talk_cell(talk, later), Decision(1, OVERRIDE, 2)).possible == cell.possible


def test_what_is_excused_counts_as_if_it_was_not_there() -> None:
    other = quiz_cell(replace(QUIZ, id=8), ANNA, [attempt(1, 3)], AT)
    excused = decided(quiz_cell(QUIZ, ANNA, TWO, AT), Decision(1, EXCUSE, None))
    assert line_of(ANNA, [excused, other], ()).grade == line_of(ANNA, [other], ()).grade
    assert line_of(ANNA, [other], ()).grade.share == Fraction(3, 10)


@pytest.mark.parametrize(
    ("rule", "told"), [("at_once", True), ("by_instructor", False), ("never", False), ("after_close", False)]
)
def test_a_cell_is_told_when_the_score_is_released(rule, told) -> None:
    column = replace(QUIZ, release_score=rule, latest_closes_at=NOW + DAY)
    cell = quiz_cell(column, ANNA, TWO, AT)
    assert is_told(cell, NOW) is told
    assert is_told(decided(cell, Decision(1, OVERRIDE, 3)), NOW) is told
    assert is_told(quiz_cell(column, ANNA, [], AT), NOW)
    assert not is_told(cell._replace(column=replace(column, opens_at=NOW + DAY)), NOW)


def test_columns_stand_as_the_readings_opened():
    always, early = replace(QUIZ, assignment_id=9), replace(QUIZ, opens_at=NOW - DAY, assignment_id=8)
    late = replace(QUIZ, opens_at=NOW, assignment_id=7)
    assert sorted((late, early, always), key=attrgetter("place")) == [always, early, late]
