"""Passwords: Argon2id, one friendly rule, and one-time passwords that can be read from paper.

Hashing is slow on purpose: never call it inside a write transaction.
"""

from __future__ import annotations

import os
import secrets
from functools import lru_cache
from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from flask import current_app
from flask_babel import gettext as _

from classroom.names import name_key

SHORTEST, LONGEST = 8, 200
ONE_TIME_ALPHABET = "23456789abcdefghjkmnpqrstwxyz"
ONE_TIME_GROUPS = 3

# OWASP's profile for Argon2id: 19 MiB, two passes, one lane.
_strong = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)
# 58 random bits cannot be guessed whatever a guess costs, and a roster makes hundreds of them at once.
_one_time = PasswordHasher(time_cost=1, memory_cost=4_096, parallelism=1)
_cheap = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
# Each hash takes 19 MiB while it is made: a whole school signing in queues here, not in memory.
_at_once = BoundedSemaphore(max(2, os.cpu_count() or 2))

_COMMON_TEXT = """
    12345678 123456789 1234567890 12345678910 87654321 11111111 00000000 88888888 12341234 11223344 1q2w3e4r
    1qaz2wsx password password1 password12 password123 passw0rd p@ssw0rd qwertyui qwertyuiop qwerty123 qwerty12
    asdfghjk asdfghjkl zxcvbnm1 abcd1234 abcdefgh abcdefghi iloveyou iloveyou1 sunshine princess football baseball
    basketball superman batman123 trustno1 welcome1 welcome123 letmein1 letmein123 dragon123 monkey123 master123
    starwars whatever computer internet michelle jennifer jessica1 charlie1 student1 student123 teacher1 teacher123
    school123 colloquy colloquy1 classroom reading1 changeme changeme1 default1 secret123 admin123 administrator
    hello123 test1234 testtest qazwsxedc 1234qwer q1w2e3r4 a1b2c3d4 aaaaaaaa passwort passwort1 motdepasse
    contraseña 99999999 55555555 01234567 0123456789 blink182 liverpool chocolate samsung1 pokemon1
"""
COMMON = frozenset(_COMMON_TEXT.split())


def _hasher() -> PasswordHasher:
    return _cheap if current_app.config["COLLOQUY_CHEAP_PASSWORDS"] else _strong


@lru_cache(maxsize=4)
def _nobody(hasher: PasswordHasher) -> str:
    return hasher.hash(secrets.token_hex(16))


def hash_password(password: str) -> str:
    """Return the Argon2id hash of `password`, salt and profile included."""
    with _at_once:
        return _hasher().hash(password)


def hash_one_time_password(password: str) -> str:
    """Return the hash of a password that `new_one_time_password` made: quicker, for whole classes."""
    return (_cheap if _hasher() is _cheap else _one_time).hash(password)


def _matches(stored: str, password: str) -> bool:
    try:
        with _at_once:
            return _hasher().verify(stored, password)
    except (VerificationError, InvalidHashError):
        return False


def verify_password(stored: str | None, password: str) -> bool:
    """Tell whether `password` is the one behind `stored`.

    None (no such account) and a one-time password cost no less time than any other account.
    """
    if stored is None or needs_rehash(stored):
        _matches(_nobody(_hasher()), password)
    return stored is not None and _matches(stored, password)


def needs_rehash(stored: str) -> bool:
    """Tell whether `stored` was made with another profile than the present one."""
    try:
        return _hasher().check_needs_rehash(stored)
    except InvalidHashError:
        return True


def new_one_time_password() -> str:
    """Return a random password in groups of four, without characters that look alike ("k7m4-qxw9-2hpa")."""
    groups = ("".join(secrets.choice(ONE_TIME_ALPHABET) for _i in range(4)) for _g in range(ONE_TIME_GROUPS))
    return "-".join(groups)


def weakness_of(password: str, *own_names: str | None) -> str | None:
    """Return what is wrong with a new password in words, or None. `own_names`: what others know of the person."""
    if len(password) < SHORTEST:
        return _("A password needs at least 8 characters. Three or four words in a row are easy to remember.")
    if len(password) > LONGEST:
        return _("A password can have at most 200 characters.")
    key = name_key(password)
    if key in COMMON or len(set(key)) < 3:
        return _("Many people use this password, so it is guessed first. Try three or four words in a row.")
    if any(key in (name_key(own), name_key(own).split("@")[0]) for own in own_names if own):
        return _("This is your name or address, which others know. Try three or four words in a row.")
    return None
