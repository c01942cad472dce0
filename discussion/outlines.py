"""A thread before its words are read: how much there is, what a filter shows, which part fits a page. Pure."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, Protocol, TypeVar

from classroom.models import STAFF
from discussion.names import Viewer, voice_of
from discussion.threads import Node, ThreadRow

SHOWS = ("all", "new", "mine", "staff", "endorsed", "unanswered")
SORTS = ("oldest", "newest", "endorsed")
PART = 50
"""Posts after which a part of a thread ends: with the branch in which the last of them stands."""


class OutlinedComment(ThreadRow, Protocol):
    """What the outline of a thread tells of a comment."""

    @property
    def enrollment_id(self) -> int: ...
    @property
    def hidden_at(self) -> datetime | None: ...
    @property
    def endorsed_at(self) -> datetime | None: ...
    @property
    def pinned_at(self) -> datetime | None: ...
    @property
    def group_id(self) -> int | None: ...
    @property
    def author_role(self) -> str: ...
    @property
    def alias(self) -> int | None: ...
    @property
    def is_read(self) -> bool: ...


Row = TypeVar("Row", bound=OutlinedComment)


@dataclass(frozen=True)
class ThreadCounts:
    """What the filters above a thread say."""

    all: int
    people: int
    new: int
    mine: int
    staff: int
    endorsed: int
    unanswered: int


@dataclass(frozen=True)
class Part(Generic[Row]):
    """Some branches of a thread, whole and one after the other.

    `earlier` and `later`: a comment of the part before and after, None where there is none; `left`: how many posts
    come after; `next_new`: the first comment after it, or else before it, that the viewer has not read.
    """

    branches: Sequence[Node[Row]]
    earlier: int | None = None
    later: int | None = None
    left: int = 0
    next_new: int | None = None


def is_new(comment: OutlinedComment) -> bool:
    """Whether the viewer has not read it yet; what is hidden is no news."""
    return not comment.is_read and comment.hidden_at is None and not comment.gone


def _whole(branch: Node[Row]) -> list[Row]:
    return [branch.comment, *(reply.comment for reply in branch.replies)]


def _standing(branch: Node[Row]) -> list[Row]:
    return [comment for comment in _whole(branch) if not comment.gone]


def _is_unanswered(branch: Node[Row]) -> bool:
    top = branch.comment
    return not top.gone and top.author_role not in STAFF and len(_standing(branch)) == 1


def count_thread(branches: Sequence[Node[Row]], viewer: Viewer) -> ThreadCounts:
    """Count what is shown to the viewer; what is gone does not count."""
    every = [comment for branch in branches for comment in _standing(branch)]
    return ThreadCounts(
        all=len(every),
        people=len({voice_of(viewer, comment.enrollment_id, comment.alias) for comment in every}),
        new=sum(is_new(comment) for comment in every),
        mine=sum(comment.enrollment_id == viewer.enrollment_id for comment in every),
        staff=sum(comment.author_role in STAFF for comment in every),
        endorsed=sum(comment.endorsed_at is not None for comment in every),
        unanswered=sum(_is_unanswered(branch) for branch in branches),
    )


def arrange(branches: Sequence[Node[Row]], sort: str) -> list[Node[Row]]:
    """Return the branches, given oldest first, in one of SORTS; what staff have pinned stands before all."""
    ordered = list(branches)
    if sort == "newest":
        ordered.reverse()
    elif sort == "endorsed":
        ordered.sort(key=lambda branch: -sum(each.endorsed_at is not None for each in _standing(branch)))
    return sorted(ordered, key=lambda branch: branch.comment.pinned_at is None)


def of_group(group_id: int) -> str:
    """Return the filter that shows what was written for one group."""
    return f"group-{group_id}"


def narrow(branches: Sequence[Node[Row]], show: str, enrollment_id: int) -> list[Node[Row]]:
    """Return the branches that one of SHOWS leaves: of a person, of staff, with what is new or endorsed, unanswered.

    One of `of_group` leaves what was written for that group.
    """
    if show.startswith("group-"):
        return [branch for branch in branches if of_group(branch.comment.group_id or 0) == show]
    if show == "unanswered":
        return [branch for branch in branches if _is_unanswered(branch)]
    wanted: dict[str, Callable[[Row], bool]] = {
        "new": is_new,
        "mine": lambda each: each.enrollment_id == enrollment_id,
        "staff": lambda each: each.author_role in STAFF,
        "endorsed": lambda each: each.endorsed_at is not None,
    }
    if show not in wanted:
        return list(branches)
    return [branch for branch in branches if any(map(wanted[show], _standing(branch)))]


def cut(branches: Sequence[Node[Row]], at: int | None = None, size: int = PART) -> Part[Row]:
    """Return the part in which the comment `at` stands, else the first. A part has at least `size` posts, but the last.

    Where parts begin depends on what stands before: one that begins elsewhere meanwhile repeats, it leaves out nothing.
    """
    ends = _ends(branches, size)
    place = next((n for n, branch in enumerate(branches) if any(each.id == at for each in _whole(branch))), 0)
    number = next((n for n, end in enumerate(ends) if place < end), 0)
    if not ends:
        return Part(branches)
    first, last = ends[number - 1] if number else 0, ends[number]
    outside = [each for branch in (*branches[last:], *branches[:first]) for each in _standing(branch)]
    return Part(
        branches[first:last],
        earlier=branches[ends[number - 2] if number > 1 else 0].comment.id if number else None,
        later=branches[last].comment.id if last < len(branches) else None,
        left=sum(len(_standing(branch)) for branch in branches[last:]),
        next_new=next((each.id for each in outside if is_new(each)), None),
    )


def _ends(branches: Sequence[Node[Row]], size: int) -> list[int]:
    """Return for each part the number of branches up to its end."""
    ends, posts = [], 0
    for number, branch in enumerate(branches, 1):
        posts += 1 + len(branch.replies)
        if posts >= size or number == len(branches):
            ends.append(number)
            posts = 0
    return ends
