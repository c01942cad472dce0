"""Telling a whole class: rows are written by the worker when the moment has come, so that no request writes them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import cache, cached_property
from typing import Any

from sqlalchemy import Subquery, UpdateBase, bindparam, exists, not_, select

from classroom.models import Notification
from classroom.operations.notifications import telling
from core import clock
from core.database import AnySelect, connection, read_connection, write
from core.jobs import Task

NEWS_FOR = timedelta(days=2)
"""How long what happened is news to somebody who was not told: no worker may have run."""
SOON = timedelta(days=1)
"""How long before a date people are reminded of it."""
EVERY = 60  # seconds between two looks
MOST = 100


def _moments() -> dict[str, Any]:
    now = clock.now()
    return {"now": now, "since": now - NEWS_FOR, "soon": now + SOON}


@dataclass(frozen=True)
class _FanOut:
    """Statements about whom to tell of one kind, each built once."""

    kind: str
    whom: Callable[[], AnySelect]

    def _untold(self) -> Subquery:
        people = self.whom().subquery("whom")
        known = [
            Notification.user_id == people.c.user_id,
            Notification.kind == self.kind,
            Notification.object_id == people.c.object_id,
        ]
        if "at" in people.c:
            known.append(Notification.created_at >= people.c.at)
        return select(people).where(not_(exists().where(*known))).subquery("untold")

    @cached_property
    def objects(self) -> AnySelect:
        """What somebody has not been told of."""
        people = self._untold()
        return select(people.c.object_id).distinct().order_by(people.c.object_id).limit(MOST)

    @cache  # noqa: B019 - as many of these as kinds
    def telling(self, dialect: str) -> UpdateBase:
        """Tell everybody of one thing who has not been."""
        people = self._untold()
        of_one = select(people.c.user_id, people.c.section_id, people.c.object_id)
        of_one = of_one.where(people.c.object_id == bindparam("object_id"))
        return telling(dialect, self.kind, of_one, again="at" in people.c)


def fan_out(words: str, kind: str, whom: Callable[[], AnySelect]) -> Task:
    """Return the task that tells people of one kind, each of one thing once, one statement for all of a thing.

    `whom` gives (user_id, section_id, object_id), named so, for whoever is to be told; with a fourth, `at`, people are
    told again of what happened since they were told. Its values are `now`, `since` (when what is still news began)
    and `soon`. `words` are a Task's, with the number of things.
    """
    statements = _FanOut(kind, whom)

    def find() -> list[int]:
        with read_connection() as apart:
            return list(apart.execute(statements.objects, _moments()).scalars())

    def do(object_id: int) -> bool:
        write(statements.telling(connection().dialect.name), {"object_id": object_id, **_moments()})
        return True

    return Task(words, EVERY, find, do)
