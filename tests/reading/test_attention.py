"""What needs an instructor."""

from datetime import UTC, datetime, timedelta

from quizzes.figures import ScoreCount
from reading.attention import Figures, class_lines, needs
from reading.queries.staff_home import GivenQuiz, HardItem, OwnMissing, TaughtClass

NOW = datetime(2026, 11, 18, 9, 0, tzinfo=UTC)
CLASS = TaughtClass(1, "Section A", "", "UTC", "ABC234", True, "instructor", 24)
NONE = Figures({}, {}, {}, [])


def quiz(due_in_days: int | None = 2, closes_in_days: int | None = 5, delivery: int = 7) -> GivenQuiz:
    def on(days: int | None) -> datetime | None:
        return None if days is None else NOW + timedelta(days=days)

    return GivenQuiz(delivery, 3, 1, "Quiz", "Article", on(due_in_days), on(closes_in_days), 24, 1, 0, 1_000_000)


def kinds(given: GivenQuiz, figures: Figures) -> list[tuple[str, int]]:
    return [(need.kind, need.count) for need in needs([CLASS], [given], figures, NOW)]


def test_answers_that_wait_come_first_then_stuck_classes_then_missing_hand_ins() -> None:
    figures = Figures({7: 3}, {}, {7: [ScoreCount(500_000, False, 20)]}, [HardItem(7, "Why?", 0.6, 20)])
    assert kinds(quiz(), figures) == [("waiting", 3), ("stuck", 60), ("missing", 4)]


def test_missing_hand_ins_are_told_only_near_the_due_time() -> None:
    assert kinds(quiz(due_in_days=2), NONE) == [("missing", 24)]
    assert kinds(quiz(due_in_days=4), NONE) == []
    assert kinds(quiz(due_in_days=None), NONE) == []


def test_nothing_is_missing_once_the_quiz_is_closed() -> None:
    assert kinds(quiz(due_in_days=-9, closes_in_days=-1), NONE) == []


def own(due_in_days: int, closes_in_days: int, students: int = 2) -> OwnMissing:
    return OwnMissing(7, NOW + timedelta(days=due_in_days), NOW + timedelta(days=closes_in_days), students)


def missing(given: GivenQuiz, *groups: OwnMissing) -> list[tuple[int, datetime | None]]:
    figures = Figures({}, {}, {7: [ScoreCount(500_000, False, 20)]}, [], groups)
    return [(need.count, need.due_at) for need in needs([CLASS], [given], figures, NOW)]


def test_who_has_later_dates_of_their_own_is_not_missing_yet() -> None:
    given = quiz(due_in_days=1, closes_in_days=2)
    assert missing(given, own(2, 3)) == [(4, given.due_at)]
    assert missing(given, own(5, 6)) == [(2, given.due_at)]
    assert missing(given, own(5, 6), own(9, 10)) == []
    assert missing(given, own(2, 3, 1), own(9, 10, 1)) == [(3, given.due_at)]


def test_who_may_still_hand_in_after_the_class_has_closed_is_missing_by_their_own_dates() -> None:
    given = quiz(due_in_days=-3, closes_in_days=-1)
    assert missing(given, own(1, 2)) == [(2, NOW + timedelta(days=1))]
    assert missing(given, own(-2, 1, 1), own(2, 3, 1)) == [(2, NOW - timedelta(days=2))]
    assert missing(given, own(4, 6)) == []
    assert missing(given, own(-2, -1)) == []


def test_a_class_line_shows_its_newest_quiz() -> None:
    line = class_lines([CLASS], [quiz(delivery=8), quiz(delivery=7)], NONE)[0]
    assert line.quiz is not None
    assert line.quiz.delivery_id == 8
    assert line.completion is not None
    assert (line.completion.started, line.completion.not_started) == (1, 23)


def test_a_class_without_a_quiz_has_an_empty_line() -> None:
    line = class_lines([CLASS], [], NONE)[0]
    assert (line.quiz, line.completion, line.middle) == (None, None, None)
