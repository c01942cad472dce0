"""Writing prompts and giving them to classes. Operations flush and never commit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, exists, insert, or_, select
from sqlalchemy.exc import IntegrityError

from articles.models import Span
from articles.operations import ensure_span
from articles.queries import only_placed
from core import clock
from core.audit import Act, record
from core.database import db
from core.live import publish
from discussion.comment_text import NO_WORDS, CommentText
from discussion.models import FORBIDDEN, Comment, Prompt, PromptDelivery, PromptSpan
from discussion.operations.acts import Actor
from discussion.operations.citing import Cited, held_references, settle_references
from discussion.topics import RULES, thread_topic


class HasComments(Exception):
    """People have written here: it cannot be taken away."""


class AlreadyGiven(Exception):
    """Somebody gave this prompt to this class at the same moment."""


@dataclass(frozen=True)
class PromptDraft:
    """A prompt to be saved: its title, its words rendered, the passages it is about as (first, last) sentence ids."""

    article_id: int
    version_id: int
    title: str
    text: CommentText = NO_WORDS
    spans: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True)
class DeliverySettings:
    """The rules of a prompt in one class. `position` is its place among the reading's prompts from 1; 0: the last."""

    posts_before_seeing: int = 0
    gate_opens_at: datetime | None = None
    closes_at: datetime | None = None
    position: int = 0
    anonymity: str = FORBIDDEN
    approves_first: bool = False


def create_prompt(owner_id: int, draft: PromptDraft) -> int:
    """Add a prompt to an article; return its id."""
    html, cited = settle_references(draft.text, draft.version_id)
    prompt = Prompt(
        article_id=draft.article_id,
        owner_id=owner_id,
        title=draft.title,
        body=draft.text.body,
        body_html=html,
        created_at=clock.now(),
    )
    db.session.add(prompt)
    db.session.flush()
    _point(prompt.id, draft, cited)
    return prompt.id


def edit_prompt(prompt_id: int, draft: PromptDraft) -> None:
    """Change what a prompt says and points at, in every class that has it.

    Passages that lost their place in the text could not be named in the draft: they stay.
    """
    prompt = db.session.get_one(Prompt, prompt_id, with_for_update=True)
    html, cited = settle_references(draft.text, draft.version_id, _held(prompt, draft.version_id))
    prompt.title, prompt.body, prompt.body_html = draft.title, draft.text.body, html
    placed = only_placed(select(Span.id), draft.version_id).where(Span.article_id == draft.article_id)
    is_named_anew = or_(PromptSpan.mark.is_not(None), PromptSpan.span_id.in_(placed))
    db.session.execute(delete(PromptSpan).where(PromptSpan.prompt_id == prompt_id, is_named_anew))
    db.session.flush()
    _point(prompt_id, draft, cited)


def _held(prompt: Prompt, version_id: int) -> dict[str, int]:
    """Return what its references mean already, by their words."""
    rows = db.session.execute(
        select(PromptSpan.mark, PromptSpan.span_id, Span.version_id)
        .join(Span, Span.id == PromptSpan.span_id)
        .where(PromptSpan.prompt_id == prompt.id, PromptSpan.mark.is_not(None))
        .order_by(PromptSpan.mark)
    )
    return held_references(prompt.body, [Cited._make(row) for row in rows], version_id)


def _point(prompt_id: int, draft: PromptDraft, cited: Mapping[int, int]) -> None:
    about = [(at, ensure_span(draft.version_id, *ends).id, None) for at, ends in enumerate(draft.spans)]
    named = [(0, span_id, mark) for mark, span_id in cited.items()]
    rows = [{"prompt_id": prompt_id, "position": at, "span_id": span, "mark": mark} for at, span, mark in about + named]
    if rows:
        db.session.execute(insert(PromptSpan), rows)


def delete_prompt(prompt_id: int) -> None:
    """Delete a prompt and take it from every class. Raises HasComments once anybody has written on it."""
    threads = select(PromptDelivery.id).where(PromptDelivery.prompt_id == prompt_id)
    if db.session.execute(select(exists().where(Comment.delivery_id.in_(threads)))).scalar():
        raise HasComments
    db.session.execute(delete(PromptDelivery).where(PromptDelivery.prompt_id == prompt_id))
    db.session.execute(delete(PromptSpan).where(PromptSpan.prompt_id == prompt_id))
    db.session.execute(delete(Prompt).where(Prompt.id == prompt_id))


def deliver_prompt(actor_id: int, prompt_id: int, assignment_id: int, settings: DeliverySettings) -> int:
    """Give a prompt to a class, or change its rules there; return the id of the class's thread.

    Raises AlreadyGiven when another request gives it at the same moment.
    """
    thread = db.session.execute(
        select(PromptDelivery).where(
            PromptDelivery.prompt_id == prompt_id, PromptDelivery.assignment_id == assignment_id
        )
    ).scalar_one_or_none()
    if thread is None:
        thread = PromptDelivery(prompt_id=prompt_id, assignment_id=assignment_id, position=0, created_at=clock.now())
        db.session.add(thread)
    thread.posts_before_seeing = settings.posts_before_seeing
    thread.gate_opens_at, thread.closes_at = settings.gate_opens_at, settings.closes_at
    # of what is posted from now on
    thread.anonymity, thread.approves_first = settings.anonymity, settings.approves_first
    try:
        db.session.flush()
    except IntegrityError as error:
        raise AlreadyGiven from error
    _place(thread, settings.position)
    record(actor_id, Act("prompt.give", "prompt_delivery", thread.id, None, {"assignment_id": assignment_id}))
    publish(thread_topic(thread.id), RULES, thread.id)
    return thread.id


def _place(thread: PromptDelivery, position: int) -> None:
    """Put a thread at its place among those of the reading and number them from 1."""
    others = list(
        db.session.execute(
            select(PromptDelivery)
            .where(PromptDelivery.assignment_id == thread.assignment_id, PromptDelivery.id != thread.id)
            .order_by(PromptDelivery.position, PromptDelivery.id)
            .limit(500)
        ).scalars()
    )
    index = position - 1 if 0 < position <= len(others) else len(others)
    for number, each in enumerate([*others[:index], thread, *others[index:]], start=1):
        each.position = number
    db.session.flush()


def withdraw_prompt(actor: Actor, delivery_id: int) -> None:
    """Take a prompt from a class. Raises HasComments once anybody there has written on it."""
    if db.session.execute(select(exists().where(Comment.delivery_id == delivery_id))).scalar():
        raise HasComments
    db.session.execute(delete(PromptDelivery).where(PromptDelivery.id == delivery_id))
    record(actor.user_id, Act("prompt.withdraw", "prompt_delivery", delivery_id, actor.section_id))
