"""Accounts from the command line: how instructors are appointed."""

from __future__ import annotations

import sys

import click
from flask.cli import AppGroup

from classroom import operations
from classroom.models import ACCOUNT_ROLES
from classroom.names import clean_email
from classroom.passwords import hash_password, weakness_of
from core.database import commit
from core.dates import is_time_zone

user_commands = AppGroup("user", help="Accounts.")


@user_commands.command("create")
@click.argument("email")
@click.option("--role", type=click.Choice(ACCOUNT_ROLES), default="student", show_default=True)
@click.option("--name", default="", help="The name on screen; by default the part before the @.")
@click.option("--time-zone", default="UTC", show_default=True, help="For example Europe/Berlin.")
@click.option("--password-stdin", is_flag=True, help="Read the password from standard input, not from a prompt.")
def create(email: str, role: str, name: str, time_zone: str, password_stdin: bool) -> None:
    """Make an account that signs in with EMAIL."""
    address = clean_email(email)
    if address is None:
        raise click.BadParameter(f"{email} is not an e-mail address.", param_hint="EMAIL")
    if not is_time_zone(time_zone):
        raise click.BadParameter(f"{time_zone} is not a time zone.", param_hint="--time-zone")
    name = name or address.split("@")[0]
    password = sys.stdin.readline().rstrip("\r\n") if password_stdin else _asked()
    weakness = weakness_of(password, name, address)
    if weakness:
        raise click.ClickException(weakness)
    new = operations.NewUser(
        name=name,
        password_hash=hash_password(password),
        email=address,
        role=role,
        time_zone=time_zone,
        email_confirmed=True,
    )
    try:
        operations.create_user(new)
    except operations.NameTakenError:
        raise click.ClickException(f"There is an account with the address {address} already.") from None
    commit()
    click.echo(f"{address} can sign in ({role}).")


def _asked() -> str:
    password: str = click.prompt("Password", hide_input=True, confirmation_prompt=True)
    return password
