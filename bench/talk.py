"""`python -m bench.talk [--students 300] [--comments 2000] [--seconds 60]`: the class talks in one long thread.

Everybody opens the thread at some moment of the first third and again twenty seconds later, and looks every ten
seconds for what is new, as an open page does that has no stream; thirty of them post a comment. The same moments are
then kept on the yardstick: its thread of two hundred comments for an opening, one row for a post, nothing for a look.
Standard output as of bench.rush. Afterwards every comment is looked for: `lost` and `refused` must be 0.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
import tempfile
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial

from sqlalchemy import func, select

from bench.browser import Browser
from bench.colloquy import visits
from bench.colloquy.seed import Filled, application, fill, settings
from bench.colloquy.visits import Member
from bench.crowd import COLUMNS, Clock, Waits, everybody
from bench.databases import KINDS, Databases, databases
from bench.jobs import read_least, reply_least
from bench.servers import serving
from bench.yardstick.seed import seed
from core.database import db
from discussion.models import Comment

WRITERS = 30
AGAIN, LOOK_EVERY = 20.0, 10.0  # seconds
CURSOR = re.compile(r'data-cursor="([^"]+)"')


@dataclass(frozen=True)
class Deed:
    """What one person does at a second after the bell."""

    at: float
    act: str


def plan_of(seconds: float, chance: random.Random, *, writes: bool) -> list[Deed]:
    """Two openings and looks until the end; for some a post in between."""
    opens = chance.random() * seconds / 3
    again = opens + AGAIN
    looks = range(1, 1 + int((seconds - again) // LOOK_EVERY))
    deeds = [Deed(opens, "open"), Deed(again, "open"), *(Deed(again + LOOK_EVERY * each, "look") for each in looks)]
    if writes:
        deeds.append(Deed(opens + chance.random() * AGAIN, "post"))
    return sorted(deeds, key=lambda deed: deed.at)


class Reader:
    """One student with the thread open."""

    def __init__(self, member: Member, filled: Filled) -> None:
        self._member = member
        self._filled = filled
        self._cursor = ""

    def open(self) -> None:
        """Open the thread: its first screen."""
        page = self._member.visitor.get(f"/discussions/{self._filled.thread}")
        found = CURSOR.search(page.text)
        assert page.status == 200, f"status {page.status}"
        assert found, "the page follows nothing"
        self._cursor = found[1]

    def look(self) -> None:
        """Ask for what came since."""
        address = f"/discussions/{self._filled.thread}/changes?after={self._cursor}"
        answer = self._member.visitor.get(address, {"X-Fragment": "1"})
        assert answer.status in {200, 204, 205}, f"status {answer.status}"

    def post(self) -> None:
        """Write a comment."""
        visits.reply(self._member, self._filled)


class LeastReader:
    """The same on the yardstick."""

    def __init__(self, browser: Browser) -> None:
        self._browser = browser

    def open(self) -> None:
        """Open its thread."""
        read_least(self._browser)

    def look(self) -> None:
        """It has nothing of the kind: an empty page."""
        assert self._browser.get("/healthz").status == 200

    def post(self) -> None:
        """Write one row."""
        reply_least(self._browser)


def main(arguments: Sequence[str]) -> int:
    """Let them talk, on each database, and print what they waited."""
    parser = argparse.ArgumentParser(prog="python -m bench.talk", description=__doc__)
    parser.add_argument("--students", type=int, default=300)
    parser.add_argument("--comments", type=int, default=2000)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--database", choices=KINDS, action="append", help="on this database alone")
    options = parser.parse_args(arguments)
    print(*COLUMNS, sep="\t", flush=True)
    chance = random.Random(options.students)
    plans = [plan_of(options.seconds, chance, writes=number < WRITERS) for number in range(options.students)]
    for kind in options.database or KINDS:
        with databases(kind) as places:
            _talk(places, plans, options.comments)
    return 0


def _talk(places: Databases, plans: Sequence[list[Deed]], comments: int) -> None:
    with ExitStack() as stack:
        instance = stack.enter_context(tempfile.TemporaryDirectory(prefix="colloquy-bench-"))
        app = application(places.colloquy, instance)
        filled = fill(app, (30,), writers=len(plans), comments=comments)
        seed(places.yardstick, (30,))
        colloquy = stack.enter_context(serving("wsgi:app", settings(places.colloquy, instance), places.roots))
        browsers = [stack.enter_context(Browser(colloquy.port)) for _plan in plans]
        members = [visits.sign_in(*who, filled.password) for who in zip(browsers, filled.writers, strict=True)]
        waits = _everybody([Reader(member, filled) for member in members], plans)
        with app.app_context():
            there = db.session.scalar(select(func.count()).where(Comment.delivery_id == filled.thread))
        waits.table(places.kind, "colloquy", lost=comments + len(waits.of["post"]) - (there or 0))
    with ExitStack() as stack:
        environment = {"YARDSTICK_DATABASE": places.yardstick}
        least = stack.enter_context(serving("bench.yardstick.app:app", environment, places.roots))
        minimal = [stack.enter_context(Browser(least.port)) for _plan in plans]
        _everybody([LeastReader(browser) for browser in minimal], plans).table(places.kind, "yardstick", lost=0)


def _everybody(readers: Sequence[Reader | LeastReader], plans: Sequence[list[Deed]]) -> Waits:
    waits, clock = Waits(), Clock()
    everybody([partial(_read, *each, clock, waits) for each in zip(readers, plans, strict=True)])
    return waits


def _read(reader: Reader | LeastReader, plan: Sequence[Deed], clock: Clock, waits: Waits) -> None:
    for deed in plan:
        clock.wait_until(deed.at)
        with waits.measured(deed.act):
            getattr(reader, deed.act)()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
