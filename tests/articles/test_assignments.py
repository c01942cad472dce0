"""Giving an article to classes, with the dates of each class in the class's own zone."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from sqlalchemy import select, update

from articles.models import Article, ArticleVersion, Assignment
from articles.operations import AlreadyAssigned, Dates, assign_article
from classroom.models import Enrollment, Section
from core.database import commit, db
from tests.articles.adding import add, fields_of

DATES = {"opens_at": "2026-11-20T08:00", "due_at": "2026-11-27T23:59", "closes_at": "2026-12-04T12:00"}


def form(section: int, **dates: str) -> dict[str, str]:
    return {f"class-{section}-{name}": value for name, value in dates.items()}


@pytest.fixture
def author(people, sign_in):
    return sign_in(people.instructor)


@pytest.fixture
def article(author) -> int:
    return add(author)


def assignment_of(app, section: int) -> Assignment:
    with app.app_context():
        return db.session.scalars(select(Assignment).where(Assignment.section_id == section)).one()


def teach_both(app, people) -> None:
    with app.app_context():
        db.session.add(
            Enrollment(user_id=people.instructor.id, section_id=people.other_section, role="instructor", state="active")
        )
        db.session.execute(
            update(Section).where(Section.id == people.other_section).values(time_zone="America/New_York")
        )
        commit()


def test_each_class_has_its_own_dates_in_its_own_zone(app, author, people, article):
    teach_both(app, people)
    page = author.get(f"/articles/{article}/assignments")
    assert "Reading the News" in page.text
    assert "Times in the zone of the class: America/New_York." in page.text
    for section in (people.section, people.other_section):
        sent = author.post(f"/articles/{article}/assignments/{section}", data=form(section, **DATES))
        assert sent.status_code == 303
    assert assignment_of(app, people.section).opens_at == datetime(2026, 11, 20, 7, 0, tzinfo=UTC)
    assert assignment_of(app, people.other_section).opens_at == datetime(2026, 11, 20, 13, 0, tzinfo=UTC)
    page = author.get(f"/articles/{article}/assignments")
    assert page.text.count('value="2026-11-20T08:00"') == 2


def test_no_date_sets_no_bound(app, author, people, article):
    assert author.post(f"/articles/{article}/assignments/{people.section}", data={}).status_code == 303
    given = assignment_of(app, people.section)
    assert (given.opens_at, given.due_at, given.closes_at) == (None, None, None)


def test_dates_are_changed_and_taken_away_later(app, author, people, article):
    path = f"/articles/{article}/assignments/{people.section}"
    author.post(path, data=form(people.section, **DATES))
    assert author.post(path, data=form(people.section, **{**DATES, "opens_at": ""})).status_code == 303
    given = assignment_of(app, people.section)
    assert given.opens_at is None
    assert given.due_at == datetime(2026, 11, 27, 22, 59, tzinfo=UTC)


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"due_at": "2026-11-19T08:00"}, "Due comes before it opens."),
        ({"closes_at": "2026-11-27T23:58"}, "It closes before it is due."),
        ({"due_at": "", "closes_at": "2026-11-01T00:00"}, "It closes before it opens."),
        ({"opens_at": "tomorrow"}, "Write the day and the time as in 2027-03-28 23:59."),
        ({"opens_at": "2026-03-29T02:30"}, "The clock skips this time on that day."),
        ({"closes_at": "9999-12-31T23:59"}, "Choose a year from 2000 to 2199."),
        ({"opens_at": "0001-01-01T00:00"}, "Choose a year from 2000 to 2199."),
    ],
)
def test_dates_that_cannot_be_come_back_as_typed(app, author, people, article, changed, words):
    dates = {**DATES, **changed}
    page = author.post(f"/articles/{article}/assignments/{people.section}", data=form(people.section, **dates))
    assert page.status_code == 422
    assert words in page.text
    for value in filter(None, dates.values()):
        assert f'value="{value}"' in page.text
    with app.app_context():
        assert db.session.scalars(select(Assignment)).all() == []


def test_due_and_close_may_fall_on_the_moment_it_opens(app, author, people, article):
    same = dict.fromkeys(DATES, "2026-11-20T08:00")
    assert (
        author.post(f"/articles/{article}/assignments/{people.section}", data=form(people.section, **same)).status_code
        == 303
    )


def test_a_class_of_somebody_else_is_not_there(author, people, article):
    assert author.post(f"/articles/{article}/assignments/{people.other_section}", data={}).status_code == 404
    assert author.post(f"/articles/{article}/assignments/{people.other_section}/removal").status_code == 404


def test_an_archived_class_is_not_changed(app, author, people, article):
    author.post(f"/articles/{article}/assignments/{people.section}", data={})
    with app.app_context():
        db.session.execute(update(Section).values(archived_at=datetime(2026, 11, 1, tzinfo=UTC)))
        commit()
    path = f"/articles/{article}/assignments/{people.section}"
    assert author.post(path, data=form(people.section, **DATES)).status_code == 403
    assert author.post(f"{path}/removal").status_code == 403
    page = author.get(f"/articles/{article}/assignments")
    assert "Archived" in page.text
    assert "Save the dates" not in page.text


def test_an_article_that_was_put_away_is_given_to_no_further_class(author, people, article):
    author.post(f"/articles/{article}/archive")
    path = f"/articles/{article}/assignments/{people.section}"
    assert "Give it to this class" not in author.get(f"/articles/{article}/assignments").text
    assert author.post(path, data={}).status_code == 403


def test_a_class_without_work_gives_the_article_back(app, author, people, article):
    path = f"/articles/{article}/assignments/{people.section}"
    author.post(path, data={})
    assert author.post(f"{path}/removal").status_code == 303
    with app.app_context():
        assert db.session.scalars(select(Assignment)).all() == []
    assert author.post(f"{path}/removal").status_code == 404


def test_a_class_with_a_quiz_on_it_keeps_the_article(app, sign_in, people, reading):
    author = sign_in(people.instructor)
    answer = author.post(f"/articles/{reading.article}/assignments/{people.section}/removal")
    assert answer.status_code == 409
    assert "Take those back from the class first" in answer.text
    assert assignment_of(app, people.section).id == reading.assignment


def test_any_instructor_of_the_class_changes_its_dates_from_the_reading(app, author, people, article, sign_in):
    author.post(f"/articles/{article}/assignments/{people.section}", data={})
    given = assignment_of(app, people.section).id
    with app.app_context():
        db.session.add(
            Enrollment(user_id=people.other_instructor.id, section_id=people.section, role="instructor", state="active")
        )
        commit()
    colleague = sign_in(people.other_instructor)
    assert "Times in the zone of the class: Europe/Berlin." in colleague.get(f"/readings/{given}/dates").text
    sent = colleague.post(f"/readings/{given}/dates", data=form(people.section, **DATES))
    assert sent.status_code == 303
    assert assignment_of(app, people.section).closes_at == datetime(2026, 12, 4, 11, 0, tzinfo=UTC)
    wrong = {**DATES, "due_at": "2026-11-01T00:00"}
    refused = colleague.post(f"/readings/{given}/dates", data=form(people.section, **wrong))
    assert refused.status_code == 422
    assert 'value="2026-11-01T00:00"' in refused.text


def test_the_dates_page_is_for_the_instructors_of_the_class(app, author, people, article, sign_in):
    author.post(f"/articles/{article}/assignments/{people.section}", data={})
    path = f"/readings/{assignment_of(app, people.section).id}/dates"
    assert sign_in(people.assistant).get(path).status_code == 403
    assert sign_in(people.student).get(path).status_code == 403
    assert sign_in(people.other_instructor).get(path).status_code == 404
    assert sign_in(people.stranger).get(path).status_code == 404


def test_a_reading_opens_for_students_at_its_moment_and_for_staff_before(clock, app, author, people, article, sign_in):
    author.post(f"/articles/{article}/assignments/{people.section}", data=form(people.section, **DATES))
    path = f"/readings/{assignment_of(app, people.section).id}"
    student, assistant = sign_in(people.student), sign_in(people.assistant)
    clock.set(datetime(2026, 11, 20, 6, 59, 59, tzinfo=UTC))
    assert student.get(path).status_code == 404
    assert assistant.get(path).status_code == 200
    clock.set(datetime(2026, 11, 20, 7, 0, tzinfo=UTC))
    assert student.get(path).status_code == 200
    clock.set(datetime(2027, 1, 1, tzinfo=UTC))
    assert student.get(path).status_code == 200


def test_an_edit_reaches_the_ticked_classes_alone(app, author, people, article):
    teach_both(app, people)
    for section in (people.section, people.other_section):
        author.post(f"/articles/{article}/assignments/{section}", data={})
    fields = fields_of(author.get(f"/articles/{article}/edit"))
    chosen = assignment_of(app, people.section).id
    sent = author.post(f"/articles/{article}/versions", data={**fields, "body": "New words.", "move": str(chosen)})
    assert sent.status_code == 303
    with app.app_context():
        newest = db.session.scalars(select(ArticleVersion.id).where(ArticleVersion.number == 2)).one()
    assert assignment_of(app, people.section).version_id == newest
    assert assignment_of(app, people.other_section).version_id != newest


def test_an_edit_does_not_reach_another_article(app, author, people, article):
    other = add(author, title="Another")
    author.post(f"/articles/{other}/assignments/{people.section}", data={})
    fields = fields_of(author.get(f"/articles/{article}/edit"))
    given = assignment_of(app, people.section)
    refused = author.post(f"/articles/{article}/versions", data={**fields, "body": "New words.", "move": str(given.id)})
    assert refused.status_code == 422
    assert assignment_of(app, people.section).version_id == given.version_id


def test_the_page_costs_the_same_for_one_class_and_for_twelve(app, author, people, article, count_statements):
    seen = []
    for classes in (0, 11):
        with app.app_context():
            for number in range(classes):
                section = Section(
                    name=f"Class {number}", time_zone="UTC", join_code=f"CODE{number}", created_at=datetime.now(UTC)
                )
                db.session.add(section)
                db.session.flush()
                db.session.add(
                    Enrollment(user_id=people.instructor.id, section_id=section.id, role="instructor", state="active")
                )
            commit()
        with count_statements() as statements:
            assert author.get(f"/articles/{article}/assignments").status_code == 200
        seen.append(len(statements))
    assert seen[0] == seen[1] <= 5


def test_the_same_class_twice_at_once_is_told(app, author, people, article):
    """Two windows: the second assignment meets the constraint, not the page's own look."""
    author.post(f"/articles/{article}/assignments/{people.section}", data={})
    with app.app_context():
        version = db.session.scalars(select(ArticleVersion.id)).one()
        with pytest.raises(AlreadyAssigned):
            assign_article(people.section, article, version, Dates())
        assert db.session.scalars(select(Article.id)).one() == article
