"""What a role may do in a discussion. Pure: (the discussion with the viewer's place in it, comment, now)."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Protocol

from classroom.models import STAFF
from discussion.gates import is_for_group

EDIT_WINDOW = timedelta(minutes=30)
WRITERS = ("student", "assistant", "instructor")
SECOND = timedelta(seconds=1)


class DiscussionPlace(Protocol):
    """A thread and the viewer's place in its class."""

    @property
    def enrollment_id(self) -> int: ...
    @property
    def role(self) -> str: ...
    @property
    def archived(self) -> bool: ...
    @property
    def closes_at(self) -> datetime | None: ...
    @property
    def locked_at(self) -> datetime | None: ...
    @property
    def muted_for(self) -> str | None: ...
    @property
    def group_id(self) -> int | None: ...


class WrittenComment(Protocol):
    """A comment, by whom and when, and what became of it."""

    @property
    def enrollment_id(self) -> int: ...
    @property
    def created_at(self) -> datetime: ...
    @property
    def deleted_at(self) -> datetime | None: ...
    @property
    def hidden_at(self) -> datetime | None: ...
    @property
    def group_id(self) -> int | None: ...


class ThreadComment(WrittenComment, Protocol):
    """A comment and where it stands, and whether it waits for approval."""

    @property
    def waits(self) -> bool: ...

    @property
    def delivery_id(self) -> int | None: ...
    @property
    def parent_id(self) -> int | None: ...


def is_staff(place: DiscussionPlace) -> bool:
    """Instructors and assistants of the class."""
    return place.role in STAFF


def is_closed(place: DiscussionPlace, now: datetime) -> bool:
    """Whether the thread's last second is over; that second is still inside."""
    return place.closes_at is not None and now >= place.closes_at + SECOND


def is_muted(place: DiscussionPlace) -> bool:
    """Whether staff keep this student from writing for others in the class."""
    return place.muted_for is not None and not is_staff(place)


def may_post(place: DiscussionPlace, now: datetime) -> bool:
    """Students until the thread is closed or locked, staff also after that; nobody in an archived class.

    Who is muted writes for nobody else.
    """
    if place.archived or place.role not in WRITERS or is_muted(place):
        return False
    return is_staff(place) or (place.locked_at is None and not is_closed(place, now))


class ThreadRules(DiscussionPlace, Protocol):
    """A thread, whether what students post there is approved first, and the viewer's place."""

    @property
    def approves_first(self) -> bool: ...


def has_to_wait(place: ThreadRules) -> bool:
    """Whether what this person posts waits for approval: a student's, where posts are approved first."""
    return place.approves_first and not is_staff(place)


def stands(comment: WrittenComment) -> bool:
    """Neither deleted by its author nor hidden by staff."""
    return comment.deleted_at is None and comment.hidden_at is None


def is_in_reach(place: DiscussionPlace, comment: WrittenComment) -> bool:
    """Whether a comment was written for the viewer's group or for everybody: own ones of an earlier group were not."""
    return is_for_group(comment.group_id, place.role, place.group_id)


def may_answer(place: DiscussionPlace, comment: WrittenComment, now: datetime) -> bool:
    """A comment that still stands, in the group in which one writes, may be answered by who may post."""
    return may_post(place, now) and stands(comment) and is_in_reach(place, comment)


def may_react(place: DiscussionPlace, comment: WrittenComment, now: datetime) -> bool:
    """Who may answer somebody else's comment may react to it."""
    return may_answer(place, comment, now) and comment.enrollment_id != place.enrollment_id


def may_edit(place: DiscussionPlace, comment: WrittenComment, now: datetime) -> bool:
    """The author, for half an hour, while the comment stands and the thread is open."""
    own = comment.enrollment_id == place.enrollment_id
    return own and may_post(place, now) and stands(comment) and now < comment.created_at + EDIT_WINDOW


def may_delete(place: DiscussionPlace, comment: WrittenComment) -> bool:
    """The author, also after the thread has closed, but not when staff have locked it or hidden the comment."""
    own = comment.enrollment_id == place.enrollment_id
    free = is_staff(place) or place.locked_at is None
    return own and stands(comment) and free and not place.archived and place.role in WRITERS


def may_be_confused(place: DiscussionPlace) -> bool:
    """Students of a class that is not archived mark what is hard."""
    return place.role == "student" and not place.archived


def may_moderate(place: DiscussionPlace) -> bool:
    """Staff hide, restore, lock, unlock and open the gate, while the class is not archived."""
    return is_staff(place) and not place.archived


def may_approve(place: DiscussionPlace, comment: ThreadComment) -> bool:
    """Staff, a post that waits for it and stands."""
    return comment.waits and may_moderate(place) and stands(comment)


def may_endorse(place: DiscussionPlace, comment: WrittenComment) -> bool:
    """Staff, a comment that stands and is not their own."""
    return may_moderate(place) and stands(comment) and comment.enrollment_id != place.enrollment_id


def may_pin(place: DiscussionPlace, comment: ThreadComment) -> bool:
    """Staff, what begins a branch of a thread, while it stands."""
    begins = comment.delivery_id is not None and comment.parent_id is None
    return begins and may_moderate(place) and stands(comment)


def may_project(place: DiscussionPlace, comment: ThreadComment) -> bool:
    """Staff show the class, on the projector, a post of a thread that all of it may read."""
    for_all = comment.delivery_id is not None and comment.group_id is None and not comment.waits
    return for_all and may_moderate(place) and stands(comment)


def may_flag(place: DiscussionPlace, comment: WrittenComment) -> bool:
    """Everybody but staff, who hide, may tell staff of what somebody else wrote and stands; also in a closed thread."""
    somebody_elses = comment.enrollment_id != place.enrollment_id
    return somebody_elses and stands(comment) and not is_staff(place) and not place.archived


def may_not_flag_any_more(place: DiscussionPlace, comment: WrittenComment) -> bool:
    """Whether this person could flag the comment, had it not been deleted or hidden, or the class archived."""
    return comment.enrollment_id != place.enrollment_id and not is_staff(place) and not may_flag(place, comment)


def may_see_history(place: DiscussionPlace) -> bool:
    """What a comment said before it was edited is for staff."""
    return is_staff(place)


def may_arrange(place: DiscussionPlace) -> bool:
    """Instructors of the class give prompts to it and set their rules."""
    return place.role == "instructor" and not place.archived
