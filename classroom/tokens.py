"""Secrets that travel in a cookie or a link; the database keeps their hashes alone."""

from __future__ import annotations

import hashlib
import secrets


def new_token() -> str:
    """Return 256 random bits as text that fits in a URL."""
    return secrets.token_urlsafe(32)


def token_hash(token: str) -> str:
    """Return what the database keeps of a token. It is random, so a plain hash is enough."""
    return hashlib.sha256(token.encode()).hexdigest()
