"""Prompts in an instructor's library, and where they are given."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, func, select

from articles.models import Article, ArticleVersion, Assignment
from classroom.models import Enrollment, Section
from core.database import db
from core.web import not_found
from discussion.models import Comment, Prompt, PromptDelivery

MOST = 500


@dataclass(frozen=True)
class PromptRow:
    """A prompt with its article, found through its owner. `comments`: all ever written on it, in every class."""

    id: int
    owner_id: int
    article_id: int
    article_title: str
    version_id: int
    title: str
    body: str
    body_html: str
    comments: int


@dataclass(frozen=True)
class GivenRow:
    """A class the owner teaches in which the article is assigned, and the prompt's thread there if it is given."""

    section_id: int
    section_name: str
    zone: str
    archived: bool
    assignment_id: int
    assignment_closes_at: datetime | None
    prompt_id: int | None
    delivery_id: int | None
    position: int | None
    posts_before_seeing: int | None
    gate_opens_at: datetime | None
    closes_at: datetime | None
    anonymity: str | None
    approves_first: bool | None
    comments: int


_newest = (
    select(ArticleVersion.id)
    .where(ArticleVersion.article_id == Prompt.article_id)
    .order_by(ArticleVersion.number.desc())
    .limit(1)
    .correlate(Prompt)
    .scalar_subquery()
)
_comments = (
    select(func.count(Comment.id))
    .join(PromptDelivery, PromptDelivery.id == Comment.delivery_id)
    .where(PromptDelivery.prompt_id == Prompt.id)
    .correlate(Prompt)
    .scalar_subquery()
)
_prompts = select(
    Prompt.id,
    Prompt.owner_id,
    Prompt.article_id,
    Article.title.label("article_title"),
    _newest.label("version_id"),
    Prompt.title,
    Prompt.body,
    Prompt.body_html,
    _comments.label("comments"),
).join(Article, Article.id == Prompt.article_id)


def get_prompt_for(user_id: int, prompt_id: int) -> PromptRow:
    """Return this person's own prompt, or answer 404."""
    row = db.session.execute(_prompts.where(Prompt.id == prompt_id, Prompt.owner_id == user_id)).first()
    return PromptRow(**row._mapping) if row else not_found()


def get_prompt_in_class_for(user_id: int, prompt_id: int, assignment_id: int) -> tuple[PromptRow, GivenRow]:
    """Return a prompt and its place in one class this person teaches, or answer 404.

    Its owner may give it to any such class; another instructor meets it where it has been given.
    """
    row = db.session.execute(_prompts.where(Prompt.id == prompt_id)).first()
    prompt = PromptRow(**row._mapping) if row else not_found()
    given = next(
        (each for each in list_given(user_id, prompt.article_id, prompt_id) if each.assignment_id == assignment_id),
        None,
    )
    if given is None or (given.delivery_id is None and prompt.owner_id != user_id):
        not_found()
    return prompt, given


def list_prompts_for(user_id: int, article_id: int) -> list[PromptRow]:
    """Return this person's own prompts on one article, oldest first."""
    rows = db.session.execute(
        _prompts.where(Prompt.article_id == article_id, Prompt.owner_id == user_id).order_by(Prompt.id).limit(MOST)
    )
    return [PromptRow(**row._mapping) for row in rows]


_comments_in_thread = (
    select(func.count(Comment.id))
    .where(Comment.delivery_id == PromptDelivery.id)
    .correlate(PromptDelivery)
    .scalar_subquery()
)


def list_given(user_id: int, article_id: int, prompt_id: int | None = None) -> list[GivenRow]:
    """Return the classes this person teaches in which the article is assigned, each with the threads there.

    With `prompt_id`: one row a class, and that prompt's thread if the class has it. Without: one row a thread.
    """
    on = [PromptDelivery.assignment_id == Assignment.id]
    if prompt_id is not None:
        on.append(PromptDelivery.prompt_id == prompt_id)
    rows = db.session.execute(
        select(
            Section.id.label("section_id"),
            Section.name.label("section_name"),
            Section.time_zone.label("zone"),
            Section.archived_at.is_not(None).label("archived"),
            Assignment.id.label("assignment_id"),
            Assignment.closes_at.label("assignment_closes_at"),
            PromptDelivery.prompt_id,
            PromptDelivery.id.label("delivery_id"),
            PromptDelivery.position,
            PromptDelivery.posts_before_seeing,
            PromptDelivery.gate_opens_at,
            PromptDelivery.closes_at,
            PromptDelivery.anonymity,
            PromptDelivery.approves_first,
            _comments_in_thread.label("comments"),
        )
        .join(Assignment, Assignment.section_id == Section.id)
        .join(Enrollment, Enrollment.section_id == Section.id)
        .outerjoin(PromptDelivery, and_(*on))
        .where(
            Assignment.article_id == article_id,
            Enrollment.user_id == user_id,
            Enrollment.state == "active",
            Enrollment.role == "instructor",
        )
        .order_by(Section.name, Section.id, PromptDelivery.position, PromptDelivery.id)
        .limit(MOST)
    )
    return [GivenRow(**row._mapping) for row in rows]


def owns_article(user_id: int, article_id: int) -> bool:
    """Tell whether the article is in this person's library."""
    owned = select(Article.id).where(Article.id == article_id, Article.owner_id == user_id)
    return db.session.execute(owned).first() is not None
