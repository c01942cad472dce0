"""Reads one student's work on every reading of a class: as many statements however many readings there are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import cache
from itertools import groupby
from typing import Any

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import aliased

from articles.models import Article, Assignment, Block, Span, VersionSentence
from articles.queries import only_placed, place_of
from articles.queries.assignments import closes_at, due_at, with_own_dates
from classroom.models import Accommodation, Enrollment
from core.database import AnySelect, read_rows
from core.prepared import Rows
from discussion.models import Comment, PromptDelivery
from discussion.permissions import may_post
from discussion.queries.credit import Counted, CreditSetting, list_asking_threads, read_first_posts, read_standings
from discussion.queries.opened import list_threads_among
from discussion.queries.visibility import stands
from quizzes.models import Item, QuestionSpan, QuizDelivery, Response, SecondTry
from quizzes.timing import GRACE
from quizzes.tries import better_of
from results.grade_cells import Moment, Student, decided, quiz_cell
from results.queries.gradebook import read_decisions
from results.queries.quiz_columns import MOST, list_quiz_columns, read_attempts
from results.student_readings import Lost, QuizLine, ReadingLine, TalkLine, lost_by_paragraph, own_lines


@cache
def _readings() -> AnySelect:
    posts = (
        select(func.count(Comment.id))
        .join(PromptDelivery, PromptDelivery.id == Comment.delivery_id)
        .where(PromptDelivery.assignment_id == Assignment.id, Comment.enrollment_id == Enrollment.id, stands())
        .correlate(Assignment, Enrollment)
        .scalar_subquery()
    )
    days = select(Accommodation.extra_days).where(Accommodation.enrollment_id == Enrollment.id).scalar_subquery()
    of_student = (
        select(Assignment.id, Article.title, Assignment.opens_at, due_at(), closes_at(), posts, func.coalesce(days, 0))
        .join(Article, Article.id == Assignment.article_id)
        .join(Enrollment, Enrollment.section_id == Assignment.section_id)
        .where(Assignment.section_id == bindparam("section"), Enrollment.id == bindparam("student"))
        .order_by(due_at().is_(None), due_at(), Assignment.id)
        .limit(MOST)
    )
    return with_own_dates(of_student)


@cache
def _answers() -> AnySelect:
    return (
        select(QuizDelivery.assignment_id, Response.question_version_id, Item.points, Response.points, SecondTry.points)
        .join(QuizDelivery, QuizDelivery.id == Response.delivery_id)
        .join(Item, Item.id == Response.item_id)
        .outerjoin(SecondTry, SecondTry.response_id == Response.id)
        .where(
            Response.attempt_id.in_(bindparam("attempts", expanding=True)),
            Response.dropped.is_(False),
            Response.points.is_not(None),
        )
        .order_by(Response.attempt_id, Response.id)
        .limit(MOST * 100)
    )


@cache
def _passages() -> AnySelect:
    begins = aliased(VersionSentence)
    first, last = place_of()
    placed = only_placed(
        select(Assignment.id, QuestionSpan.question_version_id, Block.number, first, last)
        .select_from(QuestionSpan)
        .join(Span, Span.id == QuestionSpan.span_id)
        .join(Assignment, Assignment.article_id == Span.article_id),
        Assignment.version_id,
    )
    return (
        placed.join(begins, (begins.version_id == Assignment.version_id) & (begins.sentence_id == first))
        .join(Block, Block.id == begins.block_id)
        .where(
            Assignment.section_id == bindparam("section"),
            QuestionSpan.question_version_id.in_(bindparam("versions", expanding=True)),
            QuestionSpan.role == "anchor",
        )
        .order_by(Assignment.id, QuestionSpan.question_version_id, QuestionSpan.position, QuestionSpan.id)
        .limit(MOST * 100)
    )


def read_student_readings(section_id: int, student: Student, moment: Moment) -> list[ReadingLine]:
    """Return every reading of the class with what the student did, the earliest due first. Ten statements at most.

    The caller may see it: a student of the class has this place.
    """
    readings = read_rows(_readings(), {"section": section_id, "student": student.enrollment_id})
    quizzes = _read_quizzes(section_id, student, moment, moment.now)
    counted = [attempt.id for lines in quizzes.values() for quiz in lines for attempt in quiz.counted]
    lost = _read_lost(section_id, counted)
    lines = _lines(readings, quizzes, _read_talks(section_id, student, moment))
    return [replace(line, lost=lost_by_paragraph(lost.get(line.id, ()))) for line in lines]


def read_own_readings(section_id: int, enrollment_id: int, moment: Moment) -> list[ReadingLine]:
    """Return the same for the student who has this place, as far as they may know it. Eight statements at most.

    In the last seconds a save may still count: nothing of an attempt is told until they are over.
    """
    readings = read_rows(_readings(), {"section": section_id, "student": enrollment_id})
    student = Student(enrollment_id, "", extra_days=readings[0][-1] if readings else 0)
    quizzes = _read_quizzes(section_id, student, moment, moment.now - GRACE)
    return own_lines(_lines(readings, quizzes, _read_talks(section_id, student, moment)), moment.now)


def list_writable(user_id: int, lines: Sequence[ReadingLine], now: datetime) -> set[int]:
    """Return the threads with open boxes in which this student can post. One statement, none without such threads."""
    asking = [talk.thread.id for line in lines for talk in line.talks if talk.open]
    return {thread.id for thread in list_threads_among(user_id, now, asking).values() if may_post(thread, now)}


def _lines(
    readings: Rows, quizzes: Mapping[int, list[QuizLine]], talks: Mapping[int, list[TalkLine]]
) -> list[ReadingLine]:
    found = (ReadingLine(*row) for *row, _days in readings)
    return [replace(line, quizzes=quizzes.get(line.id, ()), talks=talks.get(line.id, ())) for line in found]


def _read_quizzes(section_id: int, student: Student, moment: Moment, until: datetime) -> Mapping[int, list[QuizLine]]:
    attempts, decisions = read_attempts([student.enrollment_id], until), read_decisions([student.enrollment_id])
    found: dict[int, list[QuizLine]] = defaultdict(list)
    for column in list_quiz_columns(section_id):
        at = (student.enrollment_id, column.key)
        cell = quiz_cell(column, student, attempts.get(at, ()), moment)
        found[column.assignment_id].append(QuizLine(decided(cell, decisions[at][-1] if at in decisions else None)))
    return found


def _read_talks(section_id: int, student: Student, moment: Moment) -> Mapping[int, list[TalkLine]]:
    threads = list_asking_threads(section_id)
    setting = CreditSetting(threads, read_first_posts(threads), moment.zone, moment.now)
    standings = read_standings(setting, [Counted(student.enrollment_id, student.extra_days)])
    found: dict[int, list[TalkLine]] = defaultdict(list)
    for thread in threads:
        found[thread.assignment_id].append(TalkLine(thread, standings[thread.id, student.enrollment_id]))
    return found


Spans = tuple[tuple[int, int], ...]
NOWHERE: tuple[int | None, Spans] = (None, ())


def _read_lost(section_id: int, attempts: Sequence[int]) -> Mapping[int, list[Lost]]:
    answers = read_rows(_answers(), {"attempts": list(attempts)}) if attempts else []
    versions = {row[1] for row in answers}
    given: dict[str, Any] = {"section": section_id, "versions": sorted(versions)}
    places: dict[tuple[int, int], tuple[int | None, Spans]] = {}
    for key, group in groupby(read_rows(_passages(), given) if versions else (), key=lambda row: (row[0], row[1])):
        rows = list(group)
        places[key] = (rows[0][2], tuple((row[3], row[4]) for row in rows))
    lost: dict[int, list[Lost]] = defaultdict(list)
    for reading, version, worth, first, second in answers:
        paragraph, spans = places.get((reading, version), NOWHERE)
        lost[reading].append(Lost(paragraph, spans, worth - (better_of(first, second) or 0), worth))
    return lost
