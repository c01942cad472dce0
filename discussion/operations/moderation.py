"""What staff do: hide, restore, endorse, pin, lock, open the gate. Each act is written to the audit log."""

from __future__ import annotations

from core import clock
from core.database import db
from core.live import publish
from discussion.comment_text import stamp
from discussion.models import Comment, PromptDelivery
from discussion.operations.acts import Actor, log_comment, log_rule
from discussion.operations.approval import show_answers
from discussion.operations.comments import StaleComment
from discussion.operations.flags import settle_flags
from discussion.operations.telling import ENDORSED, HIDDEN, tell_of_treatment, tell_of_writing
from discussion.queries.quoted import list_quoting
from discussion.topics import WAITS, WRITTEN, staff_topic, topic_of


def hide_comment(actor: Actor, comment_id: int, reason: str) -> None:
    """Take a comment from classmates' view; its author reads the reason. What it cites and its replies stay.

    Whoever flagged it was heard.
    """
    comment = db.session.get_one(Comment, comment_id)
    if comment.hidden_at is not None:
        return
    comment.hidden_at, comment.hidden_by_id, comment.hidden_reason = clock.now(), actor.user_id, reason
    log_comment(actor, "comment.hide", comment, reason=reason)
    _tell_pages_of_quotations(comment)
    settle_flags(comment_id)
    publish(staff_topic(actor.section_id), WAITS, comment_id)
    tell_of_treatment(HIDDEN, comment_id, actor.user_id)


def _tell_pages_of_quotations(comment: Comment) -> None:
    """Let open pages show what quotes a post as it is to be read now."""
    for quoting in list_quoting(comment.id):
        publish(topic_of(comment), WRITTEN, quoting.comment_id)


def restore_comment(actor: Actor, comment_id: int) -> None:
    """Give a hidden comment back to everybody."""
    comment = db.session.get_one(Comment, comment_id)
    if comment.hidden_at is None:
        return
    comment.hidden_at, comment.hidden_by_id, comment.hidden_reason = None, None, ""
    log_comment(actor, "comment.restore", comment)
    _tell_pages_of_quotations(comment)
    publish(staff_topic(actor.section_id), WAITS, comment_id)


def approve_comment(actor: Actor, comment_id: int, seen: str = "") -> None:
    """Let others see a post that waited, and tell whom it answers and names.

    `seen`: the stamp of what staff have read. Raises StaleComment when it has changed since.
    """
    comment = db.session.get_one(Comment, comment_id, with_for_update=True)
    if not comment.waits:
        return
    if stamp(comment.edited_at) != seen:
        raise StaleComment
    comment.waits = False
    log_comment(actor, "comment.approve", comment)
    show_answers(comment)
    tell_of_writing(comment_id, comment.parent_id, comment.enrollment_id)
    publish(staff_topic(actor.section_id), WAITS, comment_id)


def endorse_comment(actor: Actor, comment_id: int, reason: str = "") -> None:
    """Put the blue pencil to a comment, with a few words on why; again: new words."""
    comment = db.session.get_one(Comment, comment_id)
    comment.endorsed_at, comment.endorsed_by_id = clock.now(), actor.user_id
    comment.endorsement_reason = reason
    log_comment(actor, "comment.endorse", comment, reason=reason)
    tell_of_treatment(ENDORSED, comment_id, actor.user_id)


def take_back_endorsement(actor: Actor, comment_id: int) -> None:
    """Take the blue pencil away again."""
    comment = db.session.get_one(Comment, comment_id)
    if comment.endorsed_at is None:
        return
    comment.endorsed_at, comment.endorsed_by_id, comment.endorsement_reason = None, None, ""
    log_comment(actor, "comment.endorse.take_back", comment)


def pin_comment(actor: Actor, comment_id: int) -> None:
    """Let a post that begins a branch stand before the others of its thread."""
    comment = db.session.get_one(Comment, comment_id)
    if comment.pinned_at is None:
        comment.pinned_at = clock.now()
        log_comment(actor, "comment.pin", comment)


def unpin_comment(actor: Actor, comment_id: int) -> None:
    """Let it stand where it was written."""
    comment = db.session.get_one(Comment, comment_id)
    if comment.pinned_at is not None:
        comment.pinned_at = None
        log_comment(actor, "comment.unpin", comment)


def lock_thread(actor: Actor, delivery_id: int) -> None:
    """Close a thread to students' writing until it is unlocked."""
    thread = db.session.get_one(PromptDelivery, delivery_id)
    if thread.locked_at is None:
        thread.locked_at = clock.now()
        log_rule(actor, "discussion.lock", delivery_id)


def unlock_thread(actor: Actor, delivery_id: int) -> None:
    """Let students write again."""
    thread = db.session.get_one(PromptDelivery, delivery_id)
    if thread.locked_at is not None:
        thread.locked_at = None
        log_rule(actor, "discussion.unlock", delivery_id)


def open_gate(actor: Actor, delivery_id: int) -> None:
    """Let every student of the class see every comment from now on, whether they have posted or not."""
    thread = db.session.get_one(PromptDelivery, delivery_id)
    if thread.gate_opened_at is None:
        thread.gate_opened_at = clock.now()
        log_rule(actor, "discussion.open_gate", delivery_id)
