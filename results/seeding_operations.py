"""Making a discussion of how a class answered a question."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.exc import IntegrityError

from articles.queries import AssignmentRow
from core.database import db
from discussion.comment_text import compose
from discussion.operations import DeliverySettings, PromptDraft, create_prompt, deliver_prompt
from results.divided import Division
from results.seeded_prompt import body_of, title_of
from results.seeding_models import SeededThread

OWN_POSTS = 1  # before classmates' are seen: whoever reads the others first only agrees with them


class AlreadySeeded(Exception):
    """The class discusses this item already."""


@dataclass(frozen=True)
class Seed:
    """Of which item of which quiz (as it was given to the class) a prompt is made, for which reading of theirs."""

    assignment_id: int
    quiz_delivery_id: int
    item_id: int


def seed_thread(by_id: int, seed: Seed, draft: PromptDraft) -> int:
    """Make a prompt of an item and give it to the class; return the id of the thread. Flushed.

    Raises AlreadySeeded, and makes nothing, where the class has a thread of this item.
    """
    try:
        with db.session.begin_nested():
            prompt_id = create_prompt(by_id, draft)
            thread_id = deliver_prompt(by_id, prompt_id, seed.assignment_id, DeliverySettings(OWN_POSTS))
            came_from = {"quiz_delivery_id": seed.quiz_delivery_id, "item_id": seed.item_id}
            db.session.add(SeededThread(prompt_delivery_id=thread_id, **came_from))
    except IntegrityError as error:
        raise AlreadySeeded from error
    return thread_id


def seed_division(by_id: int, reading: AssignmentRow, quiz_delivery_id: int, division: Division) -> int:
    """Make a prompt of how a class was divided, with its split and passage; return the id of the thread. Flushed.

    Raises AlreadySeeded, and makes nothing, where the class has a thread of this item.
    """
    words = (title_of(division), compose(body_of(division)), tuple(division.question.spans))
    seed = Seed(reading.id, quiz_delivery_id, division.question.item.item_id)
    return seed_thread(by_id, seed, PromptDraft(reading.article_id, reading.version_id, *words))
