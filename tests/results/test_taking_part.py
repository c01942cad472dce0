"""How a class stands with what the discussions of a reading ask for."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from classroom.models import Enrollment
from classroom.operations.enrollments import remove_person
from core.clock import now
from core.database import commit, db
from core.points import POINT
from discussion.comment_text import compose
from discussion.models import Comment
from discussion.operations import Actor, add_comment, set_requirements
from discussion.operations.comments import DiscussionRef
from discussion.participation import DONE, EXCUSED, MISSED, OPEN, Requirement
from discussion.queries import get_discussion_for, read_class_ledger
from results.taking_part import asked_of_all
from tests.support.people import make_students


def test_each_requirement_counts_how_many_stand_how() -> None:
    post, reply = (Requirement(at, kind, 1, now(), 0) for at, kind in enumerate(("post", "reply")))
    found = asked_of_all([post, reply], {(DONE, OPEN): 2, (DONE, MISSED): 3, (EXCUSED, MISSED): 4})
    assert [(each.done, each.open, each.missed, each.excused, each.asked) for each in found] == [
        (5, 0, 0, 4, 5),
        (0, 2, 7, 0, 9),
    ]
    assert [each.asked for each in asked_of_all([post], {})] == [0]


def place_of(person, section):
    own = select(Enrollment.id).where(Enrollment.user_id == person.id, Enrollment.section_id == section)
    return db.session.scalars(own).one()


@pytest.fixture
def asking(app, people, reading):
    """Of nine students two posted by the fixture, three more post, of whom one also replies; one of them has left."""
    students = make_students(app, people.section, 7)
    with app.app_context():
        wanted = [
            Requirement(0, "post", 1, now() + timedelta(days=1), POINT),
            Requirement(0, "reply", 1, now() + timedelta(days=2), 0),
        ]
        set_requirements(Actor(people.instructor.id, people.section), reading.prompt_delivery, wanted)
        where = DiscussionRef(reading.assignment, reading.prompt_delivery, reading.version)
        for student in students[:3]:
            add_comment(place_of(student, people.section), where, compose("I have a view."))
        add_comment(place_of(students[0], people.section), where, compose("And you?", reading.comment))
        hidden = add_comment(place_of(students[3], people.section), where, compose("Not this."))
        db.session.get_one(Comment, hidden).hidden_at = now()
        remove_person(people.instructor.id, place_of(students[1], people.section))
        commit()
    return reading


def test_the_page_says_what_plain_counting_of_the_ledger_says(app, people, asking, sign_in) -> None:
    page = sign_in(people.instructor).get(f"/readings/{asking.assignment}/results/taking-part").text
    with app.app_context():
        ledger = read_class_ledger(get_discussion_for(people.instructor.id, asking.prompt_delivery))
    assert ledger.met == [(4, 8), (1, 8)]
    rows = page.split("<tbody>")[1].split("</tbody>")[0].split("</tr>")
    assert ["<b>4 of 8</b>" in rows[0], "<b>4 of 8</b>" in rows[1], "<b>1 of 8</b>" in rows[2]] == [True] * 3
    assert "4 still can" in rows[1]
    assert "7 still can" in rows[2]
    assert "5 posts by students" in page


def test_the_table_of_students_counts_the_posts_that_stand(people, asking, sign_in) -> None:
    page = sign_in(people.instructor).get(f"/readings/{asking.assignment}/results").text
    rows = page.split('data-live-part="students">')[1].split("</tbody>")[0].split("</tr>")[:-1]
    assert sum(int(row.rpartition('<td class="num">')[2].split("<")[0]) for row in rows) == 5


def test_the_page_is_for_staff_takes_few_statements_and_the_glance_leads_there(
    people, asking, sign_in, count_statements
) -> None:
    here = f"/readings/{asking.assignment}/results/taking-part"
    assert sign_in(people.student).get(here).status_code == 403
    assert sign_in(people.other_instructor).get(here).status_code == 404
    client = sign_in(people.assistant)
    assert here in client.get(f"/readings/{asking.assignment}/results").text
    client.get(here)
    with count_statements() as seen:
        client.get(here)
    assert len(seen) <= 12
    assert not seen.writes()
