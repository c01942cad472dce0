"""What is done about a row of who needs me, in the row: a question answered, more days given."""

from __future__ import annotations

import re

import pytest
from markupsafe import escape
from sqlalchemy import select, update

from articles.spans import Ends
from classroom.models import Enrollment, Section
from core import clock
from core.database import commit, db
from discussion.comment_text import compose
from discussion.margins import meant
from discussion.models import Comment
from discussion.operations import NewNote, add_note
from discussion.queries import get_margin_for

LONG = "Who may vote at all? " + "The text says nothing of it. " * 8 + "Not even of the **students**."


def ask(app, person, reading, words: str = "Who may vote at all?", choice: str = "staff") -> str:
    """Write a question in the margin; the answer: where it is answered from the queue."""
    with app.app_context():
        margin = get_margin_for(person.id, reading.assignment)
        ends = Ends(reading.sentences[1], reading.sentences[1])
        note = add_note(margin, NewNote(compose(words), ends, meant(choice, margin.role)))
        commit()
        return f"/needs-me/{margin.section_id}/question/{note}/{margin.enrollment_id}/reply"


def note_of(address: str) -> int:
    return int(address.split("/")[4])


def answers(app) -> list[str]:
    with app.app_context():
        return list(db.session.scalars(select(Comment.body).where(Comment.root_id.is_not(None)).order_by(Comment.id)))


def row_of(page: str, words: str) -> str:
    return next(row for row in page.split("<li id=")[1:] if words in row)


def test_a_question_is_answered_in_its_row_and_leaves_the_queue(app, people, reading, sign_in) -> None:
    address = ask(app, people.student, reading)
    client = sign_in(people.instructor)
    row = row_of(client.get("/needs-me").text, "Who may vote at all?")
    assert f'action="{address}"' in row
    assert "Most people chose the new bridge." in row
    assert f'href="/comments/{note_of(address)}"' in row
    sent = {"body": " Everybody **over** 18. ", "kind": "question", "class": str(people.section)}
    answer = client.post(address, data=sent)
    assert answer.status_code == 303
    assert answer.location == f"/needs-me?class={people.section}&kind=question"
    page = client.get(answer.location).text
    assert "Answered Sofia Lind." in page
    assert "Who may vote at all?" not in page
    assert answers(app) == ["Everybody **over** 18."]
    shown = sign_in(people.student).get(f"/notes/{note_of(address)}").text
    assert "Everybody <strong>over</strong> 18." in shown
    assert "Ingrid Vale" in sign_in(people.student).get("/notifications").text
    assert sign_in(people.classmate).get(f"/notes/{note_of(address)}").status_code == 404


def test_the_row_shows_a_long_question_whole(app, people, reading, sign_in) -> None:
    ask(app, people.student, reading, LONG, "question")
    row = row_of(sign_in(people.instructor).get("/needs-me").text, "Who may vote at all?")
    assert "Not even of the **students**." in row
    assert "which the class reads" in row


def test_pressed_twice_it_is_written_once(app, people, reading, sign_in) -> None:
    address = ask(app, people.student, reading)
    client = sign_in(people.instructor)
    for _pressed in range(2):
        page = client.post(address, data={"body": "Everybody over 18."}, follow_redirects=True).text
        assert "Answered Sofia Lind." in page
    assert answers(app) == ["Everybody over 18."]


@pytest.mark.parametrize(
    ("body", "words"),
    [(" ", "Write something first."), ("&nbsp;", "Write something first."), ("x" * 5001, "too long")],
)
def test_a_refused_answer_stands_open_in_its_row(app, people, reading, sign_in, body, words) -> None:
    address = ask(app, people.student, reading)
    answer = sign_in(people.instructor).post(address, data={"body": body, "kind": "question"})
    assert answer.status_code == 422
    row = row_of(answer.text, "Who may vote at all?")
    assert "<details" in row
    assert re.search(r"<details[^>]* open>", row)
    assert words in row
    assert "<title>Error:" in answer.text
    assert f"{escape(body.strip())}</textarea>" in row
    assert answers(app) == []


def test_too_many_answers_in_a_minute_wait_with_their_words(app, people, reading, sign_in, monkeypatch) -> None:
    monkeypatch.setattr("discussion.objections.MOST_A_MINUTE", 1)
    first, second = (ask(app, people.student, reading, words) for words in ("Who may vote?", "Who may not?"))
    client = sign_in(people.instructor)
    assert client.post(first, data={"body": "All."}).status_code == 303
    answer = client.post(second, data={"body": "Nobody else."})
    assert answer.status_code == 429
    assert int(answer.headers["Retry-After"]) > 0
    row = row_of(answer.text, "Who may not?")
    assert "That was a lot of posts" in row
    assert "Nobody else.</textarea>" in row


def test_what_a_colleague_answered_meanwhile_is_said_and_the_words_are_kept(app, people, reading, sign_in) -> None:
    address = ask(app, people.student, reading)
    assert sign_in(people.assistant).post(address, data={"body": "All over 18."}).status_code == 303
    client = sign_in(people.instructor)
    answer = client.post(address, data={"body": "Everybody of age."})
    assert answer.status_code == 409
    assert "Amir Tahan has answered this meanwhile." in answer.text
    assert "Everybody of age.</textarea>" in answer.text
    assert answers(app) == ["All over 18."]
    again = re.search(r'action="(/notes/\d+/answers)"', answer.text).group(1)
    assert client.post(again, data={"body": "Everybody of age."}).status_code == 303
    assert answers(app) == ["All over 18.", "Everybody of age."]


def test_a_question_that_is_gone_leaves_the_words(app, people, reading, sign_in) -> None:
    address = ask(app, people.student, reading)
    with app.app_context():
        db.session.get_one(Comment, note_of(address)).deleted_at = clock.now()
        commit()
    answer = sign_in(people.instructor).post(address, data={"body": "Everybody of age."})
    assert answer.status_code == 409
    assert "This question is not there any more." in answer.text
    assert "Everybody of age.</textarea>" in answer.text
    assert answers(app) == []


def test_only_a_question_of_this_class_and_this_student_is_answered(app, people, reading, sign_in) -> None:
    address = ask(app, people.student, reading)
    client, body = sign_in(people.instructor), {"body": "Hm."}
    head, number, student, _tail = address.rsplit("/", 3)
    assert client.post(f"{head}/{number}/{int(student) + 1}/reply", data=body).status_code == 409
    assert client.post(f"{head}/{reading.comment}/{student}/reply", data=body).status_code == 409
    own = address.replace(f"/needs-me/{people.section}/", f"/needs-me/{people.other_section}/")
    assert client.post(own, data=body).status_code == 404
    assert sign_in(people.other_instructor).post(own, data=body).status_code == 409
    assert answers(app) == []


def test_others_answer_nothing_from_the_queue(app, people, reading, sign_in) -> None:
    address = ask(app, people.student, reading)
    with app.app_context():
        db.session.execute(update(Enrollment).where(Enrollment.user_id == people.classmate.id).values(role="observer"))
        commit()
    expected = {people.student: 403, people.classmate: 403, people.stranger: 404, people.other_instructor: 404}
    for person, status in expected.items():
        assert sign_in(person).post(address, data={"body": "Hm."}).status_code == status
    with app.app_context():
        db.session.get_one(Section, people.section).archived_at = clock.now()
        commit()
    assert sign_in(people.instructor).post(address, data={"body": "Hm."}).status_code == 403
    assert answers(app) == []


def test_a_row_on_a_later_page_comes_back_open(app, people, reading, sign_in, monkeypatch) -> None:
    addresses = [ask(app, people.student, reading, f"Who is number {n}?") for n in range(3)]
    monkeypatch.setattr("results.views.needs_page.PAGE", 1)
    answer = sign_in(people.instructor).post(addresses[2], data={"body": " ", "kind": "question"})
    assert answer.status_code == 422
    assert "Who is number 2?" in answer.text
    assert "Who is number 0?" not in answer.text


def test_a_message_whose_need_is_over_leaves_the_words(app, people, reading, sign_in) -> None:
    address = f"/needs-me/{people.section}/stuck/{reading.attempt}/3/message"
    answer = sign_in(people.instructor).post(address, data={"body": "Where do you hang?"})
    assert answer.status_code == 409
    assert "Nothing was sent; keep a copy." in answer.text
    assert "Where do you hang?</textarea>" in answer.text
