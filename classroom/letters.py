"""Letters as they are sent: their words in the person's language, as plain text and as a page, with a way out.

A letter says that something happened, and where. It carries no score, nothing that anybody wrote in a discussion, and
nothing that its reader may not see at this moment.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from flask import render_template
from flask_babel import gettext as _

from classroom.models import DAILY, DIGEST, REPLIES
from classroom.news import by_class
from classroom.notifications import Line, Reader, put_into_words
from classroom.queries.mail import DueLetter, list_unmailed
from classroom.signed_links import unsubscribe_token
from core.mail import Message
from core.translation import speaking
from core.web import public_url

MOST_LINES = 40


@dataclass(frozen=True)
class Draft:
    """A letter with what it would tell; nothing if there is nothing to tell or nobody to tell it to."""

    letter: DueLetter
    lines: Sequence[Line]
    others: int = 0

    @property
    def row_ids(self) -> list[int]:
        """The notifications in it."""
        return [line.told.id for line in self.lines]

    def only(self, row_ids: set[int]) -> Draft:
        """The same letter without what came with another one meanwhile."""
        return replace(self, lines=[line for line in self.lines if line.told.id in row_ids])


def draft_letter(letter: DueLetter, now: datetime) -> Draft:
    """Look at what a letter may tell now. Reads; a fixed number of statements."""
    to = letter.to
    if to.email is None or not to.wanted.wants(letter.kind):
        return Draft(letter, [])
    with speaking(to.locale):
        lines = put_into_words(Reader(to.user_id, to.time_zone, now), list_unmailed(to.user_id, now))
    wanted = [line for line in lines if line.is_new and letter.kind in (DIGEST, line.kind.letter)]
    return Draft(letter, wanted[:MOST_LINES], max(0, len(wanted) - MOST_LINES))


def write_letter(draft: Draft) -> Message:
    """Return a letter in words."""
    letter, to = draft.letter, draft.letter.to
    stop = public_url("unsubscribing.show", token=unsubscribe_token(to.user_id, letter.kind))
    with speaking(to.locale):
        values = {
            "hello": _("Hello %(name)s,", name=" ".join(to.name.split())),
            "subject": _subject(letter.kind),
            "intro": _intro(letter.kind),
            "why": _why(letter),
            "classes": [(each.name, [_entry(line) for line in each.lines]) for each in by_class(draft.lines)],
            "others": draft.others,
            "page": public_url("notifications.index"),
            "settings": public_url("mail_settings.edit"),
            "stop": stop,
            "language": to.locale,
        }
        text, html = (render_template(f"mail/news.{kind}", **values) for kind in ("txt", "html"))
        headers = {"List-Unsubscribe": f"<{stop}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
        return Message(str(to.email), values["subject"], text, html, headers)


def _entry(line: Line) -> tuple[str, str]:
    """A sentence on one line, and the address it leads to."""
    words = line.words
    return " ".join(words.sentence.split()), public_url(words.endpoint, **words.values)


def _subject(kind: str) -> str:
    if kind == DIGEST:
        return str(_("New in your classes"))
    return str(_("Replies to you") if kind == REPLIES else _("Due soon"))


def _intro(kind: str) -> str:
    if kind == DIGEST:
        return str(_("This is new in your classes:"))
    return str(_("Somebody replied to you:") if kind == REPLIES else _("This is due soon:"))


def _why(letter: DueLetter) -> str:
    if letter.kind == REPLIES:
        return str(_("You get this soon after somebody replies to you, because you asked for it."))
    if letter.kind == DIGEST and letter.to.wanted.digest == DAILY:
        return str(_("You get this once a day at most, when there is something new."))
    if letter.kind == DIGEST:
        return str(_("You get this once a week at most, when there is something new."))
    return str(_("You get this when something is due within a day and not done yet."))
