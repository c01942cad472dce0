"""What the threads of a reading still ask of one student: boxes that are open, in two statements."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from functools import cache
from itertools import groupby
from typing import Any

from sqlalchemy import and_, bindparam, func, select

from classroom.models import Accommodation, User
from core.database import AnySelect, read_rows
from discussion.models import Comment
from discussion.participation import OPEN, Record, Requirement, Ruling, Setting, Standing, Written, assess
from discussion.participation_models import ParticipationRequirement, ParticipationRuling
from discussion.queries.discussions import DiscussionRow
from discussion.queries.ledgers import posts_of, posts_where
from discussion.queries.visibility import ME

MOST = 2_000
_THREADS: Any = bindparam("threads", expanding=True)
_ENDS_OF_REQUIREMENT, _ENDS_OF_RULING = 6, 13


@cache
def _asked() -> AnySelect:
    """Each requirement of some threads, once for every decision about it that concerns the student."""
    row, ruling = ParticipationRequirement, ParticipationRuling
    asked = (row.delivery_id, row.id, row.kind, row.count, row.due_at, row.points)
    days = select(Accommodation.extra_days).where(Accommodation.enrollment_id == ME).scalar_subquery()
    who, when = User.name, ruling.ruled_at
    decision = (ruling.id, ruling.requirement_id, ruling.box, ruling.comment_id, ruling.note, who, when)
    return (
        select(*asked, *decision, func.coalesce(days, 0))
        .outerjoin(ruling, and_(ruling.requirement_id == row.id, ruling.enrollment_id == ME))
        .outerjoin(User, User.id == ruling.ruled_by_id)
        .where(row.delivery_id.in_(_THREADS))
        .order_by(row.delivery_id, row.position, row.id, ruling.id)
        .limit(MOST)
    )


@cache
def _posts() -> AnySelect:
    return posts_where(Comment.delivery_id.in_(_THREADS), Comment.enrollment_id == ME)


def read_open_boxes(threads: Sequence[DiscussionRow], now: datetime) -> dict[int, list[Standing]]:
    """Return how the viewer, a student, stands with what can still be done for a box, by thread.

    What is over is left out: of a rule of replies it would have to be asked who was there to answer.
    """
    asking = {thread.id: thread for thread in threads if thread.asks}
    if not asking:
        return {}
    me = next(iter(asking.values())).enrollment_id
    given = {"threads": list(asking), "me": me}
    posts: dict[int, list[Written]] = defaultdict(list)
    for post in posts_of(read_rows(_posts(), given)):
        posts[post.thread].append(post.written)
    found = {}
    for thread_id, group in groupby(read_rows(_asked(), given), key=lambda row: row[0]):
        rows, thread = list(group), asking[thread_id]
        requirements = list(dict.fromkeys(Requirement(*row[1:_ENDS_OF_REQUIREMENT]) for row in rows))
        decided = [row[_ENDS_OF_REQUIREMENT:_ENDS_OF_RULING] for row in rows]
        rulings = [Ruling(*each) for each in decided if each[0] is not None]
        record = Record(me, rows[0][-1], posts[thread_id], rulings, thread.group_id)
        setting = Setting(thread.zone, thread.gate, (), now)
        standings = [each for each in assess(requirements, record, setting) if each.state == OPEN]
        if standings:
            found[thread_id] = standings
    return found
