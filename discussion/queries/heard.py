"""Who may hear of what: asked when it is to be told, about each comment by itself. The gate applies."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from sqlalchemy import and_, bindparam, func, select
from sqlalchemy.orm import aliased

from articles.models import Assignment
from classroom.models import STAFF, Enrollment, Section
from core import clock
from core.database import AnySelect, read_rows
from core.live import Event
from discussion.gates import Author, Gate, Reader, may_see_comment, may_see_note
from discussion.group_models import ThreadGroup
from discussion.models import Comment, PromptDelivery
from discussion.queries.discussions import MOST, own_group, own_posts, within_reach
from discussion.queries.visibility import is_kept_back, shown_role
from discussion.topics import WRITTEN, about, margin_topic, place_topic, staff_topic, thread_topic


@cache
def _in_reach() -> AnySelect:
    """Of some threads those that the viewer can open, each with those of some comments that stand in it."""
    author = aliased(Enrollment)
    return (
        select(
            PromptDelivery.id,
            PromptDelivery.posts_before_seeing,
            PromptDelivery.gate_opens_at,
            PromptDelivery.gate_opened_at,
            Enrollment.id,
            Enrollment.role,
            own_posts(),
            own_group(ThreadGroup.id),
            Comment.id,
            author.id,
            shown_role(author),
            is_kept_back(Comment, Enrollment.id),
            Comment.group_id,
        )
        .join(Assignment, Assignment.id == PromptDelivery.assignment_id)
        .join(Enrollment, Enrollment.section_id == Assignment.section_id)
        .outerjoin(
            Comment,
            and_(Comment.delivery_id == PromptDelivery.id, Comment.id.in_(bindparam("comments", expanding=True))),
        )
        .outerjoin(author, author.id == Comment.enrollment_id)
        .where(PromptDelivery.id.in_(bindparam("threads", expanding=True)), *within_reach())
        .order_by(PromptDelivery.id, Comment.id)
        .limit(MOST)
    )


@cache
def _notes() -> AnySelect:
    """Some comments of margins that the viewer can open, with what decides whom each is for."""
    note = aliased(Comment)
    return (
        select(
            Comment.id,
            Enrollment.id,
            Enrollment.role,
            Comment.visibility,
            func.coalesce(note.enrollment_id, Comment.enrollment_id),
        )
        .join(Assignment, Assignment.id == Comment.assignment_id)
        .join(Enrollment, Enrollment.section_id == Assignment.section_id)
        .outerjoin(note, note.id == Comment.root_id)
        .where(Comment.id.in_(bindparam("comments", expanding=True)), *within_reach())
        .order_by(Comment.id)
        .limit(MOST)
    )


def _known_in_threads(user_id: int, events: Sequence[Event]) -> tuple[set[int], set[int]]:
    """Return the threads in reach, and the comments in them that exist for the person."""
    threads = {about(event.topic)[1] for event in events}
    comments = {event.object_id for event in events if event.kind == WRITTEN}
    now = clock.now()
    given = {"threads": sorted(threads), "comments": sorted(comments), "user": user_id, "now": now}
    reached, known = set(), set()
    for row in read_rows(_in_reach(), given):
        thread, gate, reader, comment, writer = row[0], Gate(*row[1:4]), Reader(*row[4:8]), row[8], Author(*row[9:])
        reached.add(thread)
        if comment is not None and may_see_comment(reader, gate, writer, now):
            known.add(comment)
    return reached, known


def _known_in_margins(user_id: int, events: Sequence[Event]) -> set[int]:
    comments = sorted({event.object_id for event in events})
    rows = read_rows(_notes(), {"comments": comments, "user": user_id, "now": clock.now()})
    return {comment for comment, me, role, *meant in rows if may_see_note(Author(me, role), *meant)}


def list_heard(user_id: int, events: Sequence[Event]) -> list[Event]:
    """Return those of the events of which this person may hear now. Two statements at most.

    Of a thread out of reach nothing is heard; of a comment behind the gate, or of a note for others, as if it did
    not exist. One's own doing is heard.
    """
    by_kind: dict[str, list[Event]] = {}
    for event in events:
        by_kind.setdefault(about(event.topic)[0], []).append(event)
    in_threads, in_margins = by_kind.get("thread"), by_kind.get("margin")
    reached, known = _known_in_threads(user_id, in_threads) if in_threads else (set(), set())
    notes = _known_in_margins(user_id, in_margins) if in_margins else set()

    def is_heard(event: Event) -> bool:
        kind, number = about(event.topic)
        if kind == "thread":
            return event.object_id in known if event.kind == WRITTEN else number in reached
        return kind != "margin" or event.object_id in notes

    return [event for event in events if is_heard(event)]


@cache
def _followed() -> AnySelect:
    return (
        select(Assignment.id, Enrollment.id, PromptDelivery.id, Section.id, Enrollment.role)
        .join(Section, Section.id == Assignment.section_id)
        .join(Enrollment, Enrollment.section_id == Section.id)
        .outerjoin(PromptDelivery, PromptDelivery.assignment_id == Assignment.id)
        .where(Section.archived_at.is_(None), *within_reach())
        .order_by(Assignment.id.desc(), PromptDelivery.id)
        .limit(MOST)
    )


def list_topics_for(user_id: int) -> set[str]:
    """Return what this person may follow in all of their classes that are not archived. One statement."""
    rows = read_rows(_followed(), {"user": user_id, "now": clock.now()})
    topics: set[str] = set()
    for reading, place, thread, section, role in rows:
        topics |= {margin_topic(reading), place_topic(place)}
        if thread is not None:
            topics.add(thread_topic(thread))
        if role in STAFF:
            topics.add(staff_topic(section))
    return topics
