"""What a process starts on a leash does not outlive it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys

import pytest

from bench.leash import leashed
from tests.support.processes import is_gone
from tests.support.source import ROOT

PATIENCE = 120  # seconds
STARTS = """import sys
from bench.leash import leashed
with leashed(["sleep", "600"]) as program:
    print(program.pid, flush=True)
    sys.stdin.read()
"""

pytestmark = pytest.mark.skipif(os.name != "posix", reason="process groups are POSIX's")


def test_it_ends_with_the_block() -> None:
    with leashed(["sleep", "600"]) as program:
        assert program.poll() is None
    assert program.returncode == -signal.SIGTERM


def test_it_is_killed_when_it_does_not_end_by_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bench.leash.SECONDS_TO_END", 2)
    with pytest.raises(subprocess.TimeoutExpired), leashed(["sleep", "600"], signal.SIGCONT) as program:
        pass
    assert is_gone(program.pid, PATIENCE)


def test_it_is_killed_when_who_started_it_is_killed() -> None:
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    owner = subprocess.Popen([sys.executable, "-c", STARTS], cwd=ROOT, text=True, **pipes)
    try:
        assert owner.stdout is not None
        left = int(owner.stdout.readline())
    finally:
        owner.kill()
        owner.communicate(timeout=PATIENCE)
    assert is_gone(left, PATIENCE)
