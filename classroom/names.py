"""Names of accounts: folded for comparing, checked, and proposed from a person's name."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from itertools import count

from email_validator import EmailNotValidError, validate_email

USERNAME = re.compile(r"[\w](?:[\w.\-]*[\w])?")
LONGEST_USERNAME = 80
LONGEST_EMAIL = 254
# Letters that no decomposition reduces to plain ones.
PLAIN_LETTERS = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i"})


def name_key(text: str) -> str:
    """Return a username or an e-mail address folded, so that two that differ by case alone compare equal."""
    return unicodedata.normalize("NFKC", text).strip().casefold()


def clean_email(text: str) -> str | None:
    """Return the address as it is stored, or None if it is none (by its form: nothing is looked up)."""
    try:
        address = validate_email(text.strip(), check_deliverability=False).normalized
    except EmailNotValidError:
        return None
    return address if len(address) <= LONGEST_EMAIL else None


def is_username(text: str) -> bool:
    """Tell whether `text` can be a username: letters and digits, with . - _ between them, 2 to 80 of them."""
    return 2 <= len(text) <= LONGEST_USERNAME and USERNAME.fullmatch(text) is not None


def plain_name(name: str) -> str:
    """Return a name in plain small letters joined by dots ("José García" is "jose.garcia"), or "" if none are left."""
    decomposed = unicodedata.normalize("NFKD", name.casefold()).translate(PLAIN_LETTERS)
    letters = "".join(c for c in decomposed if not unicodedata.combining(c))
    return ".".join(re.findall(r"[a-z0-9]+", re.sub(r"['’]", "", letters)))[:40].strip(".")


def propose_username(name: str, fallback: str, is_taken: Callable[[str], bool]) -> str:
    """Return a free username for `name`; from `fallback` where the name leaves no plain letters."""
    base = plain_name(name) or plain_name(fallback) or "reader"
    if len(base) < 2:
        base = f"reader.{base}"
    if not is_taken(base):
        return base
    return next(candidate for n in count(2) if not is_taken(candidate := f"{base}{n}"))
