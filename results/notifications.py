"""What staff write to a student, as the student is told of it: mail says that there is something, never what."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from flask_babel import gettext as _

from classroom.notifications import Kind, Reader, Told, Words
from results.message_operations import MESSAGE
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


KINDS = (Kind(MESSAGE, "talk", render_messages),)
