"""Commands about quizzes."""

from __future__ import annotations

from itertools import islice

import click
from flask.cli import AppGroup

from core.database import commit
from quizzes.operations.tallies import rebuild_tallies
from quizzes.queries.counted import wrong_tallies

MOST_SHOWN = 20
tally_commands = AppGroup("tallies", help="The counts that results pages read.")


@tally_commands.command("rebuild")
def rebuild() -> None:
    """Count everything anew from the responses."""
    rebuild_tallies()
    commit()
    click.echo("Counted.")


@tally_commands.command("check")
def check() -> None:
    """Compare the counts with the responses; ends with 1 if any is wrong."""
    wrong = list(islice(wrong_tallies(), MOST_SHOWN))
    for line in wrong:
        click.echo(line)
    if wrong:
        click.echo("Some counts are wrong: `flask --app wsgi tallies rebuild` makes them right.")
        raise SystemExit(1)
    click.echo("Every count is right.")
