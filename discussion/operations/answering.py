"""Answering a note: one way for whichever page it is done on."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import select

from core import clock
from core.database import db
from discussion.comment_text import CommentText
from discussion.margins import Margin
from discussion.models import Comment
from discussion.objections import Objection, objection
from discussion.operations.comments import add_comment
from discussion.operations.notes import place_of_answer
from discussion.queries.posting import NoteSpot, find_noting_state


class Objected(Exception):
    """An answer that cannot be taken now."""

    def __init__(self, objection: Objection) -> None:
        super().__init__(objection.words)
        self.objection = objection


class Answer(NamedTuple):
    """An answer to a note; `is_twin`: the same words of the person stood there already."""

    id: int
    is_twin: bool


def hold_note(note_id: int) -> None:
    """Let whoever else means to be the first to answer a note wait until the commit."""
    db.session.execute(select(Comment.id).where(Comment.id == note_id).with_for_update(key_share=True))


def answer_note(user_id: int, margin: Margin, note_id: int, text: CommentText) -> Answer:
    """Answer a note, which was found for the person with its margin; whoever sees the note sees the answer.

    `text` names the note as what it answers. Said twice it is written once. Raises Objected.
    """
    state = find_noting_state(user_id, margin, NoteSpot(note_id=note_id), text)
    if state.twin_id is not None:
        return Answer(state.twin_id, is_twin=True)
    against = objection(margin, text, state, clock.now())
    if against is not None:
        raise Objected(against)
    where = place_of_answer(margin, note_id, margin.visibility)
    return Answer(add_comment(margin.enrollment_id, where, text), is_twin=False)
