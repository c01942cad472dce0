"""Work that no request waits for: tasks, done over and over by as many workers as are started.

A task finds what is to be done and does one thing at a time, each in a transaction of its own. Two workers may
find the same thing: `do` must be harmless when it is done already. What tasks there are, app.py says.
"""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

import click
from flask import Flask, current_app
from flask.cli import with_appcontext

from core.database import commit, db, give_up

TURN = 1.0  # seconds between two looks at the signals, the process beside and the clock
LONGEST_PAUSE = 60.0  # seconds before a task that failed is tried again


Afterwards: TypeAlias = Callable[[], bool | None]
"""What is done once something is durable and no transaction is open, such as sending mail. What it writes is committed
too. It says whether it did anything, or None if that did not go well and the task should be tried later."""


@dataclass(frozen=True)
class Task:
    """`find` only reads and gives ids; `do` writes about one of them, never commits, and says whether it did, or
    returns what comes afterwards.

    `words` tell the log what was done, with `{n}` for how often; `every` is in seconds.
    """

    words: str
    every: float
    find: Callable[[], Sequence[int]]
    do: Callable[[int], bool | Afterwards]


@dataclass
class _Turn:
    """When a task is due again (monotonic seconds), and how often running it failed since it last worked."""

    task: Task
    due: float = 0.0
    failures: int = field(default=0)

    def went(self, *, well: bool) -> None:
        self.failures = 0 if well else self.failures + 1
        pause = min(self.task.every * 2**self.failures, max(LONGEST_PAUSE, self.task.every))
        self.due = time.monotonic() + pause


def run_task(app: Flask, task: Task) -> bool:
    """Do everything that is to be done now. An error is logged and ends nothing but its own transaction.

    Returns whether all went well.
    """
    with app.app_context():
        try:
            found = task.find()
        except Exception:
            return _failed(app, task, None)
        outcomes = [_do(app, task, one) for one in found]
    if done := outcomes.count(True):
        click.echo(task.words.format(n=done))
    return None not in outcomes


def _do(app: Flask, task: Task, one: int) -> bool | None:
    """Do one thing in its own transaction: whether there was anything to do, or None if it failed."""
    try:
        done = task.do(one)
        commit()
        return done if isinstance(done, bool) else _go_on(done)
    except Exception:
        _failed(app, task, one)
        return None


def _go_on(afterwards: Afterwards) -> bool | None:
    done = afterwards()
    commit()
    return done


def work(app: Flask, tasks: Iterable[Task], stop: threading.Event, beside: int = 0) -> None:
    """Go on until `stop` is set, or until the parent process is not `beside` any more (0: whoever it is)."""
    turns = [_Turn(task) for task in tasks]
    while not stop.is_set() and (not beside or os.getppid() == beside):
        for turn in turns:
            if turn.due <= time.monotonic():
                turn.went(well=run_task(app, turn.task))
        stop.wait(TURN)


def worker_command(tasks: Sequence[Task]) -> click.Command:
    """Return the command that does the tasks."""

    @click.command("worker")
    @click.option("--once", is_flag=True, help="Do what is to be done now, and end.")
    @click.option("--beside", type=int, default=0, metavar="PID", help="End when this parent process has ended.")
    @with_appcontext
    def worker(*, once: bool, beside: int) -> None:
        """Do what must happen although nobody opens a page: hand in attempts in time, tell people, send mail."""
        app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]
        if once:
            went_well = [run_task(app, task) for task in tasks]
            raise SystemExit(0 if all(went_well) else 1)
        stop = threading.Event()
        for name in (signal.SIGINT, signal.SIGTERM):
            signal.signal(name, lambda *_: stop.set())
        work(app, tasks, stop, beside)

    return worker


def _failed(app: Flask, task: Task, one: int | None) -> bool:
    """Leave no transaction and no broken connection behind; never well."""
    app.logger.exception("the worker failed: %s (%s)", task.words, "looking" if one is None else one)
    give_up()
    db.engine.dispose()
    return False
