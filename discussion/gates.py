"""The rules that decide whether somebody's words exist for a reader: post before you see, in a prompt's thread;
in the margin, whom the author of a note meant it for.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from classroom.models import STAFF
from discussion.models import CLASS, STAFF_ONLY


@dataclass(frozen=True)
class Gate:
    """What stands before a thread: own posts wanted, the moment it opens, the moment staff opened it."""

    posts_before_seeing: int = 0
    gate_opens_at: datetime | None = None
    gate_opened_at: datetime | None = None


@dataclass(frozen=True)
class Reader:
    """A person's place in the class, and how many comments of theirs stand in this thread (deleted ones do not).

    `group_id`: the group of a split thread that the person is in.
    """

    enrollment_id: int
    role: str
    own_posts: int
    group_id: int | None = None


@dataclass(frozen=True)
class Author:
    """Who wrote a comment: the place in the class and its role.

    `waits`: whether it waits for approval, or answers what does and somebody else than the reader wrote.

    `group_id`: for which group of a split thread it was written.
    """

    enrollment_id: int
    role: str
    waits: bool = False
    group_id: int | None = None


def may_see(reader: Reader, gate: Gate, now: datetime) -> bool:
    """Tell whether `reader` may see what classmates wrote in this thread at the moment `now`.

    The gate binds students only. A gate with a date and no number opens at that date.
    """
    if reader.role != "student" or gate.gate_opened_at is not None:
        return True
    if gate.gate_opens_at is not None and now >= gate.gate_opens_at:
        return True
    if gate.posts_before_seeing > 0:
        return reader.own_posts >= gate.posts_before_seeing
    return gate.gate_opens_at is None


def is_for_group(group_id: int | None, role: str, own_group_id: int | None) -> bool:
    """Tell whether what was written for a group (None: for everybody in the thread) is for a reader, by their own."""
    return group_id in (None, own_group_id) or role != "student"


def may_see_comment(reader: Reader, gate: Gate, author: Author, now: datetime) -> bool:
    """Tell whether one comment exists for `reader`: their own and those of staff always do.

    What waits for approval exists for its author and for staff; what was written for a group for that group and for
    who is no student.
    """
    if author.enrollment_id == reader.enrollment_id:
        return True
    is_cleared = not author.waits or reader.role in STAFF
    is_meant = is_for_group(author.group_id, reader.role, reader.group_id)
    return is_cleared and is_meant and (author.role in STAFF or may_see(reader, gate, now))


def posts_missing(reader: Reader, gate: Gate) -> int:
    """Return how many own posts are still wanted before the gate opens by itself (0: a date is waited for)."""
    return max(0, gate.posts_before_seeing - reader.own_posts)


def may_see_note(reader: Author, visibility: str, owner_id: int) -> bool:
    """Tell whether a note of the reader's class, or an answer to one, exists for `reader`.

    `owner_id` is the place of whoever wrote the note: that person sees it and all that answers it.
    """
    if visibility == CLASS or reader.enrollment_id == owner_id:
        return True
    return visibility == STAFF_ONLY and reader.role in STAFF
