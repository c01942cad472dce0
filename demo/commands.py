"""`flask --app wsgi demo load`: the demonstration, for an empty installation."""

from __future__ import annotations

import os
import secrets
import sys
from pathlib import Path

import click
from flask import current_app
from flask.cli import AppGroup

from classroom.passwords import hash_password
from core.database import commit
from core.settings import DEMO_PASSWORD_FILE
from demo.loading import NotEmptyError, load_demonstration

NOT_EMPTY = 3
LEGIBLE = "23456789abcdefghjkmnpqrstwxyz"

demo_commands = AppGroup("demo", help="The demonstration class.")


@demo_commands.command("load")
def load() -> None:
    """Load the demonstration class into an empty installation.

    Everybody in it has the password of COLLOQUY_DEMO_PASSWORD, else that of instance/demo-password, else a new one;
    it is kept in that file. Exit status 3: people are there already, and nothing was loaded.
    """
    password = current_app.config["COLLOQUY_DEMO_PASSWORD"] or new_password()
    try:
        load_demonstration(hash_password(password))
    except NotEmptyError:
        click.echo("People are in this installation already, so the demonstration was not loaded.", err=True)
        sys.exit(NOT_EMPTY)
    file = keep(password)
    commit()
    click.echo(f"The demonstration is loaded. The password of its accounts is in {file}.")


def new_password() -> str:
    """Return a random password in groups of four, without characters that look alike (58 bits)."""
    return "-".join("".join(secrets.choice(LEGIBLE) for _ in range(4)) for _ in range(3))


def keep(password: str) -> Path:
    """Write the password where this account alone can read it; return the file."""
    file = Path(current_app.config["COLLOQUY_INSTANCE"]) / DEMO_PASSWORD_FILE
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    file.unlink(missing_ok=True)
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as opened:
        opened.write(password + "\n")
    return file
