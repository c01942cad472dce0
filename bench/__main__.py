"""`python -m bench [--quick]`: one tab-separated line for each job and database on standard output.

Columns: goal, database, CPU ratio to the yardstick, SQL statements, kilobytes. A goal like G5-3000/30 has the ratio to
Colloquy's own page for 30 students instead. What is going on, and the milliseconds
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
from bench.colloquy.seed import Filled, application, assistant_of, fill, settings
from bench.colloquy.statements import InProcess, counted
from bench.colloquy.visits import Member
from bench.databases import KINDS, Databases, databases
from bench.jobs import GROWTHS, READER, SINGLY, TEACHER, WRITERS, Job, effort_of, jobs
from bench.measure import Pair, Side, compare
from bench.servers import serving
from bench.sizes import GROWTH, STUDENTS
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
        with databases(kind) as places:
            _measure_growth(places, quick=options.quick, only=options.only)
    return 0


def _measure(places: Databases, *, quick: bool, only: Sequence[str] | None) -> None:
    """Fill both databases of one kind, run both applications, and print a line for each job."""
    sizes = QUICK_STUDENTS if quick else STUDENTS
    _say(f"filling {places.kind} …")
    with ExitStack() as stack:
        instance = stack.enter_context(tempfile.TemporaryDirectory(prefix="colloquy-bench-"))
        app = application(places.colloquy, instance)
        filled = fill(app, sizes)
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


def _measure_growth(places: Databases, *, quick: bool, only: Sequence[str] | None) -> None:
    """Fill a database with classes up to the largest; print for each pair what the larger costs beside the smaller.

    Each page is opened by somebody who teaches that class alone: no other class stands beside it.
    """
    wanted = [each for each in GROWTHS if each.name in (only or (each.name,))]
    if quick or not wanted:
        return
    _say(f"filling {places.kind} with {max(GROWTH):,} students …")
    with ExitStack() as stack:
        instance = stack.enter_context(tempfile.TemporaryDirectory(prefix="colloquy-bench-"))
        filled = fill(application(places.colloquy, instance), GROWTH)
        server = stack.enter_context(serving("wsgi:app", settings(places.colloquy, instance), places.roots))
        pages = {}
        for size, reading in filled.readings.items():
            browser = stack.enter_context(Browser(server.port))
            assistant = visits.sign_in(browser, assistant_of(size), filled.password)
            pages[size] = Side(server, partial(visits.read, assistant, f"/readings/{reading}/results"))
        for growth in wanted:
            pair = compare(pages[growth.large], pages[growth.small], effort_of(60, quick=quick))
            print(growth.name, places.kind, f"{pair.ratio:.2f}", "", "", sep="\t", flush=True)
            verdict = "above" if pair.ratio > growth.goal else "within"
            _say(
                f"{growth.name} the results page of {growth.large:,} beside that of {growth.small}: "
                f"{pair.measured:.2f} ms beside {pair.yardstick:.2f} ms; {verdict} {growth.goal:g}"
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
