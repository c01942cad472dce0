"""A gradebook reads every thread with a rule that a class may have."""

from __future__ import annotations

from flask import Flask
from sqlalchemy import insert

from core import clock
from core.database import commit, db
from discussion.models import Prompt, PromptDelivery
from discussion.operations.participation import MOST_PER_CLASS
from discussion.participation_forms import MOST_ROWS
from discussion.participation_models import ParticipationRequirement
from discussion.queries.credit import MOST, list_asking_threads
from tests.support.people import People
from tests.support.reading import Reading


def test_a_hundred_threads_with_six_requirements_each_are_all_read(
    app: Flask, people: People, reading: Reading
) -> None:
    assert MOST == MOST_PER_CLASS * MOST_ROWS
    with app.app_context():
        now, many = clock.now(), 100
        words = {"article_id": reading.article, "owner_id": people.instructor.id, "title": "Again", "created_at": now}
        prompts = db.session.scalars(insert(Prompt).returning(Prompt.id), [words] * many).all()
        given = {"assignment_id": reading.assignment, "created_at": now}
        rows = [{"prompt_id": prompt, "position": at, **given} for at, prompt in enumerate(prompts, 5)]
        threads = db.session.scalars(insert(PromptDelivery).returning(PromptDelivery.id), rows).all()
        asked = {"kind": "post", "count": 1, "due_at": now, "points": 1}
        requirements = [{"delivery_id": one, "position": at, **asked} for one in threads for at in range(MOST_ROWS)]
        db.session.execute(insert(ParticipationRequirement), requirements)
        commit()
        found = list_asking_threads(people.section)
    assert {thread.id for thread in found} == set(threads)
    assert {len(thread.requirements) for thread in found} == {MOST_ROWS}
