"""The markup that every post has, put together once for each: a thread prints it by the hundred.

What is rare (a role, marks by staff, what its author and staff can do) stays in the templates.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime
from functools import lru_cache
from typing import Protocol
from zoneinfo import ZoneInfo

from flask import request
from flask_babel import format_date

from core.text import assembled, joined
from core.translation import gettext as _
from discussion.reactions import Reacted, reaction_words

RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]")
NOTHING, OWN, OWN_POST = assembled(""), assembled(" data-own"), assembled(" data-mine")
CLOSED = assembled("</article>")
REPLIES = assembled('<div class="replies">')
REPLIES_END = assembled("</div></article>")
LOOKS = {
    (by_teacher, endorsed): assembled("post{}{}", " by-teacher" * by_teacher, " endorsed" * endorsed)
    for by_teacher in (False, True)
    for endorsed in (False, True)
}


class ShownComment(Protocol):
    """What showing a comment needs to know of it."""

    @property
    def id(self) -> int: ...
    @property
    def delivery_id(self) -> int | None: ...
    @property
    def enrollment_id(self) -> int: ...
    @property
    def parent_id(self) -> int | None: ...
    @property
    def root_id(self) -> int | None: ...
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
    def pinned_at(self) -> datetime | None: ...
    @property
    def endorser_name(self) -> str | None: ...
    @property
    def author_name(self) -> str: ...
    @property
    def author_role(self) -> str: ...
    @property
    def waits(self) -> bool: ...
    @property
    def alias(self) -> int | None: ...
    @property
    def group_id(self) -> int | None: ...
    @property
    def is_read(self) -> bool: ...
    @property
    def gone(self) -> bool: ...


class Answered(Protocol):
    """What a reply tells of the comment that it answers."""

    @property
    def id(self) -> int: ...
    @property
    def author_name(self) -> str: ...
    @property
    def gone(self) -> bool: ...


class DayWords:
    """Moments in short: "Today 08:05", "Mon 20:31" within the last week, else "21 Nov, 20:31"."""

    def __init__(self, zone: str, now: datetime) -> None:
        self._zone = ZoneInfo(zone)
        self._today = now.astimezone(self._zone).date()
        self._days: dict[date, str] = {}

    def __call__(self, moment: datetime) -> str:
        """Return the words for one moment, safe."""
        local = moment.astimezone(self._zone)
        day = local.date()
        name = self._days.get(day)
        if name is None:
            name = self._days[day] = assembled("{}", self._name(day))
        return f"{name} {local.hour:02}:{local.minute:02}"

    def _name(self, day: date) -> str:
        ago = (self._today - day).days
        if ago == 0:
            return str(_("Today"))
        pattern = "EEE" if 0 < ago < 7 else "d MMM" if day.year == self._today.year else "d MMM y"
        return str(format_date(day, pattern))


@lru_cache(maxsize=4096)
def initials(name: str) -> str:
    """Return the first letters of the first and the last name, titles ("Dr.") left out."""
    words = [word for word in name.split() if not word.endswith(".") or len(word) < 3] or name.split()
    ends = words[:1] + (words[-1:] if len(words) > 1 else [])
    return "".join(word[0] for word in ends).upper() or "·"


@lru_cache(maxsize=4096)
def _author(name: str) -> str:
    return assembled('<header><b data-by="{}">{}</b>', initials(name), name)


@lru_cache(maxsize=4096)
def _safe(name: str) -> str:
    return assembled("{}", name)


def reactions_markup(reacted: Mapping[str, Reacted]) -> str:
    """How people reacted to a post, safe; nothing where nobody did."""
    if not reacted:
        return NOTHING
    yours = assembled('<span class="vh">, {}</span>', _("yours"))
    said = [
        assembled(
            '<span data-kind="{}"{}>{} <b>{}</b>{}</span> ',
            kind,
            OWN if reacted[kind].is_mine else NOTHING,
            words,
            reacted[kind].people,
            yours if reacted[kind].is_mine else NOTHING,
        )
        for kind, words in reaction_words().items()
        if kind in reacted
    ]
    return assembled('<p class="react">{}</p>', joined(said))


class PostWriter:
    """Writes the three parts of a post, safe each. One for each page: its words are looked up once.

    What is put in is a number, escaped before, or safe HTML: looking at each would cost more than all the rest.
    """

    def __init__(self, zone: str, now: datetime) -> None:
        changed = assembled('<span class="meta">{}</span>', _("changed"))
        new = assembled("<i>{}</i>", _("New"))
        self._badges = {(False, False): NOTHING, (True, False): changed, (False, True): new}
        self._badges[True, True] = changed + new
        reply, quote = assembled('#reply">{}</a><a href="?quote=', _("Reply")), assembled('#reply">{}</a>', _("Quote"))
        self._reply = reply, quote + assembled("</footer>")
        flag = assembled('/flag" class="to-end">{}</a>', _("Flag"))
        self._notes, self._quote = assembled("{}/notes/", request.script_root), assembled("{}", _("Quote"))
        self._flag = assembled('<a href="{}/comments/', request.script_root), flag
        self.when = DayWords(zone, now)

    def opening(self, comment: ShownComment, is_mine: bool = False) -> str:
        """Where it begins, and who wrote it."""
        look = LOOKS[comment.author_role == "instructor", comment.endorsed_at is not None]
        return f'<article class="{look}" id="c{comment.id}"{OWN_POST * is_mine}>{_author(comment.author_name)}'

    def dated(self, comment: ShownComment, is_new: bool, may_flag: bool = False) -> str:
        """When it was written, whether it was changed since or is new to the reader, and the way to flag it."""
        badges = self._badges[comment.edited_at is not None, is_new]
        flag = f"{self._flag[0]}{comment.id}{self._flag[1]}" if may_flag else ""
        return f'<a href="#c{comment.id}">{self.when(comment.created_at)}</a>{badges}{flag}</header>'

    def words(self, html: str, answers: Answered | None) -> str:
        """What it says (safe HTML), and whom it answers."""
        direction = "" if html.isascii() or not RIGHT_TO_LEFT.search(html) else ' dir="auto"'
        to = ""
        if answers is not None and not answers.gone:
            to = f'<a class="to" href="#c{answers.id}">{_safe(answers.author_name)}</a> '
        return f'<div class="prose"{direction}>{to}{html}</div>'

    def quoting(self, comment: ShownComment) -> str:
        """Where an answer to a note is quoted in another."""
        return f"{self._notes}{comment.root_id}?quote={comment.id}#reply"

    def quote(self, comment: ShownComment) -> str:
        """The way to quote an answer to a note in another."""
        return f'<footer><a href="{self.quoting(comment)}" data-quoted>{self._quote}</a></footer>'

    def reply(self, comment: ShownComment) -> str:
        """The ways to reply to it, and to quote it in the reply."""
        return f'<footer><a href="?reply={comment.id}{self._reply[0]}{comment.id}{self._reply[1]}'
