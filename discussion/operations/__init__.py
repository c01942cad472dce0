"""What is written in discussions. Operations flush, the view commits."""

from discussion.operations.comments import (
    Actor,
    DiscussionRef,
    StaleComment,
    add_comment,
    delete_comment,
    edit_comment,
    mark_read,
)
from discussion.operations.moderation import (
    endorse_comment,
    hide_comment,
    lock_thread,
    open_gate,
    restore_comment,
    take_back_endorsement,
    unlock_thread,
)
from discussion.operations.prompts import (
    AlreadyGiven,
    DeliverySettings,
    HasComments,
    PromptDraft,
    create_prompt,
    delete_prompt,
    deliver_prompt,
    edit_prompt,
    withdraw_prompt,
)

__all__ = [
    "Actor",
    "AlreadyGiven",
    "DeliverySettings",
    "DiscussionRef",
    "HasComments",
    "PromptDraft",
    "StaleComment",
    "add_comment",
    "create_prompt",
    "delete_comment",
    "delete_prompt",
    "deliver_prompt",
    "edit_comment",
    "edit_prompt",
    "endorse_comment",
    "hide_comment",
    "lock_thread",
    "mark_read",
    "open_gate",
    "restore_comment",
    "take_back_endorsement",
    "unlock_thread",
    "withdraw_prompt",
]
