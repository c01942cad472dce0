"""Who is silent where posts are asked for, over several classes: the first of each thing that is asked for.

Until the time is over for the class, or the thread closes for it, it is asked of everybody, and of thousands who are
silent no more are read than are listed: where the last of these stands is found along the index of the class.
Afterwards it is asked of the few who have more days: they are read apart.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, and_, bindparam, exists, func, or_, select, union_all
from sqlalchemy.orm import aliased

from articles.models import Assignment, OwnDates
from classroom.models import Accommodation, Enrollment, Section, User
from classroom.queries.first_students import is_up_to, last_of_first, studies
from core.database import AnySelect, UTCDateTime, read_rows
from core.dates import days_later
from discussion.models import Comment, Prompt, PromptDelivery
from discussion.participation_models import ParticipationRequirement, ParticipationRuling
from discussion.queries.visibility import stands

MOST = 400
MOST_ASKED = 5_000
LONGEST = timedelta(days=366)  # what a student may have more, and the clocks' change
SECTIONS: Any = bindparam("sections", expanding=True)
_NOW: ColumnElement[Any] = bindparam("now", type_=UTCDateTime)
_SOON: ColumnElement[Any] = bindparam("soon", type_=UTCDateTime)


@dataclass(frozen=True)
class SilentRow:
    """A student without a post in a thread that asks for some; `due_at`: the student's own next date."""

    section_id: int
    assignment_id: int
    delivery_id: int
    title: str
    enrollment_id: int
    name: str
    due_at: datetime


@cache
def _silent() -> AnySelect:
    rows = union_all(_everybody(), _with_more_days()).subquery()
    asked, due, student = rows.c.asked, rows.c.due_at, rows.c.student
    return select(rows).order_by(due, asked, student).limit(MOST)


def _everybody() -> AnySelect:
    still = (ParticipationRequirement.due_at >= _NOW, _is_open(PromptDelivery.closes_at, Assignment.closes_at))
    asked = _asked().add_columns(_last_listed().label("last")).where(*still)
    one = asked.order_by(ParticipationRequirement.id).limit(MOST_ASKED).subquery()
    extra = func.coalesce(Accommodation.extra_days, 0)
    return (
        select(*_fields(one), Enrollment.id.label("student"), User.name, extra.label("extra"))
        .select_from(one)
        .join(Enrollment, and_(Enrollment.section_id == one.c.section_id, studies(Enrollment)))
        .join(User, User.id == Enrollment.user_id)
        .outerjoin(Accommodation, Accommodation.enrollment_id == Enrollment.id)
        .where(is_up_to(one.c.last), *_is_silent(one.c.thread, one.c.asked, Enrollment.id))
    )


def _with_more_days() -> AnySelect:
    over = (
        or_(ParticipationRequirement.due_at < _NOW, ~_is_open(PromptDelivery.closes_at, Assignment.closes_at)),
        ParticipationRequirement.due_at >= bindparam("since", type_=UTCDateTime),
        _is_open(PromptDelivery.closes_at, Assignment.latest_closes_at),
    )
    one = _asked().where(*over).order_by(ParticipationRequirement.id).limit(MOST_ASKED).subquery()
    more = (
        select(Enrollment.id, Enrollment.section_id, User.name, Accommodation.extra_days)
        .join(User, User.id == Enrollment.user_id)
        .join(Accommodation, Accommodation.enrollment_id == Enrollment.id)
        .where(Enrollment.section_id.in_(SECTIONS), studies(Enrollment), Accommodation.extra_days > 0)
        .order_by(Enrollment.id)
        .limit(MOST_ASKED)
        .subquery()
    )
    return (
        select(*_fields(one), more.c.id.label("student"), more.c.name, more.c.extra_days.label("extra"))
        .select_from(one)
        .join(more, more.c.section_id == one.c.section_id)
        .outerjoin(OwnDates, and_(OwnDates.assignment_id == one.c.assignment_id, OwnDates.enrollment_id == more.c.id))
        .where(_is_open(one.c.closes_at, OwnDates.closes_at), *_is_silent(one.c.thread, one.c.asked, more.c.id))
    )


def _asked() -> Any:
    """What the threads of these classes ask for until `soon`."""
    asked, thread = ParticipationRequirement, PromptDelivery
    return (
        select(
            asked.id.label("asked"),
            asked.due_at.label("due_at"),
            thread.id.label("thread"),
            thread.closes_at.label("closes_at"),
            Prompt.title.label("title"),
            Assignment.id.label("assignment_id"),
            Assignment.section_id.label("section_id"),
            Section.time_zone.label("zone"),
        )
        .select_from(asked)
        .join(thread, thread.id == asked.delivery_id)
        .join(Prompt, Prompt.id == thread.prompt_id)
        .join(Assignment, Assignment.id == thread.assignment_id)
        .join(Section, Section.id == Assignment.section_id)
        .where(
            Section.id.in_(SECTIONS),
            thread.locked_at.is_(None),
            or_(Assignment.opens_at.is_(None), Assignment.opens_at <= _NOW),
            asked.due_at <= _SOON,
        )
    )


def _is_open(of_thread: Any, of_reading: Any) -> ColumnElement[bool]:
    """Whether a thread takes posts yet; one without a close of its own closes with its reading."""
    closes = func.coalesce(of_thread, of_reading)
    return or_(closes.is_(None), closes >= _NOW)


def _fields(one: Any) -> tuple[Any, ...]:
    given = one.c
    return given.asked, given.due_at, given.zone, given.section_id, given.assignment_id, given.thread, given.title


def _last_listed() -> Any:
    """Of the silent students of a class, the one with whom the list is full, if it is."""
    student = aliased(Enrollment)
    silent = _is_silent(PromptDelivery.id, ParticipationRequirement.id, student.id)
    return last_of_first(MOST, student, Assignment.section_id, *silent)


def _is_silent(thread: Any, asked: Any, student: Any) -> tuple[ColumnElement[bool], ...]:
    # By the student, who has few posts, and not by the thread, which has those of a whole class: hence + 0.
    has_posted = exists().where(Comment.enrollment_id == student, Comment.delivery_id + 0 == thread, stands())
    is_granted = exists().where(
        ParticipationRuling.requirement_id == asked,
        ParticipationRuling.enrollment_id == student,
        ParticipationRuling.box.is_not(None),
    )
    return ~has_posted.correlate_except(Comment), ~is_granted.correlate_except(ParticipationRuling)


def list_silent_in(section_ids: Sequence[int], now: datetime, soon: datetime) -> list[SilentRow]:
    """Return who has posted nothing in a thread of these classes that asks for posts until `soon`, each once a thread
    with the student's next date, at most MOST. For staff's eyes. One statement."""
    given = {"sections": list(section_ids), "now": now, "soon": soon, "since": now - LONGEST}
    found: dict[tuple[int, int], SilentRow] = {}
    for _asked, due, zone, section, assignment, thread, title, student, name, extra in read_rows(_silent(), given):
        silent = SilentRow(section, assignment, thread, title, student, name, days_later(due, extra, zone))
        if silent.due_at >= now:
            found.setdefault((silent.delivery_id, silent.enrollment_id), silent)
    return list(found.values())
