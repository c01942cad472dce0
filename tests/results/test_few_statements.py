"""Every results page of a class with small groups, labels and weights takes fewer than fifteen statements."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from classroom.models import Enrollment, Label, LabelledEnrollment
from core import clock
from core.database import commit, db
from core.points import POINT
from discussion.comment_text import compose
from discussion.operations import Actor, add_comment, set_requirements, split_thread
from discussion.operations.comments import DiscussionRef
from discussion.operations.groups import Split
from discussion.participation import Requirement
from results.gradebook import Category
from results.message_operations import NewMessage, write_to
from results.operations import Actor as Teacher
from results.operations import Arrangement, arrange
from tests.support.people import People
from tests.support.reading import Reading

FEW = 14
OF_READING = (
    "results",
    "results?attempts=best",
    "results/students",
    "results/students?attempts=all&state=handed-in",
    "results/students/{student}",
    "results/responses/{response}",
    "results/matrix",
    "results/matrix?attempts=all",
    "results/map",
    "results/map?layer=evidence",
    "results/map?layer=confusion",
    "results/map?layer=questions",
    "results/taking-part",
    "results/discussion",
    "results/statistics",
    "results/statistics?attempts=best",
    "results/certainty",
    "results/projector",
    "results/projector?show=missed",
    "results/projector?show=evidence",
    "results/projector?show=confusion",
    "results/projector?show=questions",
    "results/projector?show=question-1&stage=1",
    "results/projector?show=comments",
    "results/projector/comments",
)
OF_CLASS = (
    "over-time",
    "students/{student}/readings",
    "gradebook",
    "gradebook?q=a&page=1",
    "gradebook?show=former",
    "gradebook/students/{student}",
    "gradebook/students/{student}/quiz-{quiz}",
    "gradebook/students/{student}/discussion-{thread}",
    "gradebook/categories",
    "gradebook/import",
)
OWN = ("classes/{section}/grades", "classes/{section}/your-readings", "readings/{reading}/catch-up")


@pytest.fixture
def grouped(app: Flask, people: People, reading: Reading) -> dict[str, int]:
    """The thread is split: one student wrote in a group and one answered, which earns points and is weighed. The first
    wears a label and has a message."""
    with app.app_context():
        teacher, now = Actor(people.instructor.id, people.section), clock.now()
        places = [
            db.session.scalars(
                select(Enrollment.id).where(Enrollment.user_id == each.id, Enrollment.section_id == people.section)
            ).one()
            for each in (people.student, people.classmate)
        ]
        split_thread(teacher, reading.prompt_delivery, Split([places]))
        where = DiscussionRef(reading.assignment, reading.prompt_delivery, reading.version)
        first = add_comment(places[0], where, compose("I begin."))
        add_comment(places[1], where, compose("I answer.", first))
        dues = (now - timedelta(hours=1), now + timedelta(days=1))
        wanted = [Requirement(0, kind, 1, due, POINT) for kind in ("post", "reply", "cited") for due in dues]
        set_requirements(teacher, reading.prompt_delivery, wanted)
        arranged = Arrangement([Category(0, "Talk", 100 * POINT, 0)], {f"discussion-{reading.prompt_delivery}": 0})
        arrange(Teacher(people.instructor.id, people.section), arranged, 0)
        label = Label(section_id=people.section, name="Tuesday lab", name_key="tuesday lab")
        db.session.add(label)
        db.session.flush()
        db.session.add(LabelledEnrollment(label_id=label.id, enrollment_id=places[0]))
        (message,) = write_to(Teacher(people.instructor.id, people.section), places[:1], NewMessage(None, "Well done."))
        commit()
        return {
            "student": places[0],
            "section": people.section,
            "reading": reading.assignment,
            "quiz": reading.quiz_delivery,
            "thread": reading.prompt_delivery,
            "message": message,
            "label": label.id,
            "response": reading.response,
        }


def test_every_results_page_takes_fewer_than_fifteen_statements(people, grouped, sign_in, count_statements) -> None:
    pages = [f"/readings/{{reading}}/{page}" for page in OF_READING]
    pages += [f"/classes/{{section}}/{page}" for page in OF_CLASS]
    labelled = [f"{page}{'&' if '?' in page else '?'}label={{label}}" for page in pages]
    asked = [(people.instructor, page) for page in (*pages, *labelled, "/needs-me", "/deliveries/{quiz}/grading")]
    found = {}
    for person, page in [*asked, *((people.student, f"/{page}") for page in (*OWN, "messages/{message}"))]:
        client = sign_in(person)
        with count_statements() as seen:
            answer = client.get(page.format(**grouped))
        assert answer.status_code == 200, page
        assert not seen.writes(), page
        found[page] = len(seen)
    assert {page: count for page, count in found.items() if count > FEW} == {}
