"""What needs an instructor now, most pressing first. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from fractions import Fraction

from core.points import Points, half_up
from quizzes.figures import NEAR, Completion, ScoreCount, handed_in_of, middle_score
from reading.queries.staff_home import GivenQuiz, HardItem, OwnMissing, TaughtClass


@dataclass(frozen=True)
class Need:
    """One thing to do: kind waiting, drafts, missing or stuck, where, how many, and the words of a question.

    `drafts` says how many grades by hand wait for release; `due_at`, when what is missing is or was due.
    """

    kind: str
    quiz: GivenQuiz
    section_name: str
    zone: str
    count: int
    words: str = ""
    drafts: int = 0
    due_at: datetime | None = None


@dataclass(frozen=True)
class ClassLine:
    """One class with how far it is with its newest quiz; middle score in points."""

    section: TaughtClass
    quiz: GivenQuiz | None
    completion: Completion | None
    middle: Points | None


@dataclass(frozen=True)
class Figures:
    """What was read about the quizzes: answers and drafts waiting, scores by delivery, and the hardest questions.

    `own_missing`: who has not handed in and has dates of their own, soonest due first.
    """

    waiting: Mapping[int, int]
    drafts: Mapping[int, int]
    scores: Mapping[int, Sequence[ScoreCount]]
    hard: Sequence[HardItem]
    own_missing: Sequence[OwnMissing] = ()


def needs(sections: Sequence[TaughtClass], quizzes: Sequence[GivenQuiz], figures: Figures, now: datetime) -> list[Need]:
    """Return what to do: answers to read, classes that are stuck, hand-ins that are missing."""
    place = {section.id: section for section in sections}
    found = []
    for quiz in quizzes:
        section = place[quiz.section_id]
        for kind, count, words in _counts(quiz, figures, now):
            drafts = figures.drafts.get(quiz.delivery_id, 0)
            found.append(Need(kind, quiz, section.name, section.zone, count, words, drafts))
        missing, due_at = _missing(quiz, figures, now)
        if missing:
            found.append(Need("missing", quiz, section.name, section.zone, missing, due_at=due_at))
    order = {"waiting": 0, "drafts": 0, "stuck": 1, "missing": 2}
    return sorted(found, key=lambda need: (order[need.kind], need.section_name, need.quiz.delivery_id))


def _counts(quiz: GivenQuiz, figures: Figures, now: datetime) -> Iterator[tuple[str, int, str]]:
    waiting = figures.waiting.get(quiz.delivery_id, 0)
    if waiting:
        yield "waiting", waiting, ""
    elif quiz.delivery_id in figures.drafts:
        yield "drafts", figures.drafts[quiz.delivery_id], ""
    hardest = next((item for item in figures.hard if item.delivery_id == quiz.delivery_id), None)
    if hardest is not None and not _is_over(quiz, now):
        yield "stuck", half_up(Fraction(hardest.share_lost) * 100), hardest.stem


def _missing(quiz: GivenQuiz, figures: Figures, now: datetime) -> tuple[int, datetime | None]:
    """Return how many hand-ins are missing that are worth a word now, each by the student's own dates, and when due."""
    own = [group for group in figures.own_missing if group.delivery_id == quiz.delivery_id]
    missing = quiz.completion(handed_in_of(figures.scores.get(quiz.delivery_id, ()))).missing
    others: tuple[GivenQuiz | OwnMissing, int] = (quiz, missing - sum(group.students for group in own))
    groups = [others, *((group, group.students) for group in own)]
    near = [(dates.due_at, students) for dates, students in groups if students > 0 and _is_near(dates, now)]
    return sum(students for _due, students in near), near[0][0] if near else None


def _is_over(quiz: GivenQuiz, now: datetime) -> bool:
    return quiz.closes_at is not None and now > quiz.closes_at + timedelta(days=7)


def _is_near(dates: GivenQuiz | OwnMissing, now: datetime) -> bool:
    if dates.closes_at is not None and now > dates.closes_at:
        return False
    return dates.due_at is not None and now > dates.due_at - NEAR


def class_lines(sections: Sequence[TaughtClass], quizzes: Sequence[GivenQuiz], figures: Figures) -> list[ClassLine]:
    """Return each class with its newest quiz (`quizzes` come newest first)."""
    newest: dict[int, GivenQuiz] = {}
    for quiz in quizzes:
        newest.setdefault(quiz.section_id, quiz)
    return [_line(section, newest.get(section.id), figures) for section in sections]


def _line(section: TaughtClass, quiz: GivenQuiz | None, figures: Figures) -> ClassLine:
    if quiz is None:
        return ClassLine(section, None, None, None)
    scores = figures.scores.get(quiz.delivery_id, ())
    return ClassLine(section, quiz, quiz.completion(handed_in_of(scores)), middle_score(scores))
