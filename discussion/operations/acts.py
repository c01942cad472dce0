"""Acts in a class's discussions: written to the log, and told to the pages that they concern."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from core.audit import Act, record
from core.database import db
from core.live import publish
from discussion.models import Comment
from discussion.topics import RULES, WAITS, WRITTEN, staff_topic, thread_topic, topic_of


@dataclass(frozen=True)
class Actor:
    """Who acts, and in which class: what the audit log writes down."""

    user_id: int
    section_id: int


def log_comment(actor: Actor, action: str, comment: Comment, **detail: Any) -> None:
    """Write down an act about a comment; the pages on which it stands hear of it."""
    _log(actor, Act(action, "comment", comment.id, actor.section_id, detail), topic_of(comment), WRITTEN)


def log_rule(actor: Actor, action: str, delivery_id: int, **detail: Any) -> None:
    """Write down an act about a thread's rules; its pages hear of it."""
    _log(actor, Act(action, "prompt_delivery", delivery_id, actor.section_id, detail), thread_topic(delivery_id), RULES)


def log_for_staff(actor: Actor, action: str, about: tuple[str, int], **detail: Any) -> None:
    """Write down an act that is for the eyes of the class's staff; `about`: a kind of object and its id."""
    _log(actor, Act(action, *about, actor.section_id, detail), staff_topic(actor.section_id), WAITS)


def _log(actor: Actor, act: Act, topic: str, event: str) -> None:
    record(actor.user_id, act)
    db.session.flush()
    publish(topic, event, act.object_id)
