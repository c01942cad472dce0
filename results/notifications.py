"""What students are told of words of staff and of their totals: mail says that there is something, never what."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from flask_babel import gettext as _

from classroom.notifications import Kind, Reader, Told, Words
from results.message_operations import MESSAGE
from results.operations import TOTALS
from results.queries.gradebook import list_showing_totals
from results.queries.messages import MessageRow, list_messages_for


def render_messages(reader: Reader, rows: Sequence[Told]) -> Mapping[int, Words]:
    """Put messages into words. One statement."""
    found = list_messages_for(reader.id, [row.object_id for row in rows])
    return {row.id: _said(found[row.object_id]) for row in rows if row.object_id in found}


def _said(message: MessageRow) -> Words:
    if message.article_title is None:
        sentence = _("%(name)s wrote to you", name=message.by_name)
    else:
        sentence = _("%(name)s wrote to you about “%(article)s”", name=message.by_name, article=message.article_title)
    return Words(sentence, "messages.show", {"message_id": message.id}, detail=message.body, by_staff=True)


def render_totals(reader: Reader, rows: Sequence[Told]) -> Mapping[int, Words]:
    """Say where a student's total is shown now; nothing where it is not shown any more. One statement."""
    shown = list_showing_totals(reader.id, [row.object_id for row in rows])
    return {row.id: _totals(row) for row in rows if row.object_id in shown}


def _totals(row: Told) -> Words:
    sentence = _("You can see your total in %(section)s now", section=row.section_name)
    return Words(sentence, "grades.index", {"section_id": row.object_id}, by_staff=True)


KINDS = (Kind(MESSAGE, "talk", render_messages), Kind(TOTALS, "check", render_totals))
