"""Who finds an assignment, and in which order a class's assignments stand."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest
from sqlalchemy import select, update
from werkzeug.exceptions import NotFound

from articles.drafts import prepare
from articles.importing.formats import Source
from articles.models import ArticleVersion
from articles.operations import Dates, assign_article, create_article
from articles.queries import get_assignment_for, list_assignments_for
from classroom.models import Enrollment, Section
from core import clock
from core.database import commit, db

NOW = datetime(2026, 11, 18, 9, 0, tzinfo=UTC)


def give(app, people, title: str, **dates: datetime) -> int:
    with app.app_context():
        article = create_article(people.instructor.id, prepare(Source("One. Two.", "plain"), title))
        version = db.session.scalars(select(ArticleVersion.id).where(ArticleVersion.article_id == article.id)).one()
        given = assign_article(people.section, article.id, version, Dates(**dates)).id
        commit()
        return given


def finds(app, person, assignment: int) -> bool:
    with app.test_request_context(), clock.at(NOW):
        try:
            return get_assignment_for(SimpleNamespace(id=person.id), assignment).id == assignment
        except NotFound:
            return False


def change_place(app, person, **values: object) -> None:
    with app.app_context():
        db.session.execute(update(Enrollment).where(Enrollment.user_id == person.id).values(**values))
        commit()


@pytest.mark.parametrize(
    ("opens", "found"),
    [
        (None, "instructor assistant student classmate"),
        (NOW - timedelta(days=1), "instructor assistant student classmate"),
        (NOW, "instructor assistant student classmate"),
        (NOW + timedelta(seconds=1), "instructor assistant"),
    ],
)
def test_students_find_it_from_the_second_it_opens(app, people, opens, found):
    given = give(app, people, "T", opens_at=opens)
    everybody = ("instructor", "assistant", "student", "classmate", "stranger", "other_instructor", "other_student")
    assert [name for name in everybody if finds(app, getattr(people, name), given)] == found.split()


def test_observers_find_it_as_students_do(app, people):
    change_place(app, people.student, role="observer")
    assert finds(app, people.student, give(app, people, "Open"))
    assert not finds(app, people.student, give(app, people, "Closed", opens_at=NOW + timedelta(days=1)))


@pytest.mark.parametrize("state", ["invited", "removed"])
def test_without_an_active_place_it_is_not_found(app, people, state):
    given = give(app, people, "T")
    change_place(app, people.student, state=state)
    assert not finds(app, people.student, given)


def test_the_row_tells_the_class_the_text_and_the_viewers_place(app, people):
    given = give(app, people, "A title", due_at=NOW)
    with app.app_context():
        db.session.execute(update(Section).where(Section.id == people.section).values(archived_at=NOW))
        commit()
        row = get_assignment_for(SimpleNamespace(id=people.assistant.id), given)
    assert (row.section_id, row.section_name, row.zone, row.archived) == (
        people.section, "Reading the News", "Europe/Berlin", True,
    )  # fmt: skip
    assert (row.article_title, row.language, row.direction, row.word_count) == ("A title", "en", "ltr", 2)
    assert (row.opens_at, row.due_at, row.closes_at) == (None, NOW, None)
    assert (row.role, row.is_staff) == ("assistant", True)


def test_a_class_lists_what_is_due_next_first_in_one_statement(app, people, count_statements):
    later = give(app, people, "Later", due_at=NOW + timedelta(days=2))
    undated = give(app, people, "Undated")
    sooner = give(app, people, "Sooner", due_at=NOW + timedelta(days=1))
    hidden = give(app, people, "Hidden", opens_at=NOW + timedelta(days=1))
    with app.app_context(), clock.at(NOW), count_statements() as statements:
        student = list_assignments_for(SimpleNamespace(id=people.student.id), people.section)
    assert len(statements) == 1
    assert [row.id for row in student] == [sooner, later, undated]
    with app.app_context(), clock.at(NOW):
        staff = list_assignments_for(SimpleNamespace(id=people.assistant.id), people.section)
        assert list_assignments_for(SimpleNamespace(id=people.stranger.id), people.section) == []
    assert [row.id for row in staff] == [sooner, later, undated, hidden]
