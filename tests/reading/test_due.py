"""What is due next for a student."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from reading.due import agenda
from reading.queries.quizzes import QuizState
from reading.queries.student_home import ReadingRow
from reading.queries.talk import Talk

NOW = datetime(2026, 11, 18, 9, 0, tzinfo=UTC)
QUIZ = QuizState(1, 1, "Quiz", 5, 500_000, None, 100, 1, 0, 0, None)


def reading(number: int, due_in_days: int | None, closes_in_days: int | None = None) -> ReadingRow:
    def on(days: int | None) -> datetime | None:
        return None if days is None else NOW + timedelta(days=days)

    return ReadingRow(number, f"Reading {number}", 1, "Class", "UTC", on(due_in_days), on(closes_in_days))


def test_the_reading_that_is_due_next_comes_first() -> None:
    found = agenda([reading(1, 2), reading(2, 5), reading(3, None)], [], {}, NOW)
    assert found.upcoming is not None
    assert found.upcoming.reading.id == 1
    assert [due.reading.id for due in found.later] == [2, 3]


def test_a_late_quiz_that_is_still_open_is_still_to_do() -> None:
    found = agenda([reading(1, -1, 3)], [QUIZ], {}, NOW)
    assert found.upcoming is not None
    assert not found.past


def test_what_is_handed_in_or_closed_is_past() -> None:
    done = replace(QUIZ, attempts=1, handed_in=1)
    closed = replace(QUIZ, delivery_id=2, assignment_id=2)
    found = agenda([reading(1, 2), reading(2, -9, -2)], [done, closed], {}, NOW)
    assert found.upcoming is None
    assert {due.reading.id for due in found.past} == {1, 2}


def test_one_quiz_of_two_handed_in_is_not_done() -> None:
    done = replace(QUIZ, attempts=1, handed_in=1)
    found = agenda([reading(1, 2)], [done, replace(QUIZ, delivery_id=2)], {}, NOW)
    assert found.upcoming is not None


def test_a_prompt_without_an_own_post_is_still_to_do() -> None:
    done = replace(QUIZ, attempts=1, handed_in=1)
    found = agenda([reading(1, 2)], [done], {1: Talk(2, 1)}, NOW)
    assert found.upcoming is not None
    assert agenda([reading(1, 2)], [done], {1: Talk(2, 2)}, NOW).upcoming is None


def test_a_reading_without_a_quiz_is_past_once_it_was_due() -> None:
    found = agenda([reading(1, -1), reading(2, 1)], [], {}, NOW)
    assert found.upcoming is not None
    assert found.upcoming.reading.id == 2
    assert [due.reading.id for due in found.past] == [1]
