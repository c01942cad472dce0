"""What people wrote in the discussions, in the order in which it happened."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from core import clock
from demo.cast import Cast, Troupe
from demo.posts import PostPlan, VisitPlan
from demo.readings import Given, Text
from discussion.comment_text import compose
from discussion.operations import (
    Actor,
    DiscussionRef,
    add_comment,
    approve_comment,
    delete_comment,
    endorse_comment,
    flag_comment,
    hide_comment,
    mark_read,
)

# However late at night the demonstration is loaded, a reply comes after what it answers.
SHORTEST_PAUSE = timedelta(minutes=3)


@dataclass(frozen=True)
class Room:
    """One class's discussions."""

    cast: Cast
    troupe: Troupe
    given: Given
    text: Text


def load_threads(room: Room, posts: Sequence[PostPlan], visits: Sequence[VisitPlan]) -> dict[str, int]:
    """Write all posts of one class, and note who has read what. Return the ids of the posts by key."""
    own = [post for post in posts if post.section == room.troupe.key]
    moments = moments_of(own, room.troupe.calendar.moment)
    events: list[tuple[datetime, PostPlan | VisitPlan]] = [(moments[post.key], post) for post in own]
    events += [(room.troupe.calendar.moment(v.moment), v) for v in visits if v.section == room.troupe.key]
    comments: dict[str, int] = {}
    for moment, event in sorted(events, key=lambda pair: pair[0]):
        with clock.at(moment):
            if isinstance(event, VisitPlan):
                _read(room, event.prompt, event.person)
            else:
                comments[event.key] = _post(room, event, comments)
    for post in own:
        with clock.at(moments[post.key] + SHORTEST_PAUSE / 3):
            _treat(room, post, comments[post.key])
    return comments


def moments_of(posts: Sequence[PostPlan], read: Callable[[str], datetime]) -> dict[str, datetime]:
    """When each post was written; `posts` name what they answer after it. A reply is never the earlier one."""
    moments: dict[str, datetime] = {}
    for post in posts:
        moment = read(post.moment)
        moments[post.key] = max(moment, moments[post.answers] + SHORTEST_PAUSE) if post.answers else moment
    return moments


def _post(room: Room, post: PostPlan, comments: Mapping[str, int]) -> int:
    parent = comments[post.answers] if post.answers else None
    thread = DiscussionRef(room.given.assignment_id, room.given.threads[post.prompt], room.text.version_id)
    thread = replace(thread, is_anonymous=post.anonymous, waits=post.waits)
    text = compose(_filled(post.body, comments), parent)
    comment_id = add_comment(room.troupe.enrollments[post.author], thread, text)
    _read(room, post.prompt, post.author)
    return comment_id


def _filled(body: str, comments: Mapping[str, int]) -> str:
    """A post with the ids of those that it quotes: `{a1}` in what is planned."""
    return re.sub(r"\{(\w+)\}", lambda key: str(comments[key[1]]), body)


def _read(room: Room, prompt: str, person: str) -> None:
    mark_read(room.troupe.enrollments[person], room.given.threads[prompt])


def _treat(room: Room, post: PostPlan, comment_id: int) -> None:
    """What became of a post: staff approved, endorsed or hid it, somebody flagged it, or its author took it back."""
    teacher = Actor(room.cast.teacher, room.troupe.section_id)
    if post.approved:
        approve_comment(teacher, comment_id)
    if post.endorsed:
        endorse_comment(teacher, comment_id, post.endorsed)
    if post.hidden:
        hide_comment(teacher, comment_id, post.hidden)
    if post.flagged:
        by, reason = post.flagged["by"], (post.flagged["kind"], post.flagged["words"])
        place = room.troupe.enrollments[by]
        flag_comment(Actor(room.cast.users[by], room.troupe.section_id), place, comment_id, reason)
    if post.deleted:
        delete_comment(Actor(room.cast.users[post.author], room.troupe.section_id), comment_id)
