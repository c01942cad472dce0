"""`python -m bench.rush [--students 300] [--seconds 60]`: the bell rings, and everybody works at once.

All start within one second, save an answer every 15 seconds, and hand in within the last second. The same moments are
then kept on the yardstick: it opens its page for a start and writes its eleven rows for a save and for a hand-in.
Standard output: one tab-separated line for each database, act and side; milliseconds a person waits, at the median and
at the 95th percentile. Afterwards every answer is looked for: `lost` and `refused` must be 0.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from typing import Any

from sqlalchemy import func, select

from bench.browser import Browser
from bench.colloquy import visits
from bench.colloquy.seed import Filled, application, fill, settings
from bench.colloquy.visits import Member
from bench.crowd import COLUMNS, Clock, Waits, everybody
from bench.databases import KINDS, Databases, databases
from bench.jobs import hand_in_least, open_least
from bench.servers import serving
from bench.yardstick.seed import seed
from core.database import db
from quizzes.models import AnswerTally, Attempt, Response

SAVE_EVERY = 15.0  # seconds


@dataclass(frozen=True)
class Plan:
    """When one person does what, in seconds after the bell."""

    start: float
    saves: tuple[float, ...]
    hand_in: float

    @classmethod
    def of(cls, seconds: float, chance: random.Random) -> Plan:
        """A start in the first second, a save every 15, the hand-in in the last."""
        start = chance.random()
        saves = [start + SAVE_EVERY * number for number in range(1, 1 + int((seconds - 2) // SAVE_EVERY))]
        return cls(start, tuple(saves), seconds - 1 + chance.random())


def main(arguments: Sequence[str]) -> int:
    """Let them work, on each database, and print what they waited."""
    parser = argparse.ArgumentParser(prog="python -m bench.rush", description=__doc__)
    parser.add_argument("--students", type=int, default=300)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--database", choices=KINDS, action="append", help="on this database alone")
    options = parser.parse_args(arguments)
    print(*COLUMNS, sep="\t", flush=True)
    for kind in options.database or KINDS:
        with databases(kind) as places:
            _ring(places, options.students, options.seconds)
    return 0


def _ring(places: Databases, students: int, seconds: float) -> None:
    chance = random.Random(students)
    plans = [Plan.of(seconds, chance) for _student in range(students)]
    with ExitStack() as stack:
        instance = stack.enter_context(tempfile.TemporaryDirectory(prefix="colloquy-bench-"))
        app = application(places.colloquy, instance)
        filled = fill(app, (30,), writers=students)
        seed(places.yardstick, (30,))
        colloquy = stack.enter_context(serving("wsgi:app", settings(places.colloquy, instance), places.roots))
        browsers = [stack.enter_context(Browser(colloquy.port)) for _plan in plans]
        members = [visits.sign_in(*who, filled.password) for who in zip(browsers, filled.writers, strict=True)]
        waits = Waits()
        everybody([partial(_sit, *who, (filled, waits)) for who in _with_clock(members, plans)])
        with app.app_context():
            lost = _lost(filled, students, saves=len(plans[0].saves))
        waits.table(places.kind, "colloquy", lost)
    with ExitStack() as stack:
        environment = {"YARDSTICK_DATABASE": places.yardstick}
        least = stack.enter_context(serving("bench.yardstick.app:app", environment, places.roots))
        minimal = [stack.enter_context(Browser(least.port)) for _plan in plans]
        waits = Waits()
        everybody([partial(_sit_least, *who, waits) for who in _with_clock(minimal, plans)])
        waits.table(places.kind, "yardstick", 0)


def _with_clock(people: Sequence[Any], plans: Sequence[Plan]) -> list[tuple[Any, Plan, Clock]]:
    clock = Clock()
    return [(person, plan, clock) for person, plan in zip(people, plans, strict=True)]


def _sit(member: Member, plan: Plan, clock: Clock, at: tuple[Filled, Waits]) -> None:
    filled, waits = at
    clock.wait_until(plan.start)
    with waits.measured("start"):
        path, page = visits.start(member, filled)
    fields = visits.answers_on(page)
    answers = [name for name in fields if name.startswith("answer-")]
    for name, moment in zip(answers, plan.saves, strict=False):
        clock.wait_until(moment)
        with waits.measured("save"):
            visits.save_one(member, path, fields, name)
    clock.wait_until(plan.hand_in)
    with waits.measured("hand in"):
        visits.hand_in(member, path)


def _sit_least(browser: Browser, plan: Plan, clock: Clock, waits: Waits) -> None:
    clock.wait_until(plan.start)
    with waits.measured("start"):
        open_least(browser)
    for moment in plan.saves:
        clock.wait_until(moment)
        with waits.measured("save"):
            hand_in_least(browser)
    clock.wait_until(plan.hand_in)
    with waits.measured("hand in"):
        hand_in_least(browser)


def _lost(filled: Filled, students: int, saves: int) -> int:
    """How many acknowledged saves and hand-ins are not there, or not counted; an attempt too many counts as well."""
    attempts = Attempt.delivery_id == filled.quiz_delivery
    handed_in = db.session.scalar(select(func.count()).where(attempts, Attempt.submitted_at.is_not(None)))
    answered = db.session.scalar(
        select(func.count()).where(Response.delivery_id == filled.quiz_delivery, Response.answer_key.is_not(None))
    )
    tallied = select(func.sum(AnswerTally.responses)).where(AnswerTally.delivery_id == filled.quiz_delivery)
    counted = db.session.scalars(tallied.group_by(AnswerTally.item_id))
    wrong = sum(number != students for number in counted)
    return abs(students - (handed_in or 0)) + abs(students * saves - (answered or 0)) + wrong


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
