"""What people wrote beside the text, and which sentences they found hard, in the order in which it happened."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from articles.spans import Ends
from core import clock
from demo.data import FOLDER
from demo.questions import ends_of
from demo.threads import Room
from discussion.comment_text import compose
from discussion.margins import Margin, meant
from discussion.operations import (
    Actor,
    NewNote,
    add_comment,
    add_note,
    endorse_comment,
    mark_confusing,
    mark_notes_read,
    place_of_answer,
)
from discussion.queries import get_margin_for, list_notes


@dataclass(frozen=True)
class AnswerPlan:
    """An answer to a note."""

    author: str
    moment: str
    body: str


@dataclass(frozen=True)
class NotePlan:
    """A note on the passage `at`, or on the `words` in it. `endorsed` holds the reason."""

    section: str
    author: str
    moment: str
    at: str
    body: str
    words: str = ""
    choice: str = "comment"
    endorsed: str = ""
    answers: tuple[AnswerPlan, ...] = ()


@dataclass(frozen=True)
class HardPlan:
    """A sentence that some students marked as one that confuses them."""

    section: str
    at: str
    students: tuple[str, ...]


class NoSuchWordsError(ValueError):
    """A note in the data files is on words that its passage does not have."""


def read_margins() -> tuple[tuple[NotePlan, ...], tuple[HardPlan, ...]]:
    """The notes of all classes and the sentences that were hard, in the file's order."""
    data = tomllib.loads((FOLDER / "margin.toml").read_text(encoding="utf-8"))
    notes = tuple(_note(row) for row in data["note"])
    return notes, tuple(HardPlan(row["section"], row["at"], tuple(row["students"])) for row in data["hard"])


def _note(row: dict[str, Any]) -> NotePlan:
    return NotePlan(**{**row, "answers": tuple(AnswerPlan(**each) for each in row.get("answers", ()))})


def load_margin(room: Room, notes: Sequence[NotePlan], hard: Sequence[HardPlan]) -> None:
    """Write one class's notes and marks. Whoever writes has read what was there."""
    read = room.troupe.calendar.moment
    for note in sorted((note for note in notes if note.section == room.troupe.key), key=lambda each: read(each.moment)):
        note_id = _write(room, note, read(note.moment))
        for answer in note.answers:
            with clock.at(read(answer.moment)):
                margin = _margin(room, answer.author).beside(meant(note.choice, "student").visibility)
                where = place_of_answer(margin, note_id, margin.visibility)
                add_comment(margin.enrollment_id, where, compose(answer.body, note_id))
    for mark in hard:
        if mark.section == room.troupe.key:
            first, _last = ends_of(mark.at, room.text.sentences)
            for student in mark.students:
                mark_confusing(_margin(room, student), first)


def _write(room: Room, note: NotePlan, moment: datetime) -> int:
    margin = _margin(room, note.author)
    with clock.at(moment):
        seen = [each.id for row in list_notes(margin) for each in (row.comment, *row.shown)]
        if seen:
            mark_notes_read(margin, seen)
        new = NewNote(compose(note.body), _ends(room, note), meant(note.choice, margin.role))
        note_id = add_note(margin, new)
        if note.endorsed:
            endorse_comment(Actor(room.cast.teacher, room.troupe.section_id), note_id, note.endorsed)
    return note_id


def _margin(room: Room, person: str) -> Margin:
    return get_margin_for(room.cast.users[person], room.given.assignment_id)


def _ends(room: Room, note: NotePlan) -> Ends:
    first, last = ends_of(note.at, room.text.sentences)
    if not note.words:
        return Ends(first, last)
    sentence = next(each for each in room.text.sentences if each.id == first)
    start = sentence.text.find(note.words)
    if start < 0 or first != last:
        raise NoSuchWordsError(note.words)
    return Ends(first, last, start, start + len(note.words))
