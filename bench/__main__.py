"""`python -m bench [--quick]`: one tab-separated line for each job and database on standard output.

Columns: goal, database, CPU ratio to the yardstick, SQL statements, kilobytes. A goal like G5-3000/30 has the ratio to
Colloquy's own page for 30 instead. What is going on, and the milliseconds
behind each ratio, go to standard error. CPU time is that of the application's and the database's processes together.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from functools import partial
from itertools import cycle

from flask import Flask

from bench.browser import Browser
from bench.colloquy import visits
from bench.colloquy.seed import TEACHER as TEACHER_ACCOUNT
from bench.colloquy.seed import Filled, application, fill, settings
from bench.colloquy.statements import InProcess, counted
from bench.colloquy.visits import Member
from bench.databases import KINDS, Databases, databases
from bench.jobs import READER, SINGLY, TEACHER, WRITERS, Growth, Job, growths, jobs
from bench.measure import Pair, Side, compare
from bench.servers import Server, serving
from bench.sizes import LARGEST, STUDENTS
from bench.yardstick.seed import seed

QUICK_STUDENTS = (30, 300)
COLUMNS = ("goal", "database", "cpu_ratio", "statements", "kilobytes")


def main(arguments: Sequence[str]) -> int:
    """Measure everything and print the table."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="fewer rounds and no class of thousands: rough figures")
    parser.add_argument("--only", metavar="JOB", action="append", help="measure this job alone (G1 … G6); repeatable")
    parser.add_argument("--database", choices=KINDS, action="append", help="measure on this database alone")
    options = parser.parse_args(arguments)
    print(*COLUMNS, sep="\t", flush=True)
    for kind in options.database or KINDS:
        with databases(kind) as places:
            _measure(places, quick=options.quick, only=options.only)
    return 0


def _measure(places: Databases, *, quick: bool, only: Sequence[str] | None) -> None:
    """Fill both databases of one kind, run both applications, and print a line for each job."""
    sizes = QUICK_STUDENTS if quick else STUDENTS
    _say(f"filling {places.kind} …")
    with ExitStack() as stack:
        instance = stack.enter_context(tempfile.TemporaryDirectory(prefix="colloquy-bench-"))
        app = application(places.colloquy, instance)
        filled = fill(app, sizes if quick else (*sizes, LARGEST))
        quizzes = seed(places.yardstick, sizes)
        colloquy = stack.enter_context(serving("wsgi:app", settings(places.colloquy, instance), places.roots))
        environment = {"YARDSTICK_DATABASE": places.yardstick}
        yardstick = stack.enter_context(serving("bench.yardstick.app:app", environment, places.roots))
        minimal = stack.enter_context(Browser(yardstick.port))
        crews: dict[str, list[Member]] = {}
        for job in jobs(filled, quizzes, quick=quick):
            if job.name not in (only or (job.name,)):
                continue
            if job.who not in crews:
                browsers = [(name, stack.enter_context(Browser(colloquy.port))) for name in _accounts(filled)[job.who]]
                crews[job.who] = [visits.sign_in(browser, name, filled.password) for name, browser in browsers]
            counts = _count(filled, job, InProcess(app), app)
            mine, least = partial(_take_turn, job, cycle(crews[job.who])), partial(job.yardstick, minimal)
            pair = compare(Side(colloquy, mine), Side(yardstick, least), job.effort)
            _print(job, places.kind, pair, counts)
        wanted = [each for each in growths(filled, quick=quick) if each.name in (only or (each.name,))]
        if wanted:
            browser = stack.enter_context(Browser(colloquy.port))
            teacher = visits.sign_in(browser, TEACHER_ACCOUNT, filled.password)
        for growth in wanted:
            _print_growth(growth, places.kind, colloquy, teacher)


def _print_growth(growth: Growth, kind: str, server: Server, teacher: Member) -> None:
    large, small = Side(server, partial(growth.large, teacher)), Side(server, partial(growth.small, teacher))
    pair = compare(large, small, growth.effort)
    print(growth.name, kind, f"{pair.ratio:.2f}", "", f"{growth.large(teacher) / 1000:.1f}", sep="\t", flush=True)
    verdict = "above" if pair.ratio > growth.goal else "within"
    _say(
        f"{growth.name} {growth.words}: {pair.measured:.2f} ms beside {pair.yardstick:.2f} ms; {verdict} {growth.goal:g}"
    )


def _take_turn(job: Job, turns: Iterator[Member]) -> None:
    job.does(next(turns))


def _accounts(filled: Filled) -> dict[str, list[str]]:
    return {TEACHER: [TEACHER_ACCOUNT], READER: [filled.writers[-1]], WRITERS: list(filled.writers[:-1])}


def _count(filled: Filled, job: Job, visitor: InProcess, app: Flask) -> tuple[int, int]:
    """The bytes that come back and the statements it takes, the second time it is done."""
    member = visits.sign_in(visitor, _accounts(filled)[job.who][-1], filled.password)
    job.does(member)
    with counted(app) as seen:
        received = job.does(member)
    return received, len(seen)


def _print(job: Job, kind: str, pair: Pair, counts: tuple[int, int]) -> None:
    received, statements = counts
    if job.name != SINGLY:
        print(job.name, kind, f"{pair.ratio:.2f}", statements, f"{received / 1000:.1f}", sep="\t", flush=True)
    goal, never_above = job.limits
    verdict = "above" if pair.ratio > never_above else "within"
    _say(
        f"{job.name} {job.words}: {pair.measured:.2f} ms, yardstick {pair.yardstick:.2f} ms, ratio {pair.ratio:.2f}; "
        f"{verdict} {never_above:g} (goal {goal:g})"
    )


def _say(words: str) -> None:
    print(words, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
