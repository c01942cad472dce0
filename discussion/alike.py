"""How many students stand how with what a thread asks for: those who did alike are assessed once. Pure.

How one stands follows from how many posts tick boxes, not from which they are: from when each was written (before or
after the times that count), what it is, and which of them answer the same classmate. Who was there to answer counts as
well; that is the same for everybody where it is nobody, or more than are ever asked for, and otherwise one's own.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from datetime import datetime
from typing import NamedTuple

from discussion.participation import Record, Requirement, Setting, assess, due_for, there_to_answer
from discussion.participation_models import REPLY
from discussion.permissions import SECOND

OWN_VOICES = 2  # under the name, and without it


class _Times(NamedTuple):
    """For so many extra days and a group: when each time is over, in order, and whether it matters who one is."""

    ends: Sequence[datetime]
    is_personal: bool


def count_states(
    requirements: Sequence[Requirement], records: Iterable[Record], setting: Setting
) -> Counter[tuple[str, ...]]:
    """Return how many students have these states, one for each requirement in their order."""
    found: Counter[tuple[str, ...]] = Counter()
    seen: dict[Hashable, tuple[str, ...]] = {}
    times: dict[tuple[int, int | None], _Times] = {}
    for record in records:
        place = (record.extra_days, record.group_id)
        if place not in times:
            times[place] = _times(requirements, record, setting)
        key = (place, _key(record, times[place]))
        states = seen.get(key)
        if states is None:
            states = seen[key] = tuple([each.state for each in assess(requirements, record, setting)])
        found[states] += 1
    return found


def _times(requirements: Sequence[Requirement], record: Record, setting: Setting) -> _Times:
    ends, is_personal = [], False
    for requirement in requirements:
        until = due_for(requirement, record.extra_days, setting.zone) + SECOND
        ends.append(until)
        if requirement.kind == REPLY and setting.now >= until:
            voices = {each.voice for each in there_to_answer(record.group_id, setting, until)}
            is_personal = is_personal or 0 < len(voices) < requirement.count + OWN_VOICES
    return _Times(sorted(ends), is_personal)


def _key(record: Record, times: _Times) -> Hashable:
    """What two students of the same extra days and group have in common if they stand alike."""
    if record.rulings or (times.is_personal and record.posts):
        return record.enrollment_id
    answered: dict[int | None, int] = {None: 0}
    return tuple(
        [
            (
                bisect_right(times.ends, post.created_at),
                post.is_reply,
                answered.setdefault(post.answered_id, len(answered)),
                post.cites,
                post.waits,
                post.id if post.earlier else None,  # what it said when the time was over is not told apart
            )
            for post in record.posts
            if post.stands
        ]
    )
