"""Accounts and their passwords. Hashes come in ready-made: hashing is too slow for a write transaction."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import delete, update
from sqlalchemy.exc import IntegrityError

from classroom.models import PasswordReset, User
from classroom.names import name_key
from classroom.operations.sign_ins import end_sign_ins
from classroom.tokens import new_token, token_hash
from core import clock
from core.audit import Act, record
from core.database import db

RESET_LIFETIME = timedelta(hours=1)


class NameTakenError(ValueError):
    """Another account has this username or e-mail address."""


@dataclass(frozen=True)
class NewUser:
    """An account to be made; a username or an e-mail address is needed."""

    name: str
    password_hash: str
    username: str | None = None
    email: str | None = None
    role: str = "student"
    time_zone: str = "UTC"
    must_change_password: bool = False
    email_confirmed: bool = False


@dataclass(frozen=True)
class Profile:
    """What a person may change about the own account."""

    name: str
    email: str | None
    time_zone: str
    theme: str
    single_keys: bool


def create_user(new: NewUser) -> User:
    """Make an account and return it, flushed. Raises NameTakenError."""
    user = User(
        name=new.name,
        username=new.username or None,
        username_key=name_key(new.username) if new.username else None,
        email=new.email or None,
        email_key=name_key(new.email) if new.email else None,
        email_confirmed_at=clock.now() if new.email and new.email_confirmed else None,
        password_hash=new.password_hash,
        role=new.role,
        time_zone=new.time_zone,
        must_change_password=new.must_change_password,
        created_at=clock.now(),
    )
    try:
        with db.session.begin_nested():
            db.session.add(user)
    except IntegrityError as error:
        raise NameTakenError(new.email or new.username) from error
    return user


def update_profile(user_id: int, profile: Profile) -> None:
    """Change the own account; another address is unconfirmed again. Raises NameTakenError."""
    user = db.session.get_one(User, user_id)
    key = name_key(profile.email) if profile.email else None
    if key != user.email_key:
        user.email_confirmed_at = None
        record(user_id, Act("change-email", "user", user_id))
    user.name, user.time_zone, user.theme = profile.name, profile.time_zone, profile.theme
    user.single_keys = profile.single_keys
    try:
        with db.session.begin_nested():
            user.email, user.email_key = profile.email or None, key
    except IntegrityError as error:
        raise NameTakenError(profile.email) from error


def confirm_address(user_id: int) -> None:
    """Note that the account's address is its person's."""
    unknown = (User.id == user_id, User.email_confirmed_at.is_(None))
    db.session.execute(update(User).where(*unknown).values(email_confirmed_at=clock.now()))
    record(user_id, Act("confirm-email", "user", user_id))


def update_hash(user_id: int, password_hash: str) -> None:
    """Keep the same password under the present profile."""
    db.session.execute(update(User).where(User.id == user_id).values(password_hash=password_hash))


def set_password(user_id: int, password_hash: str, keep_sign_in: int | None = None) -> None:
    """Set the password a person chose; every device is signed out but the one given."""
    changed = {"password_hash": password_hash, "must_change_password": False, "password_reset_notice_at": None}
    db.session.execute(update(User).where(User.id == user_id).values(changed))
    end_sign_ins(user_id, keep_sign_in)
    record(user_id, Act("change-password", "user", user_id))


def reset_by_instructor(actor_id: int, section_id: int, user_id: int, password_hash: str) -> None:
    """Set a one-time password for a student: every device is signed out, the student is told, the log keeps it."""
    changed = {"password_hash": password_hash, "must_change_password": True, "password_reset_notice_at": clock.now()}
    db.session.execute(update(User).where(User.id == user_id).values(changed))
    end_sign_ins(user_id)
    record(actor_id, Act("reset-password", "user", user_id, section_id))


def request_reset(user_id: int) -> str:
    """Return the token of a link that may set a new password once, within an hour."""
    token = new_token()
    db.session.execute(delete(PasswordReset).where(PasswordReset.expires_at < clock.now() - RESET_LIFETIME))
    expires_at = clock.now() + RESET_LIFETIME
    db.session.add(PasswordReset(user_id=user_id, token_hash=token_hash(token), expires_at=expires_at))
    db.session.flush()
    return token


def use_reset(token: str, user_id: int, password_hash: str) -> bool:
    """Set the password through a mailed link and confirm the address; False if the link was used meanwhile."""
    now = clock.now()
    used = db.session.scalars(
        update(PasswordReset)
        .where(
            PasswordReset.token_hash == token_hash(token),
            PasswordReset.user_id == user_id,
            PasswordReset.used_at.is_(None),
            PasswordReset.expires_at > now,
        )
        .values(used_at=now)
        .returning(PasswordReset.id)
    ).all()
    if not used:
        return False
    open_links = (PasswordReset.user_id == user_id, PasswordReset.used_at.is_(None))
    db.session.execute(update(PasswordReset).where(*open_links).values(used_at=now))
    set_password(user_id, password_hash)
    db.session.execute(update(User).where(User.id == user_id).values(email_confirmed_at=now))
    return True
