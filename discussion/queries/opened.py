"""Prompts as students are told of them: a new one in a reading that was open already, one that closes soon."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import BindParameter, bindparam

from articles.models import Assignment
from articles.queries.opened import NOW, SINCE, SOON, opened_at, to_students, whom
from classroom.models import Enrollment
from core.database import AnySelect, read_rows
from discussion.models import PromptDelivery
from discussion.queries.discussions import DiscussionRow, threads_in_reach

_THREADS: BindParameter[Any] = bindparam("threads", expanding=True)


def _of_prompts() -> AnySelect:
    of = PromptDelivery.assignment_id == Assignment.id
    return to_students(whom(PromptDelivery.id).join(PromptDelivery, of))


def of_new_prompts() -> AnySelect:
    """Those in whose reading, open already, a prompt came since `since`; who joined afterwards finds it there."""
    new = (PromptDelivery.created_at > opened_at(), PromptDelivery.created_at > SINCE)
    return _of_prompts().where(*new, Enrollment.joined_at <= PromptDelivery.created_at)


def of_prompts_closing() -> AnySelect:
    """Those for whom a prompt closes on a day of its own within a day of `now`."""
    own_day = (PromptDelivery.closes_at > NOW, PromptDelivery.closes_at <= SOON)
    return _of_prompts().where(*own_day, PromptDelivery.locked_at.is_(None))


@cache
def _among() -> AnySelect:
    return threads_in_reach().where(PromptDelivery.id.in_(_THREADS)).order_by(PromptDelivery.id)


def list_threads_among(user_id: int, now: datetime, thread_ids: Sequence[int]) -> dict[int, DiscussionRow]:
    """Return those of the threads that exist for this person, by id. One statement, none without threads."""
    if not thread_ids:
        return {}
    rows = read_rows(_among(), {"user": user_id, "now": now, "threads": list(thread_ids)})
    return {row[0]: DiscussionRow(*row) for row in rows}
