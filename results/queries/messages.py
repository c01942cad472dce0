"""What staff have written to single students, for whom it was written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from sqlalchemy import bindparam, select
from sqlalchemy.orm import aliased

from articles.models import Article, Assignment
from classroom.models import Enrollment, Section, User
from core.database import AnySelect, read_rows
from core.web import not_found
from results.need_models import StaffMessage


@dataclass(frozen=True)
class MessageRow:
    """A message: by whom, in which class, about which reading, if any, and its words as they were typed."""

    id: int
    by_name: str
    body: str
    sent_at: datetime
    section_id: int
    section_name: str
    zone: str
    assignment_id: int | None
    article_title: str | None


@cache
def _messages() -> AnySelect:
    author = aliased(User)
    return (
        select(
            StaffMessage.id,
            author.name,
            StaffMessage.body,
            StaffMessage.sent_at,
            Section.id,
            Section.name,
            Section.time_zone,
            StaffMessage.assignment_id,
            Article.title,
        )
        .join(author, author.id == StaffMessage.by_id)
        .join(Enrollment, Enrollment.id == StaffMessage.enrollment_id)
        .join(Section, Section.id == Enrollment.section_id)
        .outerjoin(Assignment, Assignment.id == StaffMessage.assignment_id)
        .outerjoin(Article, Article.id == Assignment.article_id)
        .where(
            StaffMessage.id.in_(bindparam("messages", expanding=True)),
            Enrollment.user_id == bindparam("user_id"),
            Enrollment.state == "active",
        )
        .order_by(StaffMessage.id)
    )


def list_messages_for(user_id: int, message_ids: Sequence[int]) -> dict[int, MessageRow]:
    """Return those of the messages that were written to this person, by id. One statement."""
    rows = read_rows(_messages(), {"user_id": user_id, "messages": list(message_ids)})
    return {row[0]: MessageRow(*row) for row in rows}


def get_message_for(user_id: int, message_id: int) -> MessageRow:
    """Return a message that was written to this person; 404 for any other."""
    return list_messages_for(user_id, [message_id]).get(message_id) or not_found()
