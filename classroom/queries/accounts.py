"""Accounts: who is behind a name, a link, a device."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, or_, select

from classroom.models import PasswordReset, SignIn, User
from classroom.names import name_key
from classroom.tokens import token_hash
from core import clock
from core.database import db, read_connection


@dataclass(frozen=True)
class Credentials:
    """What checking a password needs to know of an account."""

    user_id: int
    name: str
    username: str | None
    email: str | None
    password_hash: str


@dataclass(frozen=True)
class MailReset:
    """Whom to mail a link to."""

    user_id: int
    name: str
    email: str


@dataclass(frozen=True)
class SignInRow:
    """A device on which somebody is signed in."""

    id: int
    device: str
    created_at: datetime


def _named(identifier: str) -> ColumnElement[bool]:
    key = name_key(identifier)
    return or_(User.username_key == key, User.email_key == key)


_CREDENTIALS = (User.id, User.name, User.username, User.email, User.password_hash)


def find_credentials(identifier: str) -> Credentials | None:
    """Return the account with this username or e-mail address, whatever its case.

    In a read transaction of its own: the password is checked before anything is written.
    """
    with read_connection() as connection:
        row = connection.execute(select(*_CREDENTIALS).where(_named(identifier))).one_or_none()
    return Credentials(*row) if row else None


def find_user_id(identifier: str) -> int | None:
    """Return the id of the account with this username or e-mail address."""
    return db.session.execute(select(User.id).where(_named(identifier))).scalar_one_or_none()


def find_user_to_mail(email: str) -> MailReset | None:
    """Return the account with this e-mail address, read in a transaction of its own."""
    statement = select(User.id, User.name, User.email).where(User.email_key == name_key(email))
    with read_connection() as connection:
        row = connection.execute(statement).one_or_none()
    return MailReset(row.id, row.name, str(row.email)) if row else None


def find_reset(token: str) -> Credentials | None:
    """Return whose password a mailed link may set now: it is not used and not an hour old."""
    statement = (
        select(*_CREDENTIALS)
        .join(PasswordReset, PasswordReset.user_id == User.id)
        .where(
            PasswordReset.token_hash == token_hash(token),
            PasswordReset.used_at.is_(None),
            PasswordReset.expires_at > clock.now(),
        )
    )
    with read_connection() as connection:
        row = connection.execute(statement).one_or_none()
    return Credentials(*row) if row else None


def list_sign_ins_for(user_id: int) -> Sequence[SignInRow]:
    """Return the devices on which a person is signed in, the newest first, at most 50."""
    statement = (
        select(SignIn.id, SignIn.device, SignIn.created_at)
        .where(SignIn.user_id == user_id)
        .order_by(SignIn.created_at.desc(), SignIn.id.desc())
        .limit(50)
    )
    return [SignInRow(*row) for row in db.session.execute(statement)]


def list_taken_usernames() -> frozenset[str]:
    """Return all usernames, folded: what a roster proposes must be free."""
    statement = select(User.username_key).where(User.username_key.is_not(None)).order_by(User.id).limit(1_000_000)
    return frozenset(str(key) for key in db.session.scalars(statement))
