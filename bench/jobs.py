"""The jobs of the goals G1 to G6: what Colloquy does, and what the yardstick does for it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from bench.browser import Browser
from bench.colloquy import visits
from bench.colloquy.seed import Filled
from bench.colloquy.visits import Member
from bench.measure import Effort
from bench.sizes import COMMENT, QUESTIONS
from bench.yardstick.seed import THREAD, WRITTEN_QUIZ

Doing = Callable[[Member], int]

TEACHER, READER, WRITERS = "teacher", "reader", "writers"
SINGLY = "G1-single"  # no goal, and in no table: what the slowest way of saving costs


@dataclass(frozen=True)
class Job:
    """One line of the table. `limits` are ratios to the yardstick: the goal, and what is never exceeded."""

    name: str
    words: str
    limits: tuple[float, float]
    who: str
    does: Doing
    yardstick: Callable[[Browser], object]
    effort: Effort


class Reopening:
    """Opens an attempt in progress; the first time it starts one."""

    def __init__(self, filled: Filled) -> None:
        self._filled = filled
        self._paths: dict[int, str] = {}

    def __call__(self, member: Member) -> int:
        """Open the page of this member's attempt."""
        if id(member) not in self._paths:
            self._paths[id(member)], page = visits.start(member, self._filled)
            return len(page.body)
        return visits.read(member, self._paths[id(member)])


def jobs(filled: Filled, quizzes: dict[int, int], *, quick: bool) -> list[Job]:
    """The jobs in the order in which they are measured: a thread is read before more is written into it."""
    effort = partial(effort_of, quick=quick)
    return [*_students_jobs(filled, effort), *_teachers_jobs(filled, quizzes, effort)]


@dataclass(frozen=True)
class Growth:
    """What the results page of a large class costs beside that of a small one; the goal is not to be exceeded."""

    large: int
    small: int
    goal: float

    @property
    def name(self) -> str:
        """How it is called in the table."""
        return f"G5-{self.large}/{self.small}"


GROWTHS = (Growth(3000, 30, 1.3), Growth(30_000, 30, 1.5), Growth(3000, 300, 1.3), Growth(30_000, 300, 1.5))
"""The page of a class of thirty lists its students, larger ones lead to the list: hence also beside 300."""


def _students_jobs(filled: Filled, effort: Callable[[int], Effort]) -> list[Job]:
    whole = partial(visits.whole_attempt, filled=filled)
    one_by_one = partial(visits.attempt_saved_one_by_one, filled=filled)
    thread = partial(visits.read, path=f"/discussions/{filled.thread}?all=1")
    reply = partial(visits.reply, filled=filled)
    ten = partial(_get, path=f"/quizzes/{WRITTEN_QUIZ}")
    return [
        Job("G1", "a whole attempt", (2.5, 5), WRITERS, whole, _attempt, effort(30)),
        Job("G2", "open ten questions", (2, 4), READER, Reopening(filled), ten, effort(60)),
        Job("G3", "read 200 comments", (2, 4), READER, thread, read_least, effort(40)),
        Job("G4", "add a comment", (2, 4), WRITERS, reply, reply_least, effort(60)),
        Job(SINGLY, "a whole attempt, ten single saves", (2.5, 5), WRITERS, one_by_one, _attempt, effort(10)),
    ]


def _teachers_jobs(filled: Filled, quizzes: dict[int, int], effort: Callable[[int], Effort]) -> list[Job]:
    largest = max(quizzes)
    found = []
    for size in quizzes:
        reading = filled.readings[size]
        page = partial(visits.read, path=f"/readings/{reading}/results")
        least = partial(_get, path=f"/quizzes/{quizzes[size]}/results")
        words = f"results per question, {size:,} students"
        found.append(Job(f"G5-{size}", words, (1, 2), TEACHER, page, least, effort(40 if size > 1000 else 60)))
    listed = partial(visits.read, path=f"/readings/{filled.readings[largest]}/results/students")
    least = partial(_get, path=f"/quizzes/{quizzes[largest]}/students")
    words = f"results with {largest:,} students listed"
    return [*found, Job("G6", words, (2.5, 5), TEACHER, listed, least, effort(8))]


def effort_of(times: int, *, quick: bool) -> Effort:
    """How often a job is done that takes `times` to measure well."""
    return Effort(2, max(3, times // 6)) if quick else Effort(6, times)


def _get(browser: Browser, path: str) -> None:
    assert browser.get(path).status == 200


def _attempt(browser: Browser) -> None:
    open_least(browser)
    hand_in_least(browser)


def open_least(browser: Browser) -> None:
    """Open the yardstick's ten questions."""
    _get(browser, f"/quizzes/{WRITTEN_QUIZ}")


def hand_in_least(browser: Browser) -> None:
    """Write the yardstick's eleven rows."""
    fields = {"student": "Student 1", **{f"q{number}": "0" for number in range(1, QUESTIONS + 1)}}
    assert browser.post(f"/quizzes/{WRITTEN_QUIZ}/attempts", fields).status == 200


def read_least(browser: Browser) -> None:
    """Read the yardstick's thread."""
    _get(browser, f"/threads/{THREAD}")


def reply_least(browser: Browser) -> None:
    """Write a comment into it."""
    fields = {"parent": "1", "body": COMMENT.format(number=0)}
    assert browser.post(f"/threads/{THREAD}/comments", fields).status == 200
