"""Join codes: six characters that can be read aloud and copied from a board."""

from __future__ import annotations

import re
import secrets
import unicodedata

# No 0 and O, no 1, I and L, no U and V: nobody has to guess which one was meant.
ALPHABET = "23456789ABCDEFGHJKMNPQRSTWXYZ"
LENGTH = 6
GROUP = 3
CONFUSED = set("01OIL")


def new_code() -> str:
    """Return a random code as it is stored ("K7M4QX")."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def normalise(typed: str) -> str:
    """Return typed input as a code is stored: capitals, letters and digits alone."""
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", typed)).upper()


def shown(code: str) -> str:
    """Return a stored code as people read it ("K7M 4QX")."""
    return " ".join(code[i : i + GROUP] for i in range(0, len(code), GROUP))


def confused_characters(typed: str) -> list[str]:
    """Return the characters of `typed` that no code contains because they look like others, each once."""
    return sorted(set(normalise(typed)) & CONFUSED)
