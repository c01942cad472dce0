"""What students are told about what they have to do, in words: from what their home page reads."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask_babel import gettext as _
from flask_babel import ngettext

from classroom.fan_outs import SOON
from classroom.models import REMINDERS
from classroom.notifications import Kind, Reader, Told, Words
from core.dates import moment
from reading.due import Due, agenda
from reading.queries.quizzes import QuizState, list_quiz_states
from reading.queries.student_home import list_readings
from reading.queries.talk import find_talk

NEW_READING, NEW_QUIZ, READING_DUE = "reading", "quiz", "reading_due"
"""Kinds of notifications, about an assignment, a delivery of a quiz, an assignment; reading/jobs.py tells classes."""
ARTICLE, START = "reading.article", "taking.start"


@dataclass(frozen=True)
class ToDo:
    """A student's readings by assignment and quizzes by delivery, and which readings are over or done."""

    readings: Mapping[int, Due]
    quizzes: Mapping[int, QuizState]
    past: frozenset[int]


def render_readings(reader: Reader, rows: Sequence[Told]) -> Mapping[int, Words]:
    """Put readings and quizzes into words. Three statements."""
    todo = _todo(reader)
    words = {}
    for row in rows:
        said = _quiz(row, todo) if row.kind == NEW_QUIZ else _reading(row, todo, reader)
        if said is not None:
            words[row.id] = said
    return words


def _todo(reader: Reader) -> ToDo:
    readings, states = list_readings(reader.id, reader.now), list_quiz_states(reader.id, reader.now)
    own = agenda(readings, states, find_talk(reader.id), reader.now)
    rows = [*([own.upcoming] if own.upcoming else []), *own.later, *own.past]
    return ToDo(
        {due.reading.id: due for due in rows},
        {quiz.delivery_id: quiz for quiz in states},
        frozenset(due.reading.id for due in own.past),
    )


def _reading(row: Told, todo: ToDo, reader: Reader) -> Words | None:
    due = todo.readings.get(row.object_id)
    if due is None:
        return None
    return _is_due(due, todo, reader) if row.kind == READING_DUE else _is_open(due, todo, reader)


def _is_open(due: Due, todo: ToDo, reader: Reader) -> Words:
    sentence = _("New reading: “%(title)s”", title=due.reading.title)
    if due.reading.due_at is not None:
        when = moment(due.reading.due_at, due.reading.zone, reader.time_zone)
        sentence = _("New reading: “%(title)s”, due %(when)s", title=due.reading.title, when=when)
    return Words(sentence, ARTICLE, {"assignment_id": due.reading.id}, is_seen=due.reading.id in todo.past)


def _is_due(due: Due, todo: ToDo, reader: Reader) -> Words | None:
    """A reminder while there is something left to hand in or to write; None once all is done or over."""
    missing = [part for part in (_missing_quizzes(due), _missing_posts(due)) if part]
    if due.reading.id in todo.past or due.reading.due_at is None or not missing:
        return None
    values = {
        "title": due.reading.title,
        "when": moment(due.reading.due_at, due.reading.zone, reader.time_zone),
        "missing": _(" and ").join(missing),
    }
    if due.reading.due_at < reader.now:
        sentence = _("“%(title)s” was due %(when)s: %(missing)s", **values)
    else:
        sentence = _("“%(title)s” is due %(when)s: %(missing)s", **values)
    return Words(sentence, ARTICLE, {"assignment_id": due.reading.id}, until=due.reading.due_at)


def _missing_quizzes(due: Due) -> str:
    missing = sum(quiz.state != "handed_in" for quiz in due.quizzes)
    return str(ngettext("one quiz to hand in", "%(num)s quizzes to hand in", missing)) if missing else ""


def _missing_posts(due: Due) -> str:
    missing = due.talk.prompts - due.talk.answered
    return str(ngettext("one post to write", "%(num)s posts to write", missing)) if missing > 0 else ""


def _quiz(row: Told, todo: ToDo) -> Words | None:
    quiz = todo.quizzes.get(row.object_id)
    due = todo.readings.get(quiz.assignment_id) if quiz else None
    if quiz is None or due is None:
        return None
    sentence = _("New quiz on “%(article)s”: “%(quiz)s”", article=due.reading.title, quiz=quiz.title)
    is_seen = quiz.state != "not_started" or due.reading.id in todo.past
    return Words(sentence, START, {"delivery_id": quiz.delivery_id}, is_seen=is_seen)


KINDS = (
    Kind(NEW_READING, "read", render_readings),
    Kind(NEW_QUIZ, "quiz", render_readings),
    Kind(READING_DUE, "clock", render_readings, letter=REMINDERS, patience=SOON),
)
