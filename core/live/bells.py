"""Waking over Redis (or Valkey), where the installation names one; then the database itself says nothing.

What changed stays a row in the database: Redis only says that there may be news, and nothing is lost when it is away.
"""

from __future__ import annotations

import time
from contextlib import suppress
from logging import getLogger

from core.live.events import CHANNEL
from core.live.wakers import DOUBT, TURN
from core.settings import SettingsError

try:
    import redis
except ImportError:  # only who names one needs it
    redis = None  # type: ignore[assignment]

PATIENCE = 1.0  # seconds in which Redis answers, or is away
REST = 10.0  # seconds for which Redis is left alone when it is


class Bell:
    """Rings at every watcher, in whatever process."""

    def __init__(self, url: str) -> None:
        if redis is None:
            raise SettingsError("COLLOQUY_REDIS_URL needs the package redis: .venv/bin/pip install redis")
        self._client = redis.Redis.from_url(url, socket_timeout=PATIENCE, socket_connect_timeout=PATIENCE)
        self._away_until = 0.0

    def ring(self) -> None:
        """Say that something was committed. When Redis is away nobody waits for it: watchers look by themselves."""
        if time.monotonic() < self._away_until:
            return
        try:
            self._client.publish(CHANNEL, "")
        except redis.RedisError as error:
            self._away_until = time.monotonic() + REST
            getLogger(__name__).warning("Redis is away: %r", error)

    def close(self) -> None:
        """Leave nothing open."""
        self._client.close()


class RedisWaker:
    """Listens for the bell; looks now and then without having heard it."""

    def __init__(self, url: str) -> None:
        self._client = redis.Redis.from_url(url, socket_timeout=PATIENCE, socket_connect_timeout=PATIENCE)
        self._ear = self._client.pubsub(ignore_subscribe_messages=True)  # type: ignore[no-untyped-call]
        self._looked = -DOUBT

    def wait(self) -> bool:
        """Sleep until the bell rings or it has not rung for long."""
        if self._has_rung() or time.monotonic() - self._looked > DOUBT:
            self._looked = time.monotonic()
            return True
        return False

    def _has_rung(self) -> bool:
        try:
            if not self._ear.subscribed:
                self._ear.subscribe(CHANNEL)
                self._looked = -DOUBT  # who knows what was said meanwhile
            rang = self._ear.get_message(timeout=TURN) is not None
            while rang and self._ear.get_message() is not None:
                pass
            return rang
        except redis.RedisError:
            with suppress(redis.RedisError):
                self._ear.reset()
            time.sleep(TURN)
            return False

    def close(self) -> None:
        """Leave nothing open."""
        with suppress(redis.RedisError):
            self._ear.close()
        self._client.close()
