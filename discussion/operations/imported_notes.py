"""Many notes at once, brought in from elsewhere."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import islice
from typing import Any

from sqlalchemy import func, insert, select

from articles.operations import ensure_passages
from articles.queries import list_sentences
from articles.spans import Ends, parse_reference
from core import clock
from core.database import db
from core.text import RENDERER_VERSION
from discussion.margins import Margin
from discussion.models import Comment, CommentSpan
from discussion.operations.notes import NewNote
from discussion.references import unmark


def add_notes(margin: Margin, notes: Sequence[NewNote]) -> None:
    """Write notes of the person whose margin this is, all or none. A fixed number of statements.

    No two have the same words at the same place. Raises UnknownSentence.
    """
    if not notes:
        return
    sentences = list_sentences(margin.version_id)
    meant = [
        {n: place for n, words in enumerate(note.text.references) if (place := parse_reference(words, sentences))}
        for note in notes
    ]
    every = [note.ends for note in notes] + [Ends(*place) for places in meant for place in places.values()]
    span_ids = iter(ensure_passages(margin.version_id, every, sentences))
    now = clock.now()
    rows: list[dict[str, Any]] = [
        {
            "assignment_id": margin.assignment_id,
            "span_id": span_id,
            "enrollment_id": margin.enrollment_id,
            "visibility": note.meant.visibility,
            "kind": note.meant.kind,
            "body": note.text.body,
            "body_html": unmark(note.text.html, _unknown(note, places)),
            "renderer": RENDERER_VERSION,
            "created_at": now,
        }
        for note, places, span_id in zip(notes, meant, list(islice(span_ids, len(notes))), strict=True)
    ]
    db.session.execute(insert(Comment), rows)
    if any(meant):
        ids = _ids_of(rows)
        quoted = [
            {"comment_id": ids[row["span_id"], row["body"]], "position": number, "span_id": next(span_ids)}
            for row, places in zip(rows, meant, strict=True)
            for number in places
        ]
        db.session.execute(insert(CommentSpan), quoted)


def _ids_of(rows: Sequence[Mapping[str, Any]]) -> dict[tuple[int | None, str], int]:
    """The ids of the notes just written, by place and words: no two have both alike."""
    one = rows[0]
    written = select(Comment.span_id, Comment.body, func.max(Comment.id)).where(
        Comment.assignment_id == one["assignment_id"],
        Comment.enrollment_id == one["enrollment_id"],
        Comment.created_at == one["created_at"],
    )
    found = db.session.execute(written.group_by(Comment.span_id, Comment.body))
    return {(span_id, body): comment_id for span_id, body, comment_id in found}


def _unknown(note: NewNote, places: dict[int, tuple[int, int]]) -> dict[int, str]:
    return {number: words for number, words in enumerate(note.text.references) if number not in places}
