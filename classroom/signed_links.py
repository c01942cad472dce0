"""Links that are their own authority: signed, so that nobody can make one for somebody else."""

from __future__ import annotations

from flask import current_app
from itsdangerous import BadData, URLSafeSerializer, URLSafeTimedSerializer

from classroom.models import LETTERS
from classroom.names import name_key

ADDRESS_LIFETIME = 7 * 24 * 60 * 60  # seconds


def _letters() -> URLSafeSerializer:
    return URLSafeSerializer(str(current_app.secret_key), salt="letters")


def _addresses() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(str(current_app.secret_key), salt="address")


def unsubscribe_token(user_id: int, letter: str) -> str:
    """Return what lets its bearer stop letters of one kind for one person, and nothing else. It does not age."""
    return str(_letters().dumps([user_id, letter]))


def read_unsubscribe_token(token: str) -> tuple[int, str] | None:
    """Return the person and the kind of letters, or None for what is not ours."""
    try:
        user_id, letter = _letters().loads(token)
    except (BadData, ValueError, TypeError):
        return None
    return (user_id, letter) if letter in LETTERS else None


def address_token(user_id: int, email: str) -> str:
    """Return what shows that its bearer reads the mail of an address that an account names."""
    return str(_addresses().dumps([user_id, name_key(email)]))


def is_address_token(token: str, user_id: int, email: str | None) -> bool:
    """Tell whether a token was mailed to the present address of this account within a week."""
    try:
        return bool(_addresses().loads(token, max_age=ADDRESS_LIFETIME) == [user_id, name_key(email or "")])
    except BadData:
        return False
