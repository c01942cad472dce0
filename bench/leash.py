"""Programs that end with this process, however it ends: a watcher beside it kills what it leaves behind.

A process that is killed runs no `finally`. So one small process of ours reads the ids of the programs' process groups
from a pipe (`+ID` when one begins, `-ID` when it has ended), and kills those that are left when the pipe closes.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
SECONDS_TO_END = 120


@contextmanager
def leashed(command: Sequence[str], ending: int = signal.SIGTERM, **options: Any) -> Iterator[subprocess.Popen[Any]]:
    """Run a program until the block ends: then `ending` is sent to it, and whatever is left of its group is killed.

    Raises TimeoutExpired if it had to be killed; `options` are Popen's.
    """
    program = subprocess.Popen(command, stdin=subprocess.DEVNULL, start_new_session=True, **options)
    _tell(f"+{program.pid}")
    try:
        yield program
    finally:
        try:
            program.send_signal(ending)
            program.wait(SECONDS_TO_END)
        finally:
            _kill(program.pid)
            program.wait(SECONDS_TO_END)
            _tell(f"-{program.pid}")


def _tell(line: str) -> None:
    pipe = _watcher().stdin
    assert pipe is not None
    pipe.write(f"{line}\n".encode())
    pipe.flush()


@cache
def _watcher() -> subprocess.Popen[bytes]:
    """Start this process's watcher. It holds none of our outputs, or whoever reads these would wait for it."""
    nowhere = subprocess.DEVNULL
    command = [sys.executable, "-m", "bench.leash"]
    return subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=nowhere, stderr=nowhere, start_new_session=True
    )


def _kill(group: int) -> None:
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(group, signal.SIGKILL)


def _watch(lines: Iterable[str]) -> None:
    running: set[int] = set()
    for line in lines:
        (running.add if line.startswith("+") else running.discard)(int(line[1:]))
    for group in running:
        _kill(group)


if __name__ == "__main__":
    _watch(sys.stdin)
