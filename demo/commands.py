"""`flask --app wsgi demo load`: the demonstration, for an empty installation."""

from __future__ import annotations

import sys

import click
from flask import current_app
from flask.cli import AppGroup

from classroom.passwords import hash_password
from core.database import commit
from demo.loading import NotEmptyError, load_demonstration

NOT_EMPTY = 3

demo_commands = AppGroup("demo", help="The demonstration class.")


@demo_commands.command("load")
def load() -> None:
    """Load the demonstration class into an empty installation.

    Everybody in it has the password of COLLOQUY_DEMO_PASSWORD, or else of instance/demo-password. Exit status 3: people
    are there already, and nothing was loaded.
    """
    password = current_app.config["COLLOQUY_DEMO_PASSWORD"]
    if not password:
        raise click.ClickException(
            "No password for the demonstration's accounts. Set COLLOQUY_DEMO_PASSWORD, or run "
            "`python3 manage.py run` once: it makes one and keeps it in instance/."
        )
    try:
        load_demonstration(hash_password(password))
    except NotEmptyError:
        click.echo("People are in this installation already, so the demonstration was not loaded.", err=True)
        sys.exit(NOT_EMPTY)
    commit()
    click.echo("The demonstration is loaded.")
