"""A thread as it is shown: every comment with its words filled in and what the viewer may do. No database here."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property, lru_cache
from typing import Protocol
from zoneinfo import ZoneInfo

from flask_babel import format_date
from flask_babel import gettext as _

from discussion import permissions
from discussion.permissions import DiscussionPlace
from discussion.references import Chip, fill
from discussion.threads import Node

RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]")
SHOWS = ("all", "new", "mine", "unanswered")


class ShownComment(Protocol):
    """What showing a comment needs to know of it."""

    @property
    def id(self) -> int: ...
    @property
    def enrollment_id(self) -> int: ...
    @property
    def parent_id(self) -> int | None: ...
    @property
    def body_html(self) -> str: ...
    @property
    def created_at(self) -> datetime: ...
    @property
    def edited_at(self) -> datetime | None: ...
    @property
    def deleted_at(self) -> datetime | None: ...
    @property
    def hidden_at(self) -> datetime | None: ...
    @property
    def hidden_reason(self) -> str: ...
    @property
    def endorsed_at(self) -> datetime | None: ...
    @property
    def endorsement_reason(self) -> str: ...
    @property
    def endorser_name(self) -> str | None: ...
    @property
    def author_name(self) -> str: ...
    @property
    def author_role(self) -> str: ...
    @property
    def is_read(self) -> bool: ...
    @property
    def gone(self) -> bool: ...


@dataclass(slots=True)
class Post:
    """One comment on the page. Of a comment that is gone nothing but its place is filled in."""

    id: int
    gone: str = ""  # "deleted" or "hidden"
    name: str = ""
    initials: str = ""
    role: str = ""  # "instructor", "assistant" or ""
    when: str = ""
    is_new: bool = False
    is_mine: bool = False
    is_edited: bool = False
    is_hidden: bool = False
    hidden_reason: str = ""
    html: str = ""
    is_endorsed: bool = False
    endorser: str = ""
    endorsement: str = ""
    answers_id: int = 0
    answers_name: str = ""
    may_answer: bool = False
    may_edit: bool = False
    may_delete: bool = False
    may_endorse: bool = False
    may_hide: bool = False
    has_history: bool = False
    any_direction: bool = False  # its words may run from right to left
    replies: list[Post] = field(default_factory=list)
    line: bool = False  # what is new begins here
    has_replies: bool = False  # its replies, or the form for one, follow inside it
    has_form: bool = False  # after it stands the form for a reply
    ends: bool = False  # it is the last thing inside its top post

    @property
    def is_marked(self) -> bool:
        """Whether staff have said something about it."""
        return self.is_hidden or self.is_endorsed

    @property
    def has_more(self) -> bool:
        """Whether the viewer can do more with it than reply."""
        return self.may_delete or self.may_edit or self.may_endorse or self.may_hide or self.has_history

    @property
    def look(self) -> str:
        """The class names of its element."""
        if self.gone:
            return "post gone"
        teacher = " by-teacher" if self.role == "instructor" else ""
        return f"post{teacher}{' endorsed' if self.is_endorsed else ''}"


class DayWords:
    """Moments in short: "Today 08:05", "Mon 20:31" within the last week, else "21 Nov, 20:31"."""

    def __init__(self, zone: str, now: datetime) -> None:
        self._zone = ZoneInfo(zone)
        self._today = now.astimezone(self._zone).date()
        self._days: dict[date, str] = {}

    def __call__(self, moment: datetime) -> str:
        """Return the words for one moment."""
        local = moment.astimezone(self._zone)
        day = local.date()
        if day not in self._days:
            self._days[day] = self._name(day)
        return f"{self._days[day]} {local.hour:02}:{local.minute:02}"

    def _name(self, day: date) -> str:
        ago = (self._today - day).days
        if ago == 0:
            return str(_("Today"))
        pattern = "EEE" if 0 < ago < 7 else "d MMM" if day.year == self._today.year else "d MMM y"
        return str(format_date(day, pattern))


@dataclass(frozen=True)
class Showing:
    """What all posts of a page share."""

    place: DiscussionPlace
    now: datetime
    zone: str
    reading_url: str
    chips: Mapping[int, Mapping[int, Chip]]

    @cached_property
    def may_post(self) -> bool:
        """Whether the viewer may write here at all."""
        return permissions.may_post(self.place, self.now)

    @cached_property
    def is_staff(self) -> bool:
        """Whether the viewer is of the class's staff."""
        return permissions.is_staff(self.place)


@lru_cache(maxsize=4096)
def initials(name: str) -> str:
    """Return the first letters of the first and the last name, titles ("Dr.") left out."""
    words = [word for word in name.split() if not word.endswith(".") or len(word) < 3] or name.split()
    ends = words[:1] + (words[-1:] if len(words) > 1 else [])
    return "".join(word[0] for word in ends).upper() or "·"


def show_posts(nodes: Sequence[Node[ShownComment]], showing: Showing) -> list[Post]:
    """Return the posts of a thread, each with its replies."""
    words = DayWords(showing.zone, showing.now)
    posts = []
    for node in nodes:
        post = show_post(node, showing, words)
        post.replies = [show_post(reply, showing, words) for reply in node.replies]
        posts.append(post)
    return posts


def show_post(node: Node[ShownComment], showing: Showing, words: DayWords) -> Post:
    """Return one post without its replies."""
    comment, place, now = node.comment, showing.place, showing.now
    if comment.gone:
        return Post(comment.id, gone="deleted" if comment.deleted_at else "hidden")
    may_answer = showing.may_post and permissions.stands(comment)
    mine = comment.enrollment_id == place.enrollment_id
    answers = node.answers if node.answers is not None and not node.answers.gone else None
    return Post(
        id=comment.id,
        name=comment.author_name,
        initials=initials(comment.author_name),
        role="" if comment.author_role in ("student", "observer") else comment.author_role,
        when=words(comment.created_at),
        is_new=not comment.is_read and comment.hidden_at is None,
        is_mine=mine,
        is_edited=comment.edited_at is not None,
        is_hidden=comment.hidden_at is not None,
        hidden_reason=comment.hidden_reason,
        html=fill(comment.body_html, showing.chips.get(comment.id, {}), showing.reading_url),
        is_endorsed=comment.endorsed_at is not None,
        endorser=comment.endorser_name or "",
        endorsement=comment.endorsement_reason,
        answers_id=answers.id if answers else 0,
        answers_name=answers.author_name if answers else "",
        may_answer=may_answer,
        may_edit=mine and permissions.may_edit(place, comment, now),
        may_delete=mine and permissions.may_delete(place, comment),
        may_endorse=showing.is_staff and permissions.may_endorse(place, comment),
        may_hide=showing.is_staff and not mine and permissions.may_moderate(place),
        has_history=showing.is_staff and comment.edited_at is not None,
        any_direction=RIGHT_TO_LEFT.search(comment.body_html) is not None,
    )


@dataclass(frozen=True)
class ThreadCounts:
    """What the filters above a thread say."""

    all: int
    people: int
    new: int
    mine: int
    unanswered: int


def _each(post: Post) -> list[Post]:
    return [each for each in (post, *post.replies) if not each.gone]


def _is_unanswered(post: Post) -> bool:
    return not post.gone and not post.role and not _each(post)[1:]


def count_posts(posts: Sequence[Post], people: int) -> ThreadCounts:
    """Count what is shown to this viewer; what is gone does not count."""
    every = [each for post in posts for each in _each(post)]
    return ThreadCounts(
        all=len(every),
        people=people,
        new=sum(each.is_new for each in every),
        mine=sum(each.is_mine for each in every),
        unanswered=sum(_is_unanswered(post) for post in posts),
    )


def narrow(posts: Sequence[Post], show: str) -> list[Post]:
    """Return the posts with their replies that one filter shows: "all", "new", "mine" or "unanswered"."""
    if show == "new":
        return [post for post in posts if any(each.is_new for each in _each(post))]
    if show == "mine":
        return [post for post in posts if any(each.is_mine for each in _each(post))]
    if show == "unanswered":
        return [post for post in posts if _is_unanswered(post)]
    return list(posts)


def lay_out(posts: Sequence[Post], reply_root: Post | None, has_line: bool) -> list[Post]:
    """Return each top post followed by its replies, each knowing where its elements end.

    The form for a reply comes last in `reply_root`. `has_line`: a line stands before the first new top post.
    """
    flat: list[Post] = []
    first_new = next((post for post in posts if post.is_new), None) if has_line else None
    for post in posts:
        inside = [post, *post.replies]
        post.line = post is first_new and post is not posts[0]
        post.has_replies = bool(post.replies) or post is reply_root
        inside[-1].ends = post.has_replies
        inside[-1].has_form = post is reply_root
        flat += inside
    return flat
