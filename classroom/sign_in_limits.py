"""How often a name may be tried or an account made: per name, and generously per address, because a school is one."""

from __future__ import annotations

from flask_babel import ngettext

from classroom.names import name_key
from core import throttle
from core.throttle import Limit

PER_NAME = Limit(hits=10, seconds=15 * 60)
PER_ADDRESS = Limit(hits=500, seconds=15 * 60)
RESETS_PER_NAME = Limit(hits=3, seconds=60 * 60)
RESETS_PER_ADDRESS = Limit(hits=60, seconds=60 * 60)
ACCOUNTS_PER_ADDRESS = Limit(hits=600, seconds=15 * 60)


def _keys(kind: str, name: str, address: str | None) -> tuple[str, str]:
    return f"{kind}:{name_key(name)}", f"{kind}-address:{address or ''}"


def wait_for(name: str, address: str | None) -> int:
    """Return 0 if signing in may be tried now, else the seconds to wait. Only failures count. Reads only."""
    by_name, by_address = _keys("sign-in", name, address)
    return max(throttle.seconds_to_wait(by_name, PER_NAME), throttle.seconds_to_wait(by_address, PER_ADDRESS))


def count_failure(name: str, address: str | None) -> None:
    """Count one refused sign-in, in the caller's transaction."""
    for key in _keys("sign-in", name, address):
        throttle.count(key)


def reset_wait(name: str, address: str | None) -> int:
    """Return 0 if a link may be mailed now, else the seconds to wait. Reads only."""
    by_name, by_address = _keys("reset", name, address)
    waits = (
        throttle.seconds_to_wait(by_name, RESETS_PER_NAME),
        throttle.seconds_to_wait(by_address, RESETS_PER_ADDRESS),
    )
    return max(waits)


def count_reset(name: str, address: str | None) -> None:
    """Count one request for a link, in the caller's transaction."""
    for key in _keys("reset", name, address):
        throttle.count(key)


def account_wait(address: str | None) -> int:
    """Return 0 if an account may be made from this address now, else the seconds to wait. Reads only."""
    return throttle.seconds_to_wait(f"account-address:{address or ''}", ACCOUNTS_PER_ADDRESS)


def count_account(address: str | None) -> None:
    """Count one new account, in the caller's transaction."""
    throttle.count(f"account-address:{address or ''}")


def minutes_of(seconds: int) -> int:
    """Return a wait in whole minutes as people are told it, at least one."""
    return max(1, round(seconds / 60))


def in_words(seconds: int) -> str:
    """Return when to try again as people are told it."""
    return ngettext("Try again in %(num)s minute.", "Try again in %(num)s minutes.", minutes_of(seconds))
