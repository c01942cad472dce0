import pytest
from sqlalchemy import select

from classroom.models import Enrollment, Label, LabelledEnrollment
from core.database import db


@pytest.fixture
def places(app, people):
    """The places of the first class by the keys of its people."""
    with app.app_context():
        rows = db.session.execute(
            select(Enrollment.user_id, Enrollment.id).where(Enrollment.section_id == people.section)
        ).all()
    by_user = dict(tuple(row) for row in rows)
    return {key: by_user[getattr(people, key).id] for key in ("instructor", "assistant", "student", "classmate")}


def labels_of(app):
    with app.app_context():
        rows = db.session.execute(
            select(Label.name, LabelledEnrollment.enrollment_id)
            .join(LabelledEnrollment, LabelledEnrollment.label_id == Label.id)
            .order_by(Label.name, LabelledEnrollment.enrollment_id)
        ).all()
        return [tuple(row) for row in rows]


def send(client, people, label, *chosen, **more):
    return client.post(f"/classes/{people.section}/labels", data={"label": label, "people": list(chosen), **more})


def test_several_students_get_a_label_at_once_and_lose_it_again(app, people, sign_in, places):
    teacher = sign_in(people.assistant)
    both = (places["student"], places["classmate"])
    assert send(teacher, people, "Tuesday lab", *both).status_code == 303
    assert labels_of(app) == [("Tuesday lab", place) for place in sorted(both)]
    page = teacher.get(f"/classes/{people.section}/people").get_data(as_text=True)
    assert page.count('<span class="tag" dir="auto">Tuesday lab</span>') == 2
    send(teacher, people, "tuesday  LAB", places["student"], take="1")
    assert labels_of(app) == [("Tuesday lab", places["classmate"])]


def test_the_same_label_in_another_case_is_the_same(app, people, sign_in, places):
    teacher = sign_in(people.instructor)
    send(teacher, people, "Tuesday lab", places["student"])
    send(teacher, people, "TUESDAY LAB", places["student"], places["classmate"])
    assert {name for name, _place in labels_of(app)} == {"Tuesday lab"}
    assert len(labels_of(app)) == 2


def test_a_label_that_nobody_has_is_gone(app, people, sign_in, places):
    teacher = sign_in(people.instructor)
    send(teacher, people, "Tuesday lab", places["student"])
    send(teacher, people, "Tuesday lab", places["student"], take="1")
    with app.app_context():
        assert db.session.scalars(select(Label.id)).all() == []


@pytest.mark.parametrize(
    ("label", "who", "message"),
    [
        ("", "student", "Write a label, such as Tuesday lab."),
        ("x" * 61, "student", "A label can have at most 60 characters."),
        ("Tuesday lab", None, "Tick the students it is about."),
    ],
)
def test_what_is_missing_is_said_and_nothing_is_lost(app, people, sign_in, places, label, who, message):
    chosen = [places[who]] if who else []
    answer = send(sign_in(people.instructor), people, label, *chosen)
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert message in page
    assert f'value="{label}"' in page
    for place in chosen:
        assert f'value="{place}" aria-label="Sofia Lind" checked' in page
    assert labels_of(app) == []


@pytest.mark.parametrize("who", ["instructor", "assistant", "elsewhere"])
def test_only_students_of_the_class_are_labelled(app, people, sign_in, places, who):
    if who == "elsewhere":
        with app.app_context():
            other = select(Enrollment.id).where(Enrollment.user_id == people.other_student.id)
            place = db.session.scalars(other).one()
    else:
        place = places[who]
    assert send(sign_in(people.instructor), people, "Tuesday lab", place).status_code == 422
    assert labels_of(app) == []


def test_students_see_no_labels(people, sign_in, places):
    send(sign_in(people.instructor), people, "Tuesday lab", places["student"])
    me = sign_in(people.student)
    for path in (f"/classes/{people.section}", "/"):
        assert "Tuesday lab" not in me.get(path).get_data(as_text=True)


@pytest.mark.parametrize("page", ["students", "matrix"])
def test_results_can_be_of_the_students_of_one_label(app, people, reading, sign_in, places, page):
    teacher = sign_in(people.instructor)
    send(teacher, people, "Tuesday lab", places["classmate"])
    path = f"/readings/{reading.assignment}/results/{page}"
    everybody = teacher.get(path).get_data(as_text=True)
    with app.app_context():
        label = db.session.scalars(select(Label.id)).one()
    assert "Sofia Lind" in everybody
    assert f"label={label}" in everybody
    some = teacher.get(f"{path}?label={label}").get_data(as_text=True)
    assert "Sofia Lind" not in some
    assert "Carl Moreau" in some
    assert 'aria-current="true"' in some
    csv = teacher.get(f"/readings/{reading.assignment}/results.csv?label={label}").get_data(as_text=True)
    assert "Sofia Lind" not in csv
    assert "Carl Moreau" in csv


def test_an_archived_class_keeps_its_labels(app, people, sign_in, places):
    teacher = sign_in(people.instructor)
    teacher.post(f"/classes/{people.section}/archive")
    assert send(teacher, people, "Tuesday lab", places["student"]).status_code == 403
    assert "label-people" not in teacher.get(f"/classes/{people.section}/people").get_data(as_text=True)
