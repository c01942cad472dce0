"""The markup that every post has, put together once for each: a thread prints it by the hundred.

What is rare (a role, marks by staff, what its author and staff can do) stays in the templates.
"""

from __future__ import annotations

import re
from datetime import date, datetime
from functools import lru_cache
from typing import Protocol, TypeAlias
from zoneinfo import ZoneInfo

from flask_babel import format_date

from core.text import assembled, rendered
from core.translation import gettext as _

RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]")
OPENING = '<article class="{}" id="c{}">{}'
DATED = '<a href="#c{}">{} {:02}:{:02}</a>{}</header>'
WORDS = '<div class="prose"{}>{}{}</div>{}{}{}'
WHOLE = OPENING + DATED + WORDS
NOTHING = assembled("")
CLOSED = assembled("</article>")
REPLIES = assembled('<div class="replies">')
REPLIES_END = assembled("</div></article>")
DIRECTION = assembled(' dir="auto"')
REPLY = assembled('<footer><a href="?reply=')
LOOKS = {
    (by_teacher, endorsed): assembled("post{}{}", " by-teacher" * by_teacher, " endorsed" * endorsed)
    for by_teacher in (False, True)
    for endorsed in (False, True)
}

Parts: TypeAlias = tuple[str | int, ...]
"""What fills in a pattern."""


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
        """Return the words for one moment."""
        return "{} {:02}:{:02}".format(*self.parts(moment))

    def parts(self, moment: datetime) -> tuple[str, int, int]:
        """Return the day (safe markup), the hour and the minute of one moment."""
        local = moment.astimezone(self._zone)
        day = local.date()
        name = self._days.get(day)
        if name is None:
            name = self._days[day] = assembled("{}", self._name(day))
        return name, local.hour, local.minute

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


class PostWriter:
    """Returns what fills in OPENING, DATED and WORDS. One for each page: its words are looked up once."""

    def __init__(self, zone: str, now: datetime) -> None:
        changed = assembled('<span class="meta">{}</span>', _("changed"))
        new = assembled("<i>{}</i>", _("New"))
        self._badges = {(False, False): NOTHING, (True, False): changed, (False, True): new}
        self._badges[True, True] = changed + new
        self._reply_end = assembled('#reply">{}</a></footer>', _("Reply"))
        self._when = DayWords(zone, now)

    def opening(self, comment: ShownComment) -> Parts:
        """Where it begins, and who wrote it."""
        look = LOOKS[comment.author_role == "instructor", comment.endorsed_at is not None]
        return look, comment.id, _author(comment.author_name)

    def dated(self, comment: ShownComment, is_new: bool) -> Parts:
        """When it was written, and whether it was changed since or is new to the reader."""
        return comment.id, *self._when.parts(comment.created_at), self._badges[comment.edited_at is not None, is_new]

    def words(self, html: str, answers: Answered | None, reply_id: int) -> Parts:
        """What it says (safe HTML), whom it answers, and the way to reply to the comment `reply_id` (0: none)."""
        runs_both_ways = not html.isascii() and RIGHT_TO_LEFT.search(html) is not None
        to = NOTHING
        if answers is not None and not answers.gone:
            to = assembled('<a class="to" href="#c{}">{}</a> ', answers.id, _safe(answers.author_name))
        footer: Parts = (REPLY, reply_id, self._reply_end) if reply_id else (NOTHING, NOTHING, NOTHING)
        return DIRECTION if runs_both_ways else NOTHING, to, rendered(html), *footer
