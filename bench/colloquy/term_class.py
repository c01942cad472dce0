"""What else is in the large class after a term: a discussion, a second class, decisions, and a quiz due soon."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import Boolean, Integer, String, Text, case, cast, insert, literal, null, select, update
from sqlalchemy.orm import aliased

from classroom.models import Enrollment
from core import clock
from core.database import db
from core.points import POINT
from core.text import render_markdown
from discussion.comment_text import compose
from discussion.models import Comment
from discussion.operations import DeliverySettings, PromptDraft, create_prompt, deliver_prompt
from discussion.participation import Requirement
from discussion.participation_models import CITED, POST, REPLY, ParticipationRequirement
from quizzes.models import Attempt, Response
from results.gradebook import Category
from results.message_operations import NewMessage, write_to
from results.models import GradeDecision
from results.operations import Actor, Arrangement, arrange

WORDS = "The first sentence says more than it seems to, and the second takes half of it back."


@dataclass(frozen=True)
class Where:
    """Who teaches, in which class, and one of its readings with its text."""

    owner: int
    section: int
    reading: int
    article: int
    version: int


def discuss(where: Where) -> int:
    """A thread that asks for three things: a post of each student, and a reply of every fourth; return its id."""
    draft = PromptDraft(where.article, where.version, "What is left open?", compose(WORDS))
    thread = deliver_prompt(where.owner, create_prompt(where.owner, draft), where.reading, DeliverySettings())
    due = clock.now() - timedelta(days=1)
    asked = [Requirement(0, kind, 1, due, POINT) for kind in (POST, REPLY, CITED)]
    for at, each in enumerate(asked):
        row = {"delivery_id": thread, "position": at, "kind": each.kind, "count": each.count, "due_at": each.due_at}
        db.session.execute(insert(ParticipationRequirement).values(**row, points=each.points))
    students = (Enrollment.section_id == where.section, Enrollment.role == "student")
    posts = _post(where, thread, Enrollment.id, null())
    _insert(Comment, posts, select(*posts.values()).where(*students).order_by(Enrollment.id))
    first = aliased(Comment)
    replies = _post(where, thread, Enrollment.id, first.id)
    answered = select(*replies.values()).join(first, first.enrollment_id == Enrollment.id - 1)
    _insert(Comment, replies, answered.where(*students, first.delivery_id == thread, Enrollment.id % 4 == 0))
    return thread


def _post(where: Where, thread: int, author: Any, parent: Any) -> dict[str, Any]:
    written = literal(clock.now() - timedelta(days=3), Comment.created_at.type)
    return {
        "assignment_id": literal(where.reading),
        "delivery_id": literal(thread),
        "enrollment_id": author,
        "parent_id": cast(parent, Integer),
        "visibility": literal("class"),
        "kind": literal("comment"),
        "waits": literal(False, Boolean),
        "body": literal(WORDS, Text),
        "body_html": literal(render_markdown(WORDS), Text),
        "renderer": literal(1),
        "created_at": written,
        "hidden_reason": literal("", Text),
        "endorsement_reason": literal("", Text),
    }


def weigh(where: Where, keys: Sequence[str]) -> None:
    """Two categories, the first of which leaves out the lowest three, and the rest."""
    categories = [Category(0, "Homework", 50 * POINT, 3), Category(0, "Tests", 30 * POINT)]
    places = {key: at % 4 for at, key in enumerate(keys) if at % 4 < len(categories)}
    arrange(Actor(where.owner, where.section), Arrangement(categories, places), 0)


def decide(where: Where, delivery: int) -> None:
    """Other points for one student in fifty, and one in a hundred excused."""
    number = Attempt.enrollment_id + delivery
    is_excused = number % 100 == 0
    row = {
        "enrollment_id": Attempt.enrollment_id,
        "quiz_delivery_id": literal(delivery),
        "number": literal(1),
        "kind": case((is_excused, literal("excuse", String)), else_=literal("override", String)),
        "before": Attempt.points,
        "after": case((is_excused, null()), else_=literal(POINT // 2)),
        "why": literal("We spoke about it.", Text),
        "by_id": literal(where.owner),
        "at": literal(clock.now(), GradeDecision.at.type),
    }
    is_decided = (number % 50 == 0) | is_excused
    _insert(GradeDecision, row, select(*row.values()).where(Attempt.delivery_id == delivery, is_decided))


def be_certain(delivery: int) -> None:
    """Every answer to a quiz comes with a certainty."""
    db.session.execute(update(Response).where(Response.delivery_id == delivery).values(certainty=Response.id % 3 + 1))


def write_a_word(where: Where, place: int) -> int:
    """A message to a student about the reading; return its id."""
    message = NewMessage(where.reading, "Come and see me about the second sentence.")
    (made,) = write_to(Actor(where.owner, where.section), [place], message)
    return made


def _insert(model: Any, columns: Mapping[str, Any], rows: Any) -> None:
    db.session.execute(insert(model).from_select(list(columns), rows))
