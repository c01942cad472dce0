"""Who needs me, through the door."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from articles.models import Assignment
from articles.spans import Ends
from classroom.jobs import announce_news
from classroom.models import Enrollment, Notification
from core import clock
from core.audit import AuditEntry
from core.database import commit, db
from core.jobs import run_task
from core.points import FRACTION_ONE, POINT
from core.throttle import Limit
from discussion.comment_text import compose
from discussion.margins import meant
from discussion.models import Comment
from discussion.operations import Actor, NewNote, add_note, set_requirements
from discussion.participation import Requirement
from discussion.queries import get_margin_for
from quizzes.deliveries import DeliveryRules
from quizzes.models import Attempt, QuestionVersion, Quiz, Response
from quizzes.operations.authoring import create_quiz
from quizzes.operations.deliveries import deliver_quiz
from results.need_models import DismissedNeed, StaffMessage
from tests.support.people import make_students
from tests.support.statements import CountStatements


@pytest.fixture
def busy(app, people, reading):
    """The quiz is due in five hours; a student has not started, another stopped two days ago; a note asks staff, and a
    post is flagged. The classmate's open answer waits to be read."""
    make_students(app, people.section, 1)
    with app.app_context():
        now = clock.now()
        row = db.session.get_one(Assignment, reading.assignment)
        row.due_at = row.latest_due_at = now + timedelta(hours=5)
        row.closes_at = row.latest_closes_at = now + timedelta(days=5)
        attempt = db.session.get_one(Attempt, reading.attempt)
        attempt.started_at = now - timedelta(days=2)
        db.session.execute(update(Response).where(Response.attempt_id == attempt.id).values(saved_at=None))
        margin = get_margin_for(people.student.id, reading.assignment)
        ends = Ends(reading.sentences[0], reading.sentences[0])
        add_note(margin, NewNote(compose("Who may vote at all?"), ends, meant("staff", margin.role)))
        commit()
    return reading


def flag(sign_in, person, comment: int) -> None:
    assert sign_in(person).post(f"/comments/{comment}/flag", data={"kind": "rude"}).status_code == 303


def first_form(page: str, kind: str) -> tuple[str, dict[str, str]]:
    """Where a row of a kind is put aside, and what its form says."""
    action, facts = re.search(
        rf'action="(/needs-me/\d+/{kind}/[^"]+/dismissal)".*?name="facts" value="([^"]*)"', page, re.S
    ).groups()
    return action, {"facts": facts}


def test_the_queue_says_who_and_why_with_one_thing_to_do_about_each(app, people, busy, sign_in) -> None:
    flag(sign_in, people.classmate, busy.comment)
    page = sign_in(people.instructor).get("/needs-me").text
    assert "Has not started “Did you get it?”, due in" in page
    assert "Student 0001" in page
    assert "has answered 0 of 2 and saved nothing for 2 days" in page
    assert "An answer to “Did you get it?” has waited to be read" in page
    assert "Asked you in the margin of “A new bridge”" in page
    assert "Who may vote at all?" in page
    assert "One person flagged this post in “Was it worth it?”" in page
    for address in (f"/deliveries/{busy.quiz_delivery}/grading", "list=flagged", "/message"):
        assert address in page
    assert (
        page.index("flagged this post")
        < page.index("Has not started")
        < page.index("saved nothing")
        < page.index("waited")
    )


def test_a_row_is_put_aside_undone_and_comes_back_when_it_changes(app, people, busy, sign_in) -> None:
    client = sign_in(people.instructor)
    action, form = first_form(client.get("/needs-me").text, "question")
    answer = client.post(action, data={**form, "class": str(people.section)})
    assert answer.status_code == 303
    assert f"class={people.section}" in answer.location
    page = client.get(answer.location).text
    assert "Put aside until something changes: Sofia Lind." in page
    assert "Asked you in the margin" not in page
    assert "Asked you in the margin" in client.get("/needs-me?show=aside").text
    assert "Asked you in the margin" in sign_in(people.assistant).get("/needs-me").text

    undo = re.search(r'action="(/needs-me/dismissals/\d+/undo)"', page).group(1)
    assert client.post(undo).status_code == 303
    assert "Asked you in the margin" in client.get("/needs-me").text
    assert client.post(undo).status_code == 404

    assert client.post(action, data=form).status_code == 303
    with app.app_context():
        note = select(Comment.id).where(Comment.body == "Who may vote at all?")
        db.session.get_one(Comment, db.session.scalars(note).one()).edited_at = clock.now()
        commit()
    assert "Asked you in the margin" in client.get("/needs-me").text


def test_what_has_changed_since_it_was_seen_is_not_put_aside(app, people, busy, sign_in) -> None:
    client = sign_in(people.instructor)
    action, _form = first_form(client.get("/needs-me").text, "question")
    assert "changed meanwhile" in client.post(action, data={"facts": "other"}, follow_redirects=True).text
    with app.app_context():
        assert db.session.scalars(select(DismissedNeed)).all() == []
    assert client.post(action.replace("question", "nonsense"), data={"facts": ""}).status_code == 404


def test_putting_the_same_aside_twice_keeps_one_row(app, people, busy, sign_in) -> None:
    client = sign_in(people.instructor)
    action, form = first_form(client.get("/needs-me").text, "ungraded")
    assert [client.post(action, data=form).status_code for _ in range(2)] == [303, 303]
    with app.app_context():
        assert len(db.session.scalars(select(DismissedNeed)).all()) == 1


def test_filters_are_in_the_address(people, busy, sign_in) -> None:
    client = sign_in(people.instructor)
    only = client.get(f"/needs-me?kind=stuck&class={people.section}").text
    assert "saved nothing for" in only
    assert "Has not started" not in only
    assert client.get(f"/needs-me?class={people.other_section}").status_code == 404


def test_it_is_for_staff_alone_and_says_nothing_of_other_classes(app, people, busy, sign_in) -> None:
    assert "Student 0001" not in sign_in(people.other_instructor).get("/needs-me").text
    with app.app_context():
        db.session.execute(update(Enrollment).where(Enrollment.user_id == people.classmate.id).values(role="observer"))
        commit()
    assert [sign_in(one).get("/needs-me").status_code for one in (people.student, people.classmate)] == [403, 403]


def message_address(page: str, kind: str) -> str:
    return re.search(rf'action="(/needs-me/\d+/{kind}/[^"]+/message)"', page).group(1)


def test_a_message_is_sent_in_place_and_read_by_its_student_alone(app, people, busy, sign_in) -> None:
    client = sign_in(people.instructor)
    address = message_address(client.get("/needs-me").text, "stuck")
    for _pressed_twice in range(2):
        answer = client.post(address, data={"body": " Where do\nyou hang? <b>", "kind": "stuck"}, follow_redirects=True)
    assert "Sent to Sofia Lind." in answer.text
    assert "Put aside 1" in answer.text
    with app.app_context():
        told = db.session.scalars(select(Notification).where(Notification.kind == "message")).one()
        assert told.user_id == people.student.id
        row = db.session.get_one(StaffMessage, told.object_id)
        assert row.body == "Where do\nyou hang? <b>"
        assert (row.by_id, row.assignment_id) == (people.instructor.id, busy.assignment)
        message = row.id
    run_task(app, announce_news)
    student = sign_in(people.student)
    assert "Ingrid Vale wrote to you about “A new bridge”" in student.get("/notifications").text
    shown = student.get(f"/messages/{message}").text
    assert "you hang? &lt;b&gt;" in shown
    for other in (people.classmate, people.instructor, people.stranger):
        assert sign_in(other).get(f"/messages/{message}").status_code == 404


def test_what_one_message_answers_stands_in_one_row_and_is_put_aside_and_taken_back_as_one(
    app, people, busy, sign_in
) -> None:
    with app.app_context():
        quiz = create_quiz(people.instructor.id, db.session.get_one(Quiz, busy.quiz).article_id, "A second look")
        quiz.published_at = clock.now()
        deliver_quiz(quiz.id, busy.assignment, DeliveryRules())
        commit()
    client = sign_in(people.instructor)
    page = client.get("/needs-me?kind=not_started").text
    rows = [row for row in page.split("<li id=")[1:] if "Student 0001" in row.split("</h3>")[0]]
    assert len(rows) == 1
    assert rows[0].count("Has not started") == 2
    assert "Not started 3" in page  # two more have not begun the second
    action, facts = (
        re.search(r'action="([^"]+/dismissal)"', rows[0]).group(1),
        re.findall(r'"facts" value="([^"]*)"', rows[0]),
    )
    assert "changed meanwhile" in client.post(action, data={"facts": facts[0]}, follow_redirects=True).text
    after = client.post(action, data={"facts": facts}, follow_redirects=True).text
    assert "Not started 2" in after
    undo, also = re.search(r'action="(/needs-me/dismissals/\d+/undo)".*?name="also" value="(\d+)"', after).groups()
    assert client.post(undo, data={"also": also}).status_code == 303
    assert "Not started 3" in client.get("/needs-me?kind=not_started").text
    assert client.post(action.replace("dismissal", "message"), data={"body": "Come."}).status_code == 303
    assert "Not started 2" in client.get("/needs-me?kind=not_started").text
    with app.app_context():
        assert len(db.session.scalars(select(StaffMessage)).all()) == 1


def test_a_count_that_is_not_the_whole_says_so(people, busy, sign_in, monkeypatch) -> None:
    client = sign_in(people.instructor)
    assert "and more" not in client.get("/needs-me").text
    monkeypatch.setattr("results.views.needs_page.MOST", 1)
    page = client.get("/needs-me").text
    assert "Stuck 1+" in page
    assert "things wait in your classes and more" in page


def test_messages_are_logged_without_their_words_and_come_to_an_end(app, people, busy, sign_in, monkeypatch) -> None:
    client = sign_in(people.instructor)
    monkeypatch.setattr("results.queries.message_limits.PER_PERSON", Limit(hits=1, seconds=3600))
    first = message_address(client.get("/needs-me").text, "stuck")
    assert client.post(first, data={"body": "Where do you hang?"}).status_code == 303
    with app.app_context():
        act = db.session.scalars(select(AuditEntry).where(AuditEntry.action == "message.send")).one()
    assert (act.actor_id, act.section_id) == (people.instructor.id, people.section)
    assert "hang" not in str(act.detail)
    other = message_address(client.get("/needs-me").text, "not_started")
    refused = client.post(other, data={"body": "Come and begin."})
    assert refused.status_code == 429
    assert "Come and begin.</textarea>" in refused.text
    assert "Send this one in 60 minutes." in refused.text


@pytest.mark.parametrize(("body", "words"), [(" ", "Write something first."), ("x" * 1001, "Keep it under 1,000")])
def test_a_refused_message_comes_back_as_it_was_typed(app, people, busy, sign_in, body, words) -> None:
    client = sign_in(people.instructor)
    address = message_address(client.get("/needs-me").text, "stuck")
    answer = client.post(address, data={"body": body, "kind": "stuck"})
    assert answer.status_code == 422
    assert words in answer.text
    assert body.strip() in answer.text
    with app.app_context():
        assert not db.session.scalars(select(StaffMessage)).all()


def test_nothing_is_written_about_what_is_no_students(people, busy, sign_in) -> None:
    client = sign_in(people.instructor)
    action, _form = first_form(client.get("/needs-me").text, "question")
    address = action.replace("dismissal", "message")
    assert client.post(address, data={"body": "Hm."}).status_code == 404
    assert sign_in(people.student).post(address, data={"body": "Hm."}).status_code == 403


def test_who_is_silent_where_posts_are_asked_for_is_named_with_the_date(app, people, busy, sign_in) -> None:
    with app.app_context():
        asked = [Requirement(0, "post", 1, clock.now() + timedelta(days=2), POINT)]
        set_requirements(Actor(people.instructor.id, people.section), busy.prompt_delivery, asked)
        commit()
    client = sign_in(people.instructor)
    page = client.get("/needs-me?kind=silent").text
    assert page.count("Has posted nothing in “Was it worth it?”") == 1
    assert "Student 0001" in page
    with app.app_context():
        row = db.session.get_one(Assignment, busy.assignment)
        row.due_at = row.latest_due_at = None
        row.closes_at = row.latest_closes_at = clock.now() - timedelta(minutes=1)
        commit()
    assert "Has posted nothing" not in client.get("/needs-me?kind=silent").text  # nothing can be posted any more


def test_a_low_score_with_lost_evidence_is_named_with_its_numbers(app, people, busy, sign_in) -> None:
    client = sign_in(people.instructor)
    with app.app_context():
        attempt = db.session.get_one(Attempt, busy.handed_in)
        attempt.ungraded = 0
        answers = db.session.scalars(select(Response).where(Response.attempt_id == attempt.id)).all()
        for answer, fraction in zip(answers[:2], (0, FRACTION_ONE), strict=True):
            answer.evidence_fraction = fraction
            version = db.session.get_one(QuestionVersion, answer.question_version_id)
            version.content = {**version.content, "evidence": {"right": []}}
        commit()
    words = "Has 0 of 3 points in “Did you get it?”, and 1 of 2 times not the right sentence."
    assert words in client.get("/needs-me?kind=low").text
    with app.app_context():
        db.session.get_one(Attempt, busy.handed_in).points = 200_000
        commit()
    assert "not the right sentence" not in client.get("/needs-me?kind=low").text


def test_a_hundred_students_cost_no_more_statements(
    app, people, busy, sign_in, count_statements: CountStatements
) -> None:
    client = sign_in(people.instructor)
    client.get("/needs-me")
    with count_statements() as few:
        client.get("/needs-me")
    make_students(app, people.section, 60, "more")
    with count_statements() as many:
        page = client.get("/needs-me")
    assert len(many) == len(few) <= 14
    assert "page=2" in page.text
