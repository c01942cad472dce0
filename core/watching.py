"""Keeps a process running beside another one: starts it again whenever it ends, until that other has ended.

    python -m core.watching PID command …

PID is the process that started this one. The standard library alone: this stays small beside the server. What it
starts is told `--beside` with its own id, so that nothing is left running whoever is killed.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Sequence

TURN = 0.5  # seconds between two looks
LONGEST_PAUSE = 60.0  # seconds before what keeps failing is tried again
STEADY = 60.0  # seconds after which a process counts as one that works


def watch(beside: int, command: Sequence[str], stop: threading.Event) -> None:
    """Keep `command` running until `stop` is set or `beside` is this process's parent no more."""
    pause = 1.0
    while not _is_over(beside, stop):
        began = time.monotonic()
        child = subprocess.Popen([*command, "--beside", str(os.getpid())])  # noqa: S603
        while child.poll() is None and not _is_over(beside, stop):
            stop.wait(TURN)
        if child.poll() is None:
            child.terminate()
            child.wait()
            return
        pause = 1.0 if time.monotonic() - began > STEADY else min(2 * pause, LONGEST_PAUSE)
        if not _is_over(beside, stop):
            told = f"The worker ended (status {child.returncode}) and is started again in {pause:.0f} seconds.\n"
            sys.stderr.write(f"{told}Nothing is lost: what it would hand in counts as handed in already.\n")
            _rest(pause, beside, stop)


def _is_over(beside: int, stop: threading.Event) -> bool:
    return stop.is_set() or os.getppid() != beside


def _rest(pause: float, beside: int, stop: threading.Event) -> None:
    end = time.monotonic() + pause
    while time.monotonic() < end and not _is_over(beside, stop):
        stop.wait(TURN)


def main(arguments: Sequence[str]) -> None:
    """Watch until a signal says to stop."""
    stop = threading.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda *_: stop.set())
    watch(int(arguments[0]), arguments[1:], stop)


if __name__ == "__main__":
    main(sys.argv[1:])
