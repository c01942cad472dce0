"""`python -m bench.term [--students 5000] [--quizzes 200]`: the results of a large class after a whole term.

Every results page is opened several times in turns with the bare aggregate that it shows, over the same rows and the
same connection pool. Standard output is a table, tab-separated: database, page, statements, milliseconds, milliseconds
of the aggregate, ratio (medians). Then the exports: their size, and by how much they let the process grow.
"""

from __future__ import annotations

import argparse
import gc
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from flask import Flask
from sqlalchemy import text

from bench import bare
from bench.colloquy.seed import TEACHER, application
from bench.colloquy.statements import InProcess, counted
from bench.colloquy.term import Term, fill_term
from bench.colloquy.visits import Member, sign_in
from bench.databases import KINDS, Databases, databases
from core import clock
from core.database import db
from core.table_files import KINDS as KINDS_OF_FILES
from results.need_facts import LOW_FOR

COLUMNS = ("database", "page", "statements", "milliseconds", "bare_milliseconds", "ratio")
EXPORT_COLUMNS = ("database", "export", "statements", "milliseconds", "megabytes", "megabytes_grown")
MEGABYTE = 1_000_000
RESET_PEAK = Path("/proc/self/clear_refs")
TIMES = 7
GARBAGE = (20_000, 20, 50)


@dataclass(frozen=True)
class Page:
    """A page, and the aggregate of which it is made: of the class's reading, or of the one that two classes share."""

    name: str
    path: str
    bare: tuple[str, ...]
    is_own: bool = False
    is_shared: bool = False


def pages_of(term: Term) -> list[Page]:
    """Every results page of the class."""
    reading, book = f"/readings/{term.reading}/results", f"/classes/{term.section}/gradebook"
    shared, student = f"/readings/{term.shared}/results", f"/classes/{term.section}/students/{term.place}/readings"
    return [
        Page("results", reading, bare.RESULTS),
        Page("two classes", shared, bare.TWO_CLASSES, is_shared=True),
        Page("map", f"{reading}/map", bare.MAP),
        Page("projector", f"{reading}/projector", bare.MAP),
        Page("statistics", f"{reading}/statistics", bare.STATISTICS),
        Page("certainty", f"{shared}/certainty", bare.CERTAINTY, is_shared=True),
        Page("what split the class", f"{reading}/discussion", bare.SPLIT),
        Page("taking part", f"{reading}/taking-part", bare.TAKING_PART),
        Page("every student", f"{reading}/students", (bare.STUDENTS,)),
        Page("matrix", f"{reading}/matrix", bare.MATRIX),
        Page("class over time", f"/classes/{term.section}/over-time", bare.OVER_TIME),
        Page("one student", student, bare.ONE_STUDENT),
        Page("gradebook", book, bare.GRADEBOOK),
        Page("a student's grades", f"{book}/students/{term.place}", bare.OWN_GRADES),
        Page("own grades", f"/classes/{term.section}/grades", bare.OWN_GRADES, is_own=True),
        Page("needs me", "/needs-me", bare.NEEDS),
        Page("a message", f"/messages/{term.message}", bare.MESSAGE, is_own=True),
    ]


def exports_of(term: Term) -> list[tuple[str, str]]:
    """What leaves as a file, by name and path."""
    reading, book = f"/readings/{term.reading}", f"/classes/{term.section}/gradebook"
    return [
        (f"{name}, {kind.upper()}", f"{path}.{kind}")
        for name, path in (
            ("matrix", f"{reading}/results"),
            ("statistics", f"{reading}/results/statistics"),
            ("comments", f"/classes/{term.section}/comments"),
            ("gradebook", book),
        )
        for kind in KINDS_OF_FILES
    ]


def main(arguments: Sequence[str]) -> int:
    """Measure on each database and print the tables."""
    parser = argparse.ArgumentParser(prog="python -m bench.term", description=__doc__)
    parser.add_argument("--students", type=int, default=5000)
    parser.add_argument("--quizzes", type=int, default=200)
    parser.add_argument("--database", choices=KINDS, action="append", help="on this database alone")
    parser.add_argument("--no-exports", action="store_true", help="pages alone")
    options = parser.parse_args(arguments)
    for kind in options.database or KINDS:
        with databases(kind) as places:
            _measure(places, options)
    return 0


def _measure(places: Databases, options: argparse.Namespace) -> None:
    with ExitStack() as stack:
        instance = stack.enter_context(tempfile.TemporaryDirectory(prefix="colloquy-bench-"))
        app = application(places.colloquy, instance)
        term = fill_term(app, options.students, options.quizzes)
        teacher = sign_in(InProcess(app), TEACHER, term.password)
        student = sign_in(InProcess(app), "student1", term.password)
        gc.collect()
        gc.freeze()  # as gunicorn.conf.py does: what was filled in is no garbage of the pages
        gc.set_threshold(*GARBAGE)
        _say(*EXPORT_COLUMNS)
        for name, path in () if options.no_exports else exports_of(term):
            _say(places.kind, name, *_export(app, term, path))
        _say(*COLUMNS)
        for page in pages_of(term):
            member = student if page.is_own else teacher
            _say(places.kind, page.name, *_compare(app, _opening(member, page), _asking(app, page, term)))


def _compare(app: Flask, opened: Callable[[], object], asked: Callable[[], object]) -> tuple[object, ...]:
    opened()
    with counted(app) as seen:
        opened()
    pairs = [(_milliseconds(opened), _milliseconds(asked)) for _time in range(TIMES)]
    mine, least = (statistics.median(each) for each in zip(*pairs, strict=True))
    ratio = statistics.median(one / other for one, other in pairs)
    return len(seen), f"{mine:.1f}", f"{least:.1f}", f"{ratio:.1f}"


def _export(app: Flask, term: Term, path: str) -> tuple[object, ...]:
    """Read an export piece by piece, as a server sends it, and look at the most memory that the process ever had."""
    client = app.test_client()
    sign_in(InProcess(app, client), TEACHER, term.password)
    with counted(app) as seen:
        before, start, size = _resident("VmRSS"), time.perf_counter(), 0
        RESET_PEAK.write_text("5", encoding="ascii")
        answer = client.get(path, buffered=False)
        for piece in answer.iter_encoded():
            size += len(piece)
        answer.close()
        seconds = time.perf_counter() - start
    assert answer.status_code == 200, f"{path}: status {answer.status_code}"
    grown = max(_resident("VmHWM") - before, 0)
    return len(seen), f"{1000 * seconds:.0f}", f"{size / MEGABYTE:.1f}", f"{grown / MEGABYTE:.1f}"


def _resident(line: str) -> int:
    """The memory of this process in bytes: now (VmRSS), or the most since the peak was reset (VmHWM)."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return 1024 * int(status.split(f"{line}:")[1].split()[0])


def _say(*columns: object) -> None:
    print(*columns, sep="\t", flush=True)


def _opening(member: Member, page: Page) -> Callable[[], object]:
    def opened() -> None:
        answer = member.visitor.get(page.path)
        assert answer.status == 200, f"{page.path}: status {answer.status}"

    return opened


def _asking(app: Flask, page: Page, term: Term) -> Callable[[], object]:
    values: dict[str, object] = {
        name: getattr(term, name) for name in ("delivery", "section", "place", "thread", "message")
    }
    values["since"] = clock.now() - LOW_FOR
    if page.is_shared:
        values["delivery"] = term.shared_delivery

    def asked() -> None:
        with app.app_context(), db.engine.connect() as connection:
            for statement in page.bare:
                names = {name: value for name, value in values.items() if f":{name}" in statement}
                connection.execute(text(statement), names).all()

    return asked


def _milliseconds(act: Callable[[], object]) -> float:
    start = time.perf_counter()
    act()
    return 1000 * (time.perf_counter() - start)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
