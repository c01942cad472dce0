"""Threads as one person meets them: found through their place in the class, with what the gate needs to know."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from sqlalchemy import ColumnElement, and_, bindparam, case, false, func, not_, or_, select
from sqlalchemy.orm import InstrumentedAttribute, aliased

from articles.models import Article, Assignment, OwnDates
from articles.queries.assignments import with_own_dates
from classroom.models import STAFF, Enrollment, Section, User
from classroom.queries import muted_for
from core import clock
from core.database import AnySelect, UTCDateTime, read_rows
from core.web import not_found
from discussion.gates import Gate, Reader, may_see
from discussion.group_models import ThreadGroup, ThreadGroupMember
from discussion.models import CLASS, Comment, Prompt, PromptDelivery
from discussion.participation_models import ParticipationRequirement
from discussion.queries.visibility import is_meant_for, shown_role, voice

MOST = 2_000


@dataclass(frozen=True)
class DiscussionRow:
    """A prompt in one class, its rules, and the viewer's place there. `closes_at`: its own day or the
    reading's, as it holds for the viewer. `asks`: whether there is a participation rule. `group`: the number of
    the group in which the viewer reads and writes, if the thread is split and they are in one."""

    id: int
    assignment_id: int
    prompt_id: int
    position: int
    posts_before_seeing: int
    gate_opens_at: datetime | None
    gate_opened_at: datetime | None
    own_closes_at: datetime | None
    closes_at: datetime | None
    locked_at: datetime | None
    anonymity: str
    approves_first: bool
    asks: bool
    is_split: bool
    group_id: int | None
    group: int | None
    title: str
    body_html: str
    prompt_owner_id: int
    author_name: str
    article_id: int
    article_title: str
    language: str
    direction: str
    version_id: int
    section_id: int
    section_name: str
    zone: str
    archived: bool
    enrollment_id: int
    role: str
    muted_for: str | None
    own_posts: int
    classmates_posted: int
    in_margin = False
    visibility = CLASS

    @property
    def gate(self) -> Gate:
        """The gate before this thread."""
        return Gate(self.posts_before_seeing, self.gate_opens_at, self.gate_opened_at)

    @property
    def reader(self) -> Reader:
        """The viewer as the gate knows them."""
        return Reader(self.enrollment_id, self.role, self.own_posts, self.group_id)

    def is_open_at(self, now: datetime) -> bool:
        """Whether classmates' words exist for the viewer."""
        return may_see(self.reader, self.gate, now)


def own_posts() -> ColumnElement[int]:
    """The viewer's comments in the thread that were not deleted; hidden ones count."""
    return (
        select(func.count(Comment.id))
        .where(
            Comment.enrollment_id == Enrollment.id,
            Comment.delivery_id == PromptDelivery.id,
            Comment.deleted_at.is_(None),
        )
        .correlate(Enrollment, PromptDelivery)
        .scalar_subquery()
    )


def own_group(column: InstrumentedAttribute[int]) -> ColumnElement[int | None]:
    """What is asked of the viewer's group in the thread; NULL for who is in none."""
    is_mine = (ThreadGroupMember.delivery_id == PromptDelivery.id, ThreadGroupMember.enrollment_id == Enrollment.id)
    return (
        select(column)
        .join(ThreadGroupMember, ThreadGroupMember.group_id == ThreadGroup.id)
        .where(*is_mine, Enrollment.role == "student")
        .correlate(Enrollment, PromptDelivery)
        .scalar_subquery()
    )


def _classmates_posted() -> ColumnElement[int]:
    """How many others have posted, where a gate may keep the viewer from seeing it; else 0, and nothing is counted."""
    author = aliased(Enrollment)
    is_gated = and_(
        Enrollment.role == "student",
        PromptDelivery.gate_opened_at.is_(None),
        or_(PromptDelivery.posts_before_seeing > 0, PromptDelivery.gate_opens_at.is_not(None)),
    )
    posted = (
        select(func.count(voice(false()).distinct()))
        .join(author, author.id == Comment.enrollment_id)
        .where(
            Comment.delivery_id == PromptDelivery.id,
            Comment.deleted_at.is_(None),
            not_(Comment.waits),
            shown_role(author) == "student",
            author.id != Enrollment.id,
            is_meant_for(Enrollment.id),
        )
        .correlate(Enrollment, PromptDelivery)
        .scalar_subquery()
    )
    return case((is_gated, posted), else_=0)


_PLACE = (PromptDelivery.id, PromptDelivery.assignment_id, PromptDelivery.prompt_id, PromptDelivery.position)
_GATE = (PromptDelivery.posts_before_seeing, PromptDelivery.gate_opens_at, PromptDelivery.gate_opened_at)

_asking = select(ParticipationRequirement.id).where(ParticipationRequirement.delivery_id == PromptDelivery.id)
_split = select(ThreadGroup.id).where(ThreadGroup.delivery_id == PromptDelivery.id).correlate(PromptDelivery)
_RULES = (
    PromptDelivery.locked_at,
    PromptDelivery.anonymity,
    PromptDelivery.approves_first,
    _asking.correlate(PromptDelivery).exists(),
    _split.exists(),
    own_group(ThreadGroup.id),
    own_group(ThreadGroup.number),
)


@cache
def threads_in_reach() -> AnySelect:
    """The threads that exist for the person `user` at `now`, in the columns of DiscussionRow; built once."""
    return with_own_dates(
        select(
            *_PLACE,
            *_GATE,
            PromptDelivery.closes_at.label("own_closes_at"),
            func.coalesce(PromptDelivery.closes_at, OwnDates.closes_at, Assignment.closes_at).label("closes_at"),
            *_RULES,
            Prompt.title,
            Prompt.body_html,
            Prompt.owner_id.label("prompt_owner_id"),
            User.name.label("author_name"),
            Assignment.article_id,
            Article.title.label("article_title"),
            Article.language,
            Article.direction,
            Assignment.version_id,
            Assignment.section_id,
            Section.name.label("section_name"),
            Section.time_zone.label("zone"),
            Section.archived_at.is_not(None).label("archived"),
            Enrollment.id.label("enrollment_id"),
            Enrollment.role,
            muted_for().label("muted_for"),
            own_posts().label("own_posts"),
            _classmates_posted().label("classmates_posted"),
        )
        .join(Prompt, Prompt.id == PromptDelivery.prompt_id)
        .join(User, User.id == Prompt.owner_id)
        .join(Assignment, Assignment.id == PromptDelivery.assignment_id)
        .join(Article, Article.id == Assignment.article_id)
        .join(Section, Section.id == Assignment.section_id)
        .join(Enrollment, Enrollment.section_id == Section.id)
        .where(*within_reach())
    )


def within_reach() -> tuple[ColumnElement[bool], ...]:
    """When an assignment exists for the person `user` at `now`: an active place; for readers, once it has opened."""
    return (
        Enrollment.user_id == bindparam("user"),
        Enrollment.state == "active",
        or_(
            Enrollment.role.in_(STAFF),
            Assignment.opens_at.is_(None),
            Assignment.opens_at <= bindparam("now", type_=UTCDateTime()),
        ),
    )


@cache
def _one() -> AnySelect:
    return threads_in_reach().where(PromptDelivery.id == bindparam("thread"))


@cache
def _of_reading() -> AnySelect:
    of_reading = threads_in_reach().where(Assignment.id == bindparam("assignment"))
    return of_reading.order_by(PromptDelivery.position, PromptDelivery.id).limit(MOST)


def get_discussion_for(user_id: int, delivery_id: int) -> DiscussionRow:
    """Return the thread as this person meets it, or answer 404. One statement."""
    given = {"user": user_id, "now": clock.now(), "thread": delivery_id}
    row = read_rows(_one(), given).first()
    return DiscussionRow(*row) if row else not_found()


def list_discussions_for(user_id: int, assignment_id: int) -> list[DiscussionRow]:
    """Return the threads of one reading, in their order. One statement."""
    given = {"user": user_id, "now": clock.now(), "assignment": assignment_id}
    return [DiscussionRow(*row) for row in read_rows(_of_reading(), given)]


@dataclass(frozen=True)
class ThreadGate:
    """A thread's id and class, and whether classmates' words in it exist for the viewer."""

    id: int
    section_id: int
    is_open: bool


@cache
def _gates() -> AnySelect:
    return (
        select(
            PromptDelivery.id,
            Assignment.section_id,
            *_GATE,
            Enrollment.id,
            Enrollment.role,
            own_posts(),
        )
        .join(Assignment, Assignment.id == PromptDelivery.assignment_id)
        .join(Enrollment, Enrollment.section_id == Assignment.section_id)
        .where(Assignment.section_id.in_(bindparam("sections", expanding=True)), *within_reach())
        .order_by(PromptDelivery.id.desc())
        .limit(MOST)
    )


def list_thread_gates(user_id: int, section_ids: Sequence[int]) -> list[ThreadGate]:
    """Return every thread of these classes with the answer of its gate for this person. One statement."""
    if not section_ids:
        return []
    now = clock.now()
    given = {"user": user_id, "now": now, "sections": list(section_ids)}
    rows = read_rows(_gates(), given)
    return [
        ThreadGate(thread, section, may_see(Reader(place, role, own), Gate(wanted, opens, opened), now))
        for thread, section, wanted, opens, opened, place, role, own in rows
    ]


@cache
def _ids_of_reading() -> AnySelect:
    return (
        select(PromptDelivery.id)
        .where(PromptDelivery.assignment_id == bindparam("assignment"))
        .order_by(PromptDelivery.position, PromptDelivery.id)
        .limit(MOST)
    )


def list_thread_ids(assignment_id: int) -> list[int]:
    """Return the ids of a reading's threads in their order. The caller has found the reading for the person."""
    rows = read_rows(_ids_of_reading(), {"assignment": assignment_id})
    return [row[0] for row in rows]
