"""Commands about quizzes."""

from __future__ import annotations

import click
from flask.cli import AppGroup

from core.database import commit
from quizzes.operations.tallies import rebuild_tallies

tally_commands = AppGroup("tallies", help="The counts that results pages read.")


@tally_commands.command("rebuild")
def rebuild() -> None:
    """Count everything anew from the responses."""
    rebuild_tallies()
    commit()
    click.echo("Counted.")
