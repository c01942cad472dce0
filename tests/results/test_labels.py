"""Every page of results can be asked for the students of one label; its figures are then theirs alone."""

from __future__ import annotations

import csv
import io

import pytest
from sqlalchemy import select

from classroom.models import Enrollment, Label
from classroom.operations.enrollments import change_role
from classroom.operations.labels import label_people
from core.database import commit, db
from quizzes.deliveries import DeliveryRules
from quizzes.models import Response
from tests.quizzes.sitting import make_sitting, save, start
from tests.support.people import make_students

PAGES = ("results", "results/students", "results/matrix", "results/statistics", "results/certainty")
FILES = ("results.csv", "results/statistics.csv")


def give_label(app, people, name, persons):
    with app.app_context():
        mine = select(Enrollment.id).where(Enrollment.user_id.in_([person.id for person in persons]))
        label_people(people.instructor.id, people.section, name, db.session.scalars(mine).all())
        commit()
        return db.session.scalars(select(Label.id).where(Label.name == name)).one()


def answer(sign_in, sitting, person, which, certainty):
    me, item = sign_in(person), sitting.items["single_choice"]
    attempt = start(me, sitting)
    fields = sitting.fields("single_choice", which) | {f"certainty-{item}": certainty}
    assert save(me, attempt, item, fields).status_code == 200
    assert me.post(f"/attempts/{attempt}/submission").status_code == 303


@pytest.fixture
def lab(app, people, sign_in):
    """Five of the lab are right and sure, one of the lab has not begun; three others are wrong and not sure."""
    rules = DeliveryRules(certainty="reported", attempts_allowed=None)
    sitting = make_sitting(app, people, rules, None, ("single_choice",))
    persons = make_students(app, people.section, 9)
    label = give_label(app, people, "Tuesday lab", persons[:6])
    for at, person in enumerate(persons):
        if at != 5:
            answer(sign_in, sitting, person, "right" if at < 5 else "wrong", "3" if at < 5 else "1")
    return sitting, label


def read(client, sitting, page, **asked):
    query = "&".join(f"{name}={value}" for name, value in asked.items())
    answered = client.get(f"/readings/{sitting.assignment}/{page}?{query}")
    assert answered.status_code == 200
    return answered.get_data(as_text=True)


def test_the_class_at_a_glance_is_that_of_the_label(people, lab, sign_in):
    (sitting, label), client = lab, sign_in(people.instructor)
    whole, part = (read(client, sitting, "results", **asked) for asked in ({}, {"label": label}))
    assert "8 of 11 have handed in." in whole
    assert "Tuesday lab: 5 of 6 have handed in." in part
    assert '<span class="pct">63 %<span class="base">8 answers</span>' in whole
    assert '<span class="pct">100 %<span class="base">5 answers</span>' in part
    assert "<b>38 %</b> of points lost" in whole
    assert "<b>0 %</b> of points lost" in part
    assert (whole.count('href="results/students/'), part.count('href="results/students/')) == (11, 6)


def test_the_statistics_are_those_of_the_label(people, lab, sign_in):
    (sitting, label), client = lab, sign_in(people.instructor)
    assert "From 8 attempts, complete and graded." in read(client, sitting, "results/statistics")
    page = read(client, sitting, "results/statistics", label=label)
    assert "From 5 attempts, complete and graded." in page
    assert "<b>100 %</b>" in page
    file = read(client, sitting, "results/statistics.csv", label=label)
    assert {row["n"] for row in csv.DictReader(io.StringIO(file.removeprefix("\ufeff")))} <= {"5", ""}


def test_certainty_is_that_of_the_label(people, lab, sign_in):
    (sitting, label), client = lab, sign_in(people.instructor)
    assert "8 answers" in read(client, sitting, "results/certainty")
    page = read(client, sitting, "results/certainty", label=label)
    assert "5 answers" in page
    assert "Mean mark: +3" in page


def test_a_label_of_few_students_shows_counts_only(app, people, lab, sign_in):
    sitting, _label = lab
    client = sign_in(people.instructor)
    answer(sign_in, sitting, people.student, "right", "2")
    few = give_label(app, people, "Front row", [people.student, people.classmate])
    page = read(client, sitting, "results", label=few)
    assert "Front row: 1 of 2 has handed in." in page
    assert "With fewer than five hand-ins there is no spread to show yet." in page
    assert "of points lost</p>" not in page
    assert '<span class="pct">1 in</span>' in page
    assert "Figures begin with five attempts" in read(client, sitting, "results/statistics", label=few)


@pytest.mark.parametrize("page", PAGES)
def test_the_links_of_every_page_keep_the_label(people, lab, sign_in, page):
    (sitting, label), client = lab, sign_in(people.instructor)
    shown = read(client, sitting, page, label=label, attempts="best")
    assert "Best attempts</span><span" in shown
    assert shown.count('aria-current="true"><span dir="auto">Tuesday lab</span> 6</a>') == 1
    here = f'href="/readings/{sitting.assignment}/results?'
    if page != "results":
        assert f'{here}quiz={sitting.delivery}&amp;attempts=best&amp;label={label}"' in shown
    links = [part.split('"', 1) for part in shown.split('href="')[1:]]
    kept = [link for link, words in links if link.startswith(here[6:-1]) and "?" in link and ">All<" not in words[:9]]
    assert kept
    assert all(f"label={label}" in link for link in kept), kept


def test_switching_the_attempts_keeps_the_label(app, people, lab, sign_in):
    (sitting, label), client = lab, sign_in(people.instructor)
    again = make_students(app, people.section, 1, prefix="again")[0]
    give_label(app, people, "Tuesday lab", [again])
    for which in ("wrong", "right"):
        answer(sign_in, sitting, again, which, "1")
    shown = read(client, sitting, "results", label=label)
    assert f"results?quiz={sitting.delivery}&amp;attempts=best&amp;label={label}" in shown
    for asked, percent, answers in (({}, 83, 6), ({"attempts": "best"}, 100, 6), ({"attempts": "all"}, 86, 7)):
        shown = read(client, sitting, "results", label=label, **asked)
        assert f'<span class="pct">{percent} %<span class="base">{answers} answers</span>' in shown


def test_the_rows_of_one_student_lead_on_with_the_label(app, people, lab, sign_in):
    (sitting, label), client = lab, sign_in(people.instructor)
    page = read(client, sitting, "results", label=label)
    student = page.split('href="results/students/')[1].split('"')[0]
    assert student.endswith(f"?label={label}")
    with app.app_context():
        response = db.session.scalars(select(Response.id)).first()
    for path in (f"results/students/{student}", f"results/responses/{response}?label={label}"):
        assert f"label={label}" in client.get(f"/readings/{sitting.assignment}/{path}").get_data(as_text=True)


@pytest.mark.parametrize("page", [*PAGES, *FILES])
def test_a_label_that_is_not_the_classs_is_not_there(app, people, lab, sign_in, page):
    (sitting, _label), client = lab, sign_in(people.instructor)
    with app.app_context():
        db.session.add(Label(id=999, section_id=people.other_section, name="Theirs", name_key="theirs"))
        commit()
    for label in (999, 123456):
        assert client.get(f"/readings/{sitting.assignment}/{page}?label={label}").status_code == 404


def test_observers_are_not_shown_labels(app, people, lab, sign_in):
    sitting, label = lab
    with app.app_context():
        place = db.session.scalars(select(Enrollment.id).where(Enrollment.user_id == people.classmate.id)).one()
        change_role(people.instructor.id, place, "observer")
        commit()
    client = sign_in(people.classmate)
    assert "Tuesday lab" not in read(client, sitting, "results")
    assert client.get(f"/readings/{sitting.assignment}/results?label={label}").status_code == 403


@pytest.mark.parametrize("page", [*PAGES, *FILES])
def test_a_label_costs_no_more_statements_in_a_larger_class(app, people, lab, sign_in, count_statements, page):
    (sitting, label), client = lab, sign_in(people.instructor)
    address = f"/readings/{sitting.assignment}/{page}?label={label}"
    client.get(address)
    with count_statements() as before:
        client.get(address)
    more = make_students(app, people.section, 4, prefix="more")
    give_label(app, people, "Tuesday lab", more)
    for person in more:
        answer(sign_in, sitting, person, "wrong", "2")
    client.get(address)
    with count_statements() as after:
        client.get(address)
    assert len(after) == len(before) <= 15
