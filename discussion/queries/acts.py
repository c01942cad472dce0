"""The log of a class's discussions: who did what to posts, notes, threads and students. For its staff."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, and_, bindparam, case, func, or_, select
from sqlalchemy.orm import aliased

from articles.models import Article, Assignment
from classroom.models import Enrollment, User
from core.audit import AuditEntry
from core.database import AnySelect, read_rows
from discussion.log_words import ACTIONS
from discussion.models import SELF, Comment, Prompt, PromptDelivery
from discussion.queries.titles import TITLE
from discussion.queries.visibility import ME

ON_A_PAGE = 50
ABOUT_FLAGS = ("comment.flag", "comment.flag.take_back", "comment.flag.dismiss")


@dataclass(frozen=True)
class ActRow:
    """One act: who did it and when, whose words or whom it concerned, in which prompt or article.

    `comment_id` of what still stands in the database, `is_deleted` by its author.
    """

    id: int
    at: datetime
    actor_name: str | None
    action: str
    detail: dict[str, Any]
    whose: str | None
    title: str | None
    comment_id: int | None
    is_deleted: bool


def _named(kind: str, key: str) -> ColumnElement[int]:
    """The id of such an object that an act was done to, or about which somebody's boxes were decided."""
    decided = AuditEntry.object_kind == "participation_ruling"
    return case((AuditEntry.object_kind == kind, AuditEntry.object_id), (decided, AuditEntry.detail[key].as_integer()))


@cache
def _acts() -> AnySelect:
    actor, person = aliased(User), aliased(User)
    thread = func.coalesce(Comment.delivery_id, _named("prompt_delivery", "delivery_id"))
    place = func.coalesce(Comment.enrollment_id, _named("enrollment", "enrollment_id"))
    is_ones_own = and_(AuditEntry.action.in_(ABOUT_FLAGS), Comment.enrollment_id == ME)
    return (
        select(
            AuditEntry.id,
            AuditEntry.at,
            actor.name,
            AuditEntry.action,
            AuditEntry.detail,
            person.name,
            TITLE,
            Comment.id,
            Comment.deleted_at.is_not(None),
        )
        .outerjoin(actor, actor.id == AuditEntry.actor_id)
        .outerjoin(Comment, Comment.id == _named("comment", "comment_id"))
        .outerjoin(Enrollment, Enrollment.id == place)
        .outerjoin(person, person.id == Enrollment.user_id)
        .outerjoin(PromptDelivery, PromptDelivery.id == thread)
        .outerjoin(Prompt, Prompt.id == PromptDelivery.prompt_id)
        .outerjoin(Assignment, Assignment.id == Comment.assignment_id)
        .outerjoin(Article, Article.id == Assignment.article_id)
        .where(
            AuditEntry.section_id == bindparam("section"),
            AuditEntry.action.in_(ACTIONS),
            or_(Comment.id.is_(None), and_(Comment.visibility != SELF, ~is_ones_own)),
        )
        .order_by(AuditEntry.at.desc(), AuditEntry.id.desc())
        .limit(ON_A_PAGE + 1)
        .offset(bindparam("skipped"))
    )


def list_acts(section_id: int, enrollment_id: int, page: int = 1) -> list[ActRow]:
    """Return one page of what was done in a class, newest first, and one more if there is another page.

    Of what people wrote for themselves alone nothing is said, nor to somebody who flagged their words. One statement.
    """
    given = {"section": section_id, "me": enrollment_id, "skipped": (page - 1) * ON_A_PAGE}
    return [ActRow(*row) for row in read_rows(_acts(), given)]
