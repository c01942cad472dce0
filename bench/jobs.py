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


@dataclass(frozen=True)
class Job:
    """One line of the table. `goal` and `never_above` are ratios to the yardstick; `who` is a role below."""

    name: str
    words: str
    goal: float
    never_above: float
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
    effort = partial(_effort, quick=quick)
    results = [
        Job(
            f"G5-{size}",
            f"results per question, {size:,} students",
            1.0,
            2.0,
            TEACHER,
            partial(visits.read, path=f"/readings/{reading}/results"),
            partial(_get, path=f"/quizzes/{quizzes[size]}/results"),
            effort(40 if size > 1000 else 60),
        )
        for size, reading in filled.readings.items()
    ]
    largest = max(filled.readings)
    everybody = f"/readings/{filled.readings[largest]}/results/students"
    quiz, thread = f"/quizzes/{WRITTEN_QUIZ}", f"/threads/{THREAD}"
    return [
        Job(
            "G1",
            "a whole attempt",
            2.5,
            5.0,
            WRITERS,
            partial(visits.whole_attempt, filled=filled),
            _attempt,
            effort(30),
        ),
        Job("G2", "open ten questions", 2.0, 4.0, READER, Reopening(filled), partial(_get, path=quiz), effort(60)),
        Job(
            "G3",
            "read 200 comments",
            2.0,
            4.0,
            READER,
            partial(visits.read, path=f"/discussions/{filled.thread}"),
            partial(_get, path=thread),
            effort(40),
        ),
        Job("G4", "add a comment", 2.0, 4.0, WRITERS, partial(visits.reply, filled=filled), _reply, effort(60)),
        *results,
        Job(
            "G6",
            f"results with {largest:,} students listed",
            2.5,
            5.0,
            TEACHER,
            partial(visits.read, path=everybody),
            partial(_get, path=f"/quizzes/{quizzes[largest]}/students"),
            effort(8),
        ),
    ]


def _effort(times: int, *, quick: bool) -> Effort:
    return Effort(2, max(3, times // 6)) if quick else Effort(6, times)


def _get(browser: Browser, path: str) -> None:
    assert browser.get(path).status == 200


def _attempt(browser: Browser) -> None:
    _get(browser, f"/quizzes/{WRITTEN_QUIZ}")
    fields = {"student": "Student 1", **{f"q{number}": "0" for number in range(1, QUESTIONS + 1)}}
    assert browser.post(f"/quizzes/{WRITTEN_QUIZ}/attempts", fields).status == 200


def _reply(browser: Browser) -> None:
    fields = {"parent": "1", "body": COMMENT.format(number=0)}
    assert browser.post(f"/threads/{THREAD}/comments", fields).status == 200
