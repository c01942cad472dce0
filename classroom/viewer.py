"""The person looking at a page: plain values, read once per request."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True)
class Viewer:
    """A signed-in person on one device. Not an ORM entity: nothing here is ever saved.

    `token` is what the session cookie holds; only its hash is in the database. `has_news`: something was announced
    and is unread.
    """

    id: int
    name: str
    username: str | None
    email: str | None
    role: str
    time_zone: str
    locale: str
    theme: str
    single_keys: bool
    sign_in_id: int
    must_change_password: bool
    password_reset_notice_at: datetime | None
    has_news: bool
    token: str = field(repr=False)

    is_authenticated = True
    is_active = True
    is_anonymous = False

    def get_id(self) -> str:
        """Return what Flask-Login keeps in the session: the token of this device."""
        return self.token

    @property
    def is_instructor(self) -> bool:
        """Whether this account may make classes and articles."""
        return self.role in ("instructor", "administrator")
