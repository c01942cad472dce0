"""Posts that wait for staff before others see them."""

from __future__ import annotations

from sqlalchemy import select

from classroom.models import Enrollment
from core.database import db
from core.live import publish
from discussion.models import Comment, PromptDelivery
from discussion.permissions import has_to_wait
from discussion.topics import WAITS, staff_topic


def tell_staff(enrollment_id: int, comment_id: int) -> None:
    """Tell the staff of the class that what this person has written waits for them."""
    section = db.session.execute(select(Enrollment.section_id).where(Enrollment.id == enrollment_id)).scalar_one()
    publish(staff_topic(section), WAITS, comment_id)


def has_to_wait_again(comment: Comment) -> bool:
    """Whether a post that was just changed is a student's in a thread where posts are approved first."""
    if comment.delivery_id is None:
        return False
    rule = select(PromptDelivery.approves_first, Enrollment.role).select_from(Enrollment)
    rule = rule.join(PromptDelivery, PromptDelivery.id == comment.delivery_id)
    rule = rule.where(Enrollment.id == comment.enrollment_id)
    return has_to_wait(db.session.execute(rule).one())
