"""Drafts of grades, two graders at one answer, and what a release changes."""

from __future__ import annotations

from collections.abc import Callable

from flask import Flask
from sqlalchemy import select

from core.database import commit, db
from core.points import FRACTION_ONE, POINT
from quizzes.deliveries import DeliveryRules
from quizzes.models import GradeDraft, ScoreChange
from quizzes.operations.deliveries import change_rules
from quizzes.operations.regrades import Decision, regrade_item, undo_regrade
from quizzes.operations.tallies import rebuild_tallies
from tests.quizzes.grader import draft_grade, drafts_in, release_all, response_of, seen_by
from tests.quizzes.school import counts
from tests.quizzes.test_grading_pages import answer_and_hand_in
from tests.support.browsing import Client
from tests.support.people import People, Person, make_students
from tests.support.reading import Reading

SignIn = Callable[[Person | str], Client]


def test_a_draft_changes_nothing_that_counts(app: Flask, people: People, reading: Reading, sign_in: SignIn) -> None:
    client = sign_in(people.assistant)
    answer = draft_grade(client, reading, "1,5")
    assert answer.status_code == 303
    assert answer.location.endswith(f"/deliveries/{reading.quiz_delivery}/grading")
    assert "1 draft not released" in client.get(answer.location).text
    response, attempt = response_of(app, reading)
    assert (response.points, response.grader_comment, attempt.ungraded) == (None, "", 1)
    student = sign_in(people.classmate)
    assert "Good reason." not in student.get(f"/attempts/{reading.handed_in}/result").text
    home = sign_in(people.assistant).get("/").text
    assert "Release one grade" in home
    assert "Read one answer" not in home
    answer_and_hand_in(app, reading, make_students(app, people.section, 1)[0])
    home = sign_in(people.assistant).get("/").text
    assert "Read one answer" in home
    assert "1 draft waits for release" in home


def test_a_release_keeps_score_attempt_counts_and_record_true(
    app: Flask, people: People, reading: Reading, sign_in: SignIn
) -> None:
    client = sign_in(people.assistant)
    draft_grade(client, reading, "1,5")
    page = client.get(f"/deliveries/{reading.quiz_delivery}/grading/release").text
    assert "Release one grade?" in page
    assert "one answer is graded for the first time" in page
    assert release_all(client, reading).status_code == 303
    response, attempt = response_of(app, reading)
    assert (response.points, response.fraction) == (3 * POINT // 2, 3 * FRACTION_ONE // 4)
    assert (response.grader_comment, response.graded_by_id) == ("Good reason.", people.assistant.id)
    assert (attempt.points, attempt.ungraded) == (3 * POINT // 2, 0)
    with app.app_context():
        change = db.session.scalars(select(ScoreChange)).one()
        assert (change.response_id, change.by_id) == (reading.response, people.assistant.id)
        assert (change.before, change.after) == (None, 3 * POINT // 2)
        assert db.session.scalars(select(GradeDraft)).all() == []
        kept = counts()
        rebuild_tallies()
        assert counts() == kept
    assert "Good reason." in sign_in(people.classmate).get(f"/attempts/{reading.handed_in}/result").text


def test_a_released_grade_changes_by_a_draft_with_a_reason(
    app: Flask, people: People, reading: Reading, sign_in: SignIn
) -> None:
    client = sign_in(people.instructor)
    draft_grade(sign_in(people.assistant), reading, "1")
    release_all(client, reading)
    refused = draft_grade(client, reading, "2")
    assert refused.status_code == 422
    assert "Say why" in refused.text
    assert draft_grade(client, reading, "2", why="The second half counts too.").status_code == 303
    assert response_of(app, reading)[0].points == POINT
    assert "one released grade changes" in client.get(f"/deliveries/{reading.quiz_delivery}/grading/release").text
    release_all(client, reading)
    assert draft_grade(client, reading, "2", comment="A better word.").status_code == 303
    release_all(client, reading)
    response, attempt = response_of(app, reading)
    assert (response.points, attempt.points) == (2 * POINT, 2 * POINT)
    assert response.grader_comment == "A better word."
    with app.app_context():
        rows = db.session.scalars(select(ScoreChange).order_by(ScoreChange.id)).all()
        assert [(row.before, row.after, row.why) for row in rows] == [
            (None, POINT, ""),
            (POINT, 2 * POINT, "The second half counts too."),
        ]
    assert "The second half counts too." in sign_in(people.classmate).get(f"/attempts/{reading.handed_in}/result").text


def test_two_graders_never_overwrite_each_other(app: Flask, people: People, reading: Reading, sign_in: SignIn) -> None:
    slow, fast = sign_in(people.assistant), sign_in(people.instructor)
    seen = seen_by(slow, reading)
    draft_grade(fast, reading, "2", comment="All there.")
    stale = draft_grade(slow, reading, "0.5", comment="Half of it.", seen=seen)
    assert stale.status_code == 409
    assert "Ingrid Vale has a draft of 2 points." in stale.text
    assert "All there." in stale.text
    assert "Half of it." in stale.text
    assert 'value="0.5"' in stale.text
    assert "Keep theirs and go on" in stale.text
    assert drafts_in(app) == [(2 * POINT, "All there.")]
    again = stale.text.split('name="seen" type="hidden" value="', 1)[1].split('"', 1)[0]
    assert draft_grade(slow, reading, "0.5", comment="Half of it.", seen=again).status_code == 303
    assert drafts_in(app) == [(POINT // 2, "Half of it.")]
    seen = seen_by(slow, reading)
    release_all(fast, reading)
    stale = draft_grade(slow, reading, "1", seen=seen, why="Again.")
    assert stale.status_code == 409
    assert "Aamir Khan gave 0.5 points." in stale.text or "gave 0.5 points." in stale.text


def test_drafts_that_changed_since_the_look_are_not_released(
    app: Flask, people: People, reading: Reading, sign_in: SignIn
) -> None:
    client = sign_in(people.instructor)
    draft_grade(client, reading, "1")
    address = f"/deliveries/{reading.quiz_delivery}/grading/release"
    seen = client.get(address).text.split('name="seen" value="', 1)[1].split('"', 1)[0]
    draft_grade(sign_in(people.assistant), reading, "2")
    answer = client.post(address, data={"seen": seen})
    assert answer.status_code == 409
    assert "The drafts have changed meanwhile" in answer.text
    assert response_of(app, reading)[0].points is None


def test_a_draft_can_be_thrown_away(app: Flask, people: People, reading: Reading, sign_in: SignIn) -> None:
    client = sign_in(people.assistant)
    draft_grade(client, reading, "1")
    address = f"/deliveries/{reading.quiz_delivery}/grading/{reading.items[1]}/draft/removal"
    assert client.post(f"{address}?response={reading.response}").status_code == 303
    assert drafts_in(app) == []
    assert "Nothing to release" in client.get(f"/deliveries/{reading.quiz_delivery}/grading/release").text


def test_the_home_page_tells_of_a_read_answer_as_far_as_feedback_is_released(
    app: Flask, people: People, reading: Reading, sign_in: SignIn
) -> None:
    teacher, home = sign_in(people.instructor), lambda: sign_in(people.classmate).get("/").text
    draft_grade(teacher, reading, "1", comment="Said in few words.")
    assert "Said in few words." not in home()
    release_all(teacher, reading)
    assert "Said in few words." in home()
    with app.app_context():
        dropped = Decision("drop", "It was unclear.", people.instructor.id)
        made = regrade_item(reading.quiz_delivery, reading.items[1], dropped)
        commit()
    assert "Said in few words." not in home()
    with app.app_context():
        undo_regrade(made, people.instructor.id)
        change_rules(reading.quiz_delivery, DeliveryRules(release_feedback="never"))
        commit()
    assert "Said in few words." not in home()
