#!/usr/bin/env python3
"""Set up, run, test and measure Colloquy. Needs Python 3.11 or newer and nothing else.

python3 manage.py run [--port N] [--host H] [--no-demo]   install, prepare the database and serve
python3 manage.py test [pytest arguments]                 install, then lint, type check and test
python3 manage.py bench [--quick]                         install, then measure beside the yardstick

Everything installed goes into .venv, everything an installation owns into instance/. Only the
standard library is used here, because this file runs before anything is installed.
"""

from __future__ import annotations

import argparse
import errno
import hashlib
import json
import os
import secrets
import shutil
import socket
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = BIN / ("python.exe" if os.name == "nt" else "python")
FLASK = (str(PYTHON), "-m", "flask", "--app", "wsgi")
INSTANCE = Path(os.environ.get("COLLOQUY_INSTANCE") or ROOT / "instance")
SECRET_KEY_FILE = INSTANCE / "secret-key"
DEMO_PASSWORD_FILE = INSTANCE / "demo-password"

RUN_REQUIREMENTS = ("requirements.txt",)
TEST_REQUIREMENTS = ("requirements.txt", "requirements-dev.txt")
# Without windows it takes a third of the time to open a page; the rest is the same browser.
SHELL = "chromium-headless-shell"
BROWSERS = (SHELL, "chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "msedge")
APT_BROWSERS = (SHELL, "chromium")
APT_FONTS = ("fonts-urw-base35", "fonts-inter")
# `flask demo load` answers this when people are already in the database.
NOT_EMPTY = 3
DEMO_ACCOUNTS = (
    ("instructor@example.org", "teaches both classes"),
    ("assistant@example.org", "helps in the first class"),
    ("student@example.org", "a student of the first class"),
    ("classmate@example.org", "another student of the first class"),
    ("stranger@example.org", "in no class yet"),
)


def main(arguments: list[str]) -> int:
    """Run one command and return its exit status."""
    if sys.version_info < (3, 11):
        return fail("Colloquy needs Python 3.11 or newer: python3.11 manage.py …")
    options, rest = parse_arguments(arguments)
    os.chdir(ROOT)
    try:
        if options.command == "bench":
            return bench(quick=options.quick)
        return run(options) if options.command == "run" else test(rest)
    except subprocess.CalledProcessError as error:
        return fail(f"This step failed (status {error.returncode}): {' '.join(map(str, error.cmd))}")
    except KeyboardInterrupt:
        return 130


def parse_arguments(arguments: list[str]) -> tuple[argparse.Namespace, list[str]]:
    """The command's options, and for `test` the arguments that go to pytest as they are."""
    parser = argparse.ArgumentParser(prog="manage.py", description="Run, test or measure Colloquy.")
    commands = parser.add_subparsers(dest="command", required=True, metavar="run | test | bench")
    serve = commands.add_parser("run", help="install, prepare the database and serve")
    serve.add_argument("--host", default="127.0.0.1", help="address to listen on (%(default)s)")
    serve.add_argument("--port", type=port_number, default=8000, help="port to listen on (%(default)s)")
    serve.add_argument("--no-demo", action="store_true", help="start empty, for a real class")
    commands.add_parser("test", help="lint, types, tests; arguments go to pytest")
    measure = commands.add_parser("bench", help="measure the jobs beside the yardstick")
    measure.add_argument("--quick", action="store_true", help="fewer rounds, rougher figures")
    if arguments[:1] == ["test"]:
        return argparse.Namespace(command="test"), arguments[1:]
    return parser.parse_args(arguments), []


def port_number(text: str) -> int:
    """The number of a port on which a server can be found again."""
    if not text.isdecimal() or not 0 < int(text) < 65_536:
        raise argparse.ArgumentTypeError("it must be a number from 1 to 65535")
    return int(text)


def run(options: argparse.Namespace) -> int:
    """Install, migrate, load the demonstration into an empty installation, then serve."""
    if problem := port_problem(options.host, options.port):
        return fail(problem)
    ensure_packages(RUN_REQUIREMENTS)
    ensure_instance()
    subprocess.run([*FLASK, "db", "upgrade"], check=True)
    has_demo = not options.no_demo and load_demonstration()
    announce(options.host, options.port, has_demo=has_demo)
    return serve(options.host, options.port)


def port_problem(host: str, port: int) -> str | None:
    """Why nothing can listen there, in words; None when it can.

    The server shares its port between its workers, so a second server on the same port would
    start without an error and take half of the first one's visitors.
    """
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
        family, kind, protocol, _, address = found[0]
        with socket.socket(family, kind, protocol) as probe:
            # On POSIX this ignores connections that linger; on Windows it would ignore a listener.
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, os.name == "posix")
            probe.bind(address)
            probe.listen(1)
    except OSError as error:
        words = f"Cannot listen on {host}, port {port}: {error.strerror}."
        if error.errno == errno.EADDRINUSE:
            words += f"\nAnother program is using it. Try: python3 manage.py run --port {port % 65_535 + 1}"
        return words
    return None


def ensure_instance() -> None:
    """Make instance/ and the installation's secret, readable by this account alone."""
    INSTANCE.mkdir(mode=0o700, parents=True, exist_ok=True)
    INSTANCE.chmod(0o700)
    if not SECRET_KEY_FILE.exists():
        write_secret(SECRET_KEY_FILE, secrets.token_hex(32))


def write_secret(path: Path, secret: str) -> None:
    """Write a new file of mode 0600; the file never exists with wider rights."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(secret + "\n")


def load_demonstration() -> bool:
    """Load the demonstration if nobody is in the database; say whether its accounts are there."""
    print("Loading the demonstration class if the installation is empty …", flush=True)
    answer = subprocess.run([*FLASK, "demo", "load"], capture_output=True, text=True)
    if answer.returncode in (0, NOT_EMPTY):
        return DEMO_PASSWORD_FILE.exists()
    sys.stderr.write(answer.stdout + answer.stderr)
    raise subprocess.CalledProcessError(answer.returncode, answer.args)


def announce(host: str, port: int, *, has_demo: bool) -> None:
    """Print the address and, if the demonstration is there, who can sign in and how."""
    shown = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, f"[{host}]" if ":" in host else host)  # noqa: S104
    lines = ["", f"Colloquy is at http://{shown}:{port}/   (stop it with Ctrl-C)", ""]
    if has_demo:
        password = DEMO_PASSWORD_FILE.read_text(encoding="utf-8").strip()
        lines += [f"  {account:<24} {what}" for account, what in DEMO_ACCOUNTS]
        lines += ["", f"Password of each: {password}", ""]
    else:
        flask = f"{BIN.relative_to(ROOT)}{os.sep}flask --app wsgi"
        lines += ["Appoint an instructor, with the password on standard input:"]
        lines += [f"  {flask} user create EMAIL --role instructor --password-stdin", ""]
    print("\n".join(lines), flush=True)


def serve(host: str, port: int) -> int:
    """Serve until stopped, a watched worker beside. On POSIX this process becomes the server, so signals reach it."""
    bind = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
    subprocess.Popen([str(PYTHON), "-m", "core.watching", str(os.getpid()), *FLASK, "worker"])
    if os.name != "nt":
        options = "--no-control-socket --reuse-port -k gthread -w 2 --threads 32"
        options += " --graceful-timeout 5 --keep-alive 75 --log-level warning"
        command = [str(PYTHON), "-m", "gunicorn", *options.split(), "--bind", bind, "wsgi:app"]
        os.execv(command[0], command)
    command = [str(PYTHON), "-m", "waitress", "--threads=32", f"--listen={bind}", "wsgi:app"]
    return subprocess.run(command).returncode


def test(arguments: list[str]) -> int:
    """Lint, types and tests, or with arguments pytest alone; the first fault is the status."""
    ensure_packages(TEST_REQUIREMENTS)
    environment = {**os.environ, "CHROMIUM": ensure_browser()}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # tests start many processes: compile once for all of them
    lint = [] if arguments else [["ruff", "check", "."], ["ruff", "format", "--check", "."]]
    beside = [] if arguments else [subprocess.Popen([str(PYTHON), "-m", "mypy"], stdout=subprocess.PIPE)]
    statuses = []
    # Three keep two cores busy: one of them mostly waits, for a browser or for another process.
    for check in [*lint, ["pytest", "-n", "3", "--dist", "worksteal", *arguments]]:
        print(f"── {' '.join(check)}", flush=True)
        statuses.append(subprocess.run([str(PYTHON), "-m", *check], env=environment).returncode)
    for types in beside:
        print(f"── mypy\n{types.communicate()[0].decode()}", flush=True)
        statuses.append(types.returncode)
    return next(filter(None, statuses), 0)


def bench(*, quick: bool) -> int:
    """Measure; the figures go to standard output."""
    ensure_packages(TEST_REQUIREMENTS)
    command = [str(PYTHON), "-m", "bench", *(["--quick"] if quick else [])]
    return subprocess.run(command).returncode


def ensure_browser() -> str:
    """The path of a Chromium that starts, or "" for Playwright's own; stops when there is none."""
    browser = find_browser()
    for package in APT_BROWSERS if may_use_apt() else ():
        if not browser:
            print("Installing Chromium for the browser tests …", flush=True)
            apt_install((package, *APT_FONTS))
            browser = find_browser()
    if browser:
        return browser
    install = [str(PYTHON), "-m", "playwright", "install", "chromium"]
    if subprocess.run(install, capture_output=True).returncode == 0:
        return ""
    sys.exit(
        "The browser tests need Chromium. Install it with your system's package manager,\n"
        "or name it: CHROMIUM=/path/to/chromium python3 manage.py test"
    )


def find_browser() -> str | None:
    """The first browser of the machine that really starts (Ubuntu's apt has one that does not)."""
    found = (shutil.which(name) for name in (os.environ.get("CHROMIUM", ""), *BROWSERS) if name)
    return next((path for path in found if path and starts(path)), None)


def starts(browser: str) -> bool:
    """Whether the program answers to --version."""
    try:
        answer = subprocess.run([browser, "--version"], capture_output=True, timeout=60)
        return answer.returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


def ensure_packages(files: tuple[str, ...]) -> None:
    """Make .venv and install the locked packages; does nothing when that was done before."""
    stamp = VENV / "installed.json"
    installed: dict[str, str] = json.loads(stamp.read_text()) if stamp.exists() else {}
    wanted = {name: fingerprint(ROOT / name) for name in files}
    missing = [name for name in files if installed.get(name) != wanted[name]]
    if not missing and PYTHON.exists():
        return
    if not PYTHON.exists():
        make_environment()
        installed = {}
    print(f"Installing what {' and '.join(missing or files)} name …", flush=True)
    pip = [str(PYTHON), "-m", "pip", "install", "-qq", "--disable-pip-version-check"]
    for name in missing or files:
        subprocess.run([*pip, "--require-hashes", "-r", name], check=True)
        installed[name] = wanted[name]
        stamp.write_text(json.dumps(installed, indent=2) + "\n")


def fingerprint(path: Path) -> str:
    """Changes with the file's text, the Python version and the place of the environment."""
    marks = f"{sys.version_info[:2]} {VENV}\n".encode()
    return hashlib.sha256(marks + path.read_bytes()).hexdigest()


def make_environment() -> None:
    """Create .venv; on Debian without python3-venv, install that first if allowed to."""
    shutil.rmtree(VENV, ignore_errors=True)
    print("Making the environment in .venv …", flush=True)
    try:
        venv.create(VENV, with_pip=True)
    except (subprocess.CalledProcessError, ImportError):
        shutil.rmtree(VENV, ignore_errors=True)
        if not may_use_apt():
            sys.exit(
                "python3 -m venv does not work here. Install your system's python3-venv package\nand run this again."
            )
        apt_install(("python3-venv",))
        subprocess.run([sys.executable, "-m", "venv", str(VENV)], check=True)


def apt_install(packages: tuple[str, ...]) -> None:
    """Install Debian packages; the caller looks whether it worked."""
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(["apt-get", "-qq", "update"], env=environment)
    install = ["apt-get", "-qq", "install", "-y", "--no-install-recommends", *packages]
    subprocess.run(install, env=environment, stdout=subprocess.DEVNULL)


def may_use_apt() -> bool:
    """Whether system packages may be installed the Debian way."""
    return os.name == "posix" and os.geteuid() == 0 and shutil.which("apt-get") is not None


def fail(message: str) -> int:
    """Say what is wrong on standard error; the exit status."""
    sys.stderr.write(message + "\n")
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
