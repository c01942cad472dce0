"""A reading without a quiz, whose author has one that the class could have."""

from __future__ import annotations

import pytest

from articles.operations.assignments import Dates, assign_article
from classroom.operations import enroll
from classroom.operations.sections import NewSection, create_section
from core.database import commit
from quizzes.operations.authoring import create_quiz


@pytest.fixture
def second(app, people, reading) -> int:
    """The same article in another class of the instructor's, which no quiz has been given to."""
    with app.app_context():
        section = create_section(people.instructor.id, NewSection("Second class", "Asia/Tokyo")).id
        enroll(people.student.id, section)
        assignment = assign_article(section, reading.article, reading.version, Dates()).id
        commit()
    return assignment


def test_a_published_quiz_is_offered_to_its_author(people, reading, second, sign_in) -> None:
    offer = f'href="/quizzes/{reading.quiz}/settings/{second}"'
    seen = [sign_in(person).get(f"/readings/{second}/quiz").text for person in (people.instructor, people.student)]
    assert all("No quiz on this reading" in page for page in seen)
    assert [offer in page for page in seen] == [True, False]


def test_a_draft_is_not(app, people, reading, second, sign_in) -> None:
    with app.app_context():
        draft = create_quiz(people.instructor.id, reading.article, "Second look").id
        commit()
    assert f"/quizzes/{draft}/" not in sign_in(people.instructor).get(f"/readings/{second}/quiz").text
