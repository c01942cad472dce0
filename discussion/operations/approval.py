"""Posts that wait for staff before others see them."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import aliased

from classroom.models import Enrollment
from core.database import db
from core.live import publish
from discussion.models import Comment, PromptDelivery
from discussion.permissions import has_to_wait
from discussion.topics import WAITS, WRITTEN, staff_topic, topic_of

MOST_ANSWERS = 200  # more at once are a new page


def tell_staff(enrollment_id: int, comment_id: int) -> None:
    """Tell the staff of the class that what this person has written waits for them."""
    section = db.session.execute(select(Enrollment.section_id).where(Enrollment.id == enrollment_id)).scalar_one()
    publish(staff_topic(section), WAITS, comment_id)


def show_answers(comment: Comment) -> None:
    """Tell open pages of what answers a post that everybody sees from now on."""
    below = select(Comment.id).where(Comment.parent_id == comment.id).cte("below", recursive=True)
    answer = aliased(Comment)
    below = below.union(select(answer.id).join(below, answer.parent_id == below.c.id))
    for answer_id in db.session.scalars(select(below.c.id).order_by(below.c.id).limit(MOST_ANSWERS)).all():
        publish(topic_of(comment), WRITTEN, answer_id)


def has_to_wait_again(comment: Comment) -> bool:
    """Whether a post that was just changed is a student's in a thread where posts are approved first."""
    if comment.delivery_id is None:
        return False
    rule = select(PromptDelivery.approves_first, Enrollment.role).select_from(Enrollment)
    rule = rule.join(PromptDelivery, PromptDelivery.id == comment.delivery_id)
    rule = rule.where(Enrollment.id == comment.enrollment_id)
    return has_to_wait(db.session.execute(rule).one())
