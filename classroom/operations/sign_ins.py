"""Devices on which people are signed in."""

from __future__ import annotations

from sqlalchemy import delete

from classroom.models import SignIn
from classroom.sign_ins import LIFETIME
from classroom.tokens import new_token, token_hash
from core import clock
from core.database import db


def start_sign_in(user_id: int, device: str = "") -> str:
    """Sign a person in on a device, forget devices that ended long ago, and return the token for the cookie."""
    token = new_token()
    db.session.add(SignIn(user_id=user_id, token_hash=token_hash(token), device=device[:120], created_at=clock.now()))
    db.session.flush()
    too_old = (SignIn.user_id == user_id, SignIn.created_at < clock.now() - LIFETIME)
    db.session.execute(delete(SignIn).where(*too_old))
    return token


def end_sign_in(sign_in_id: int) -> None:
    """Sign one device out."""
    db.session.execute(delete(SignIn).where(SignIn.id == sign_in_id))


def end_sign_ins(user_id: int, except_id: int | None = None) -> None:
    """Sign a person out on every device, but for the one given."""
    statement = delete(SignIn).where(SignIn.user_id == user_id)
    db.session.execute(statement if except_id is None else statement.where(SignIn.id != except_id))
