"""Both applications under the same server: gunicorn with two workers of four threads."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench import cpu

ROOT = Path(__file__).resolve().parent.parent
WORKERS, THREADS = 2, 4
SECONDS_TO_START = 180


@dataclass(frozen=True)
class Server:
    """A running application: where it listens and which processes work for it (its database's too)."""

    port: int
    roots: tuple[int, ...]

    def milliseconds(self) -> float:
        """The CPU time used so far by the application and its database, in milliseconds."""
        return cpu.milliseconds(cpu.family(self.roots))


@contextmanager
def serving(application: str, environment: Mapping[str, str], database_roots: tuple[int, ...]) -> Iterator[Server]:
    """Run one application until the block ends; its log is shown if it does not start."""
    port = _free_port()
    command = [sys.executable, "-m", "gunicorn", "--no-control-socket", "-k", "gthread"]
    command += ["-w", str(WORKERS), "--threads", str(THREADS), "--keep-alive", "900", "--log-level", "warning"]
    command += ["--bind", f"127.0.0.1:{port}", application]
    with tempfile.TemporaryFile() as log:
        process = subprocess.Popen(command, cwd=ROOT, env={**os.environ, **environment}, stdout=log, stderr=log)
        try:
            if not _answers(port, process):
                log.seek(0)
                raise RuntimeError(f"{application} did not start:\n{log.read().decode(errors='replace')}")
            yield Server(port, (process.pid, *database_roots))
        finally:
            process.terminate()
            process.wait(30)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _answers(port: int, process: subprocess.Popen[bytes]) -> bool:
    end = time.monotonic() + SECONDS_TO_START
    while process.poll() is None and time.monotonic() < end:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5) as answer:
                return bool(answer.status == 200)
        except urllib.error.HTTPError as error:
            raise RuntimeError(f"/healthz answers {error.code}") from error
        except OSError:
            time.sleep(0.05)
    return False
