"""What staff decide about single grades, and what students see of their own."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import select

from classroom.jobs import announce_news
from classroom.models import Notification
from core import clock
from core.database import commit, db
from core.jobs import run_task
from quizzes.models import QuizDelivery
from results.models import GradeDecision
from results.operations import Actor, Outdated, Verdict, decide
from results.queries.gradebook import get_grade_student, read_book, read_lines
from tests.support.gradebook import make_graded, place_of


@pytest.fixture
def graded(app, people, reading):
    return make_graded(app, people, reading)


@pytest.fixture
def cell(app, people, graded):
    """The address of what the classmate has for the quiz."""
    student = place_of(app, people.classmate)
    return f"/classes/{people.section}/gradebook/students/{student}/quiz-{graded.quiz_delivery}"


def given(**more) -> dict[str, str]:
    return {"seen": "0", "kind": "override", "points": "2.25", "why": "Asked again aloud.", **more}


def own_page(people, sign_in) -> str:
    """What the classmate's own page says, without what differs with each sign-in."""
    return sign_in(people.classmate).get(f"/classes/{people.section}/grades").text.partition("<main")[2]


def test_a_number_is_changed_with_a_reason_and_taken_back(people, cell, sign_in) -> None:
    client, line = sign_in(people.assistant), cell.rpartition("/")[0]
    assert client.post(cell, data=given()).status_code == 303
    page = client.get(line).text
    assert "Set to 2.25 points by Amir Tahan. Otherwise it would be 1.5 points." in page
    assert "Why: Asked again aloud." in page
    assert "6.25 of 7 points" in page
    assert client.post(cell, data=given(seen="1", kind="excuse", points="", why="Was ill.")).status_code == 303
    assert "4 of 4 points is 100 %" in client.get(line).text
    assert client.post(cell, data=given(seen="2", kind="back", points="", why="No note came.")).status_code == 303
    assert "5.5 of 7 points" in client.get(line).text
    history = client.get(cell).text
    rows = re.findall(r"<td class=\"num\">(.*?)</td><td class=\"num\">(.*?)</td>", history)
    assert rows == [("does not count", "1.5"), ("2.25", "does not count"), ("1.5", "2.25")]


def test_two_who_decide_at_once_are_shown_both(people, cell, sign_in) -> None:
    first, second = sign_in(people.instructor), sign_in(people.assistant)
    assert first.post(cell, data=given()).status_code == 303
    clash = second.post(cell, data=given(points="3", why="Mine."))
    assert clash.status_code == 409
    assert "Asked again aloud." in clash.text
    assert 'value="3"' in clash.text
    assert "Mine." in clash.text
    assert 'name="seen" type="hidden" value="1"' in clash.text
    assert second.post(cell, data=given(seen="1", points="3", why="Mine.")).status_code == 303


def test_the_database_refuses_a_second_decision_of_the_same_number(app, people, graded, cell) -> None:
    with app.app_context():
        book = read_book(people.section, "UTC", clock.now())
        student = get_grade_student(people.section, int(cell.split("/")[-2]))
        (line,) = read_lines(book, [student])
        found, actor = line.cells[f"quiz-{graded.quiz_delivery}"], Actor(people.instructor.id, people.section)
        decide(actor, student, found, Verdict("excuse", None, "Ill."))
        with pytest.raises(Outdated):
            decide(actor, student, found, Verdict("override", 0, "Not ill."))
        commit()
        assert len(db.session.scalars(select(GradeDecision)).all()) == 1


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"why": ""}, "Say why. The student reads it."),
        ({"points": ""}, "Write the points."),
        ({"points": "lots"}, "as a number from 0 to 1000"),
        ({"kind": "back"}, "Not a valid choice"),
    ],
)
def test_a_refused_decision_comes_back_as_it_was_typed(more, words, people, cell, sign_in) -> None:
    answer = sign_in(people.instructor).post(cell, data=given(**more))
    assert answer.status_code == 422
    assert words in answer.text
    assert given(**more)["why"] in answer.text


def test_students_see_what_is_released_and_why_but_no_total_until_it_is_shown(people, cell, sign_in) -> None:
    client = sign_in(people.instructor)
    client.post(cell, data=given())
    page = own_page(people, sign_in)
    assert "Attempt 1: 1.5 of 3 points." in page
    assert "Set to 2.25 points by Ingrid Vale." in page
    assert "Otherwise it would be" not in page
    assert "Total" not in page
    assert " %" not in page
    client.post(f"/classes/{people.section}/gradebook/release", data={"seen": "0"})
    assert "Total: 89.29 %" in own_page(people, sign_in)
    client.post(f"/classes/{people.section}/gradebook/release/removal", data={"seen": "1"})
    assert "Total" not in own_page(people, sign_in)


@pytest.mark.parametrize("decision", [{}, {"kind": "excuse"}])
def test_nothing_unreleased_is_told_not_even_through_the_total(decision, app, people, graded, cell, sign_in) -> None:
    with app.app_context():
        db.session.get_one(QuizDelivery, graded.quiz_delivery).release_score = "by_instructor"
        commit()
    client = sign_in(people.instructor)
    client.post(f"/classes/{people.section}/gradebook/release", data={"seen": "0"})
    before = own_page(people, sign_in)
    assert "Not released yet." in before
    assert "4 of 4 points is 100 %." in before
    client.post(cell, data=given(**decision))
    assert own_page(people, sign_in) == before


def test_only_who_has_seen_the_weights_shows_the_totals(people, cell, sign_in) -> None:
    client = sign_in(people.instructor)
    client.post(f"/classes/{people.section}/gradebook/release", data={"seen": "0"})
    client.post(f"/classes/{people.section}/gradebook/release/removal", data={"seen": "0"}, follow_redirects=True)
    assert "Total: 78.57 %" in own_page(people, sign_in)


def test_a_column_that_is_not_there_is_not_found(people, cell, sign_in) -> None:
    client = sign_in(people.instructor)
    for column in ("quiz-999", "discussion-1x", "1"):
        assert client.get(cell.rpartition("/")[0] + "/" + column).status_code == 404


def told_of_totals(sign_in, person) -> bool:
    return "You can see your total in" in sign_in(person).get("/notifications").text


def test_students_are_told_that_totals_are_shown_and_of_no_number(app, people, cell, sign_in) -> None:
    client, releasing = sign_in(people.instructor), f"/classes/{people.section}/gradebook/release"
    assert not told_of_totals(sign_in, people.classmate)
    assert client.post(releasing, data={"seen": "0"}).status_code == 303
    run_task(app, announce_news)
    page = sign_in(people.classmate).get("/notifications").text
    assert "You can see your total in" in page
    assert f"/classes/{people.section}/grades" in page
    assert "%" not in page.partition("You can see your total in")[2].partition("</li>")[0]
    assert not told_of_totals(sign_in, people.assistant)
    assert client.post(f"{releasing}/removal", data={"seen": "1"}).status_code == 303
    assert not told_of_totals(sign_in, people.classmate)
    assert client.post(releasing, data={"seen": "2"}).status_code == 303
    run_task(app, announce_news)
    assert told_of_totals(sign_in, people.classmate)
    with app.app_context():
        rows = db.session.scalars(select(Notification.user_id).where(Notification.kind == "totals")).all()
    assert sorted(rows) == sorted([people.student.id, people.classmate.id])
