"""A process that is killed is started again, for as long as the server beside it runs."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.support.processes import is_gone
from tests.support.source import ROOT

PATIENCE = 300
# Writes its id into a file, and then waits to be killed.
CHILD = "import os, pathlib, sys, time; pathlib.Path(sys.argv[1]).write_text(str(os.getpid())); time.sleep(600)"


@pytest.fixture
def note(tmp_path: Path) -> Path:
    """Where the process that is watched writes its id."""
    return tmp_path / "pid"


def watching(beside: int, *command: str) -> subprocess.Popen[str]:
    wanted = [sys.executable, "-m", "core.watching", str(beside), *command]
    return subprocess.Popen(wanted, cwd=ROOT, stderr=subprocess.PIPE, text=True)


def pid_in(note: Path, other_than: int = 0) -> int:
    """The id that is written there, once it is another one than this."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        found = note.read_text() if note.exists() else ""
        if found and int(found) != other_than:
            return int(found)
        time.sleep(0.05)
    raise AssertionError("nothing was started")


def test_a_killed_process_is_started_again_and_this_is_said(note):
    watcher = watching(os.getpid(), sys.executable, "-c", CHILD, str(note))
    try:
        first = pid_in(note)
        os.kill(first, signal.SIGKILL)
        second = pid_in(note, other_than=first)
        watcher.send_signal(signal.SIGTERM)
        assert watcher.wait(PATIENCE) == 0
        assert is_gone(second, PATIENCE)
        assert watcher.stderr is not None
        assert "The worker ended (status -9) and is started again" in watcher.stderr.read()
    finally:
        watcher.kill()
        watcher.communicate(timeout=PATIENCE)


def test_it_ends_with_the_process_that_it_stands_beside(note):
    parent = f"import os, subprocess; subprocess.Popen([{sys.executable!r}, '-m', 'core.watching', str(os.getpid()),"
    parent += f" {sys.executable!r}, '-c', {CHILD!r}, {str(note)!r}]); input()"
    server = subprocess.Popen([sys.executable, "-c", parent], cwd=ROOT, stdin=subprocess.PIPE)
    try:
        child = pid_in(note)
        server.kill()
        server.communicate(timeout=PATIENCE)
        assert is_gone(child, PATIENCE)
    finally:
        server.kill()
        server.wait(PATIENCE)


def test_beside_nobody_nothing_is_started(note):
    watcher = watching(1, sys.executable, "-c", CHILD, str(note))
    assert watcher.wait(PATIENCE) == 0
    watcher.communicate(timeout=PATIENCE)
    assert not note.exists()


def test_the_server_is_run_with_a_worker_that_is_watched():
    source = (ROOT / "manage.py").read_text(encoding="utf-8")
    assert '"core.watching", str(os.getpid()), *FLASK, "worker"' in source
