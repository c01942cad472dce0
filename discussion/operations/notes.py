"""Notes in the margin of a reading: made, moved, read; and the marks of what was hard. Operations flush."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, literal, select, update
from sqlalchemy.orm import aliased

from articles.operations import ensure_passage
from articles.queries import list_sentences
from articles.spans import Ends
from core import clock
from core.audit import Act, record
from core.database import db
from core.live import publish
from discussion.comment_text import CommentText
from discussion.margins import Margin, Meant
from discussion.models import Comment, CommentRead, ConfusionMark
from discussion.operations.acts import Actor
from discussion.operations.comments import INSERT_FOR, DiscussionRef, add_comment
from discussion.queries.visibility import ME, is_gone, note_exists
from discussion.topics import MARKED, NOTES_READ, WRITTEN, confusion_topic, margin_topic, place_topic


@dataclass(frozen=True)
class NewNote:
    """A note to be written: its words, the passage, whom it is for and what it is."""

    text: CommentText
    ends: Ends
    meant: Meant


def place_of_note(margin: Margin, ends: Ends, meant: Meant) -> DiscussionRef:
    """Return where a note stands, with a span for its passage, made if need be. Raises UnknownSentence."""
    span_id = ensure_passage(margin.version_id, ends, list_sentences(margin.version_id))
    return DiscussionRef(
        margin.assignment_id,
        None,
        margin.version_id,
        span_id=span_id,
        visibility=meant.visibility,
        kind=meant.kind,
    )


def add_note(margin: Margin, note: NewNote) -> int:
    """Write a note of the person whose margin this is, and return its id. Raises UnknownSentence."""
    return add_comment(margin.enrollment_id, place_of_note(margin, note.ends, note.meant), note.text)


def place_of_answer(margin: Margin, note_id: int, visibility: str) -> DiscussionRef:
    """Return where an answer to a note stands, which has this visibility."""
    return DiscussionRef(margin.assignment_id, None, margin.version_id, root_id=note_id, visibility=visibility)


def move_note(actor: Actor, margin: Margin, note_id: int, ends: Ends) -> None:
    """Give a note another passage of the class's text: by hand, where an edit has left it none."""
    span_id = ensure_passage(margin.version_id, ends, list_sentences(margin.version_id))
    db.session.execute(update(Comment).where(Comment.id == note_id).values(span_id=span_id))
    record(actor.user_id, Act("note.move", "comment", note_id, actor.section_id))
    publish(margin_topic(margin.assignment_id), WRITTEN, note_id)


def mark_notes_read(margin: Margin, comment_ids: Sequence[int]) -> None:
    """Note that a person has read these notes and answers, of those of this margin that exist for them.

    Marks that are there already stay as they are.
    """
    note = select(Comment.id).where(
        Comment.assignment_id == margin.assignment_id, Comment.span_id.is_not(None), note_exists()
    )
    each = aliased(Comment)
    unread = select(literal(margin.enrollment_id), each.id).where(
        each.id.in_(comment_ids),
        each.enrollment_id != ME,
        ~is_gone(each),
        each.id.in_(note) | each.root_id.in_(note),
    )
    reader = unread.params(me=margin.enrollment_id, is_staff=int(margin.is_staff))
    statement = INSERT_FOR[db.engine.dialect.name](CommentRead)
    marked: Any = db.session.execute(
        statement.from_select(["enrollment_id", "comment_id"], reader).on_conflict_do_nothing(),  # type: ignore[attr-defined]
        execution_options={"preserve_rowcount": True},
    )
    if marked.rowcount > 0:
        publish(place_topic(margin.enrollment_id), NOTES_READ, margin.assignment_id)


def mark_confusing(margin: Margin, sentence_id: int) -> None:
    """Note that the person was confused at this sentence of the text; twice is once. Open maps of staff hear of it."""
    statement = INSERT_FOR[db.engine.dialect.name](ConfusionMark).values(
        enrollment_id=margin.enrollment_id,
        assignment_id=margin.assignment_id,
        sentence_id=sentence_id,
        created_at=clock.now(),
    )
    db.session.execute(statement.on_conflict_do_nothing())  # type: ignore[attr-defined]
    publish(confusion_topic(margin.assignment_id), MARKED, margin.assignment_id)


def take_back_confusion(margin: Margin, sentence_id: int) -> None:
    """Take the person's mark from a sentence."""
    db.session.execute(
        delete(ConfusionMark).where(
            ConfusionMark.enrollment_id == margin.enrollment_id,
            ConfusionMark.assignment_id == margin.assignment_id,
            ConfusionMark.sentence_id == sentence_id,
        )
    )
    publish(confusion_topic(margin.assignment_id), MARKED, margin.assignment_id)
