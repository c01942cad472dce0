"""An article that questions, evidence, prompts and posts point at is edited: what stays, moves and loses its place."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import select

from articles.models import SpanPlacement
from core import clock
from core.database import commit, db
from core.points import POINT
from quizzes.models import Response
from quizzes.operations.attempts import start_attempt
from quizzes.queries.deliveries import get_delivery_for
from tests.articles.adding import fields_of
from tests.articles.pointing import CHOSE, EDITED, GONE, LUND, answer, content_of, edit, newest, point
from tests.support.reading import TEXT


@pytest.fixture
def pointed(app, people, reading):
    return point(app, people, reading)


def test_before_saving_the_author_sees_what_moves_and_what_loses_its_place(people, reading, pointed, sign_in):
    client = sign_in(people.instructor)
    fields = fields_of(client.get(f"/articles/{reading.article}/edit")) | {"body": EDITED}
    page = client.post(f"/articles/{reading.article}/preview", data=fields)
    assert page.status_code == 200
    assert "1 passage stays" in page.text
    assert "2 move or are reworded" in page.text
    assert "1 loses its place" in page.text
    assert GONE in page.text
    assert "Question 1 of “Where it says so” tests it" in page.text
    assert "Question 2 of “Where it says so” accepts it as evidence" in page.text
    assert "2 questions lose what they test or accept." in page.text
    assert "The prompt “Was it worth it?” is about it" in page.text
    assert "1 post quotes it" in page.text
    assert people.student.name not in page.text


def test_every_page_of_the_class_works_after_anedit(people, reading, pointed, sign_in):
    edit(sign_in(people.instructor), reading)
    staff = [
        f"/articles/{reading.article}",
        f"/articles/{reading.article}/edit",
        f"/quizzes/{pointed.quiz}",
        f"/quizzes/{pointed.quiz}/preview",
        f"/quizzes/{pointed.quiz}/settings",
        f"/quizzes/{pointed.quiz}/questions/{pointed.choice}",
        f"/quizzes/{pointed.quiz}/questions/{pointed.evidence}",
        f"/prompts/{reading.prompt}/edit",
        f"/discussions/{reading.prompt_delivery}",
        f"/readings/{reading.assignment}",
        f"/readings/{reading.assignment}/results",
        f"/readings/{reading.assignment}/results?quiz={pointed.delivery}",
        f"/readings/{reading.assignment}/results/matrix?quiz={pointed.delivery}",
        f"/readings/{reading.assignment}/results/responses/{pointed.response}",
        f"/readings/{reading.assignment}/results.csv?quiz={pointed.delivery}",
    ]
    own = [
        f"/readings/{reading.assignment}",
        f"/attempts/{pointed.attempt}/result",
        f"/attempts/{pointed.attempt}/second-tries/{pointed.choice}",
        f"/discussions/{reading.prompt_delivery}",
    ]
    for person, pages in ((people.instructor, staff), (people.classmate, own)):
        client = sign_in(person)
        for address in pages:
            assert client.get(address).status_code == 200, address


def test_the_discussion_shows_where_its_passages_stand_now_and_the_words_of_one_that_is_gone(
    people, reading, pointed, sign_in
):
    edit(sign_in(people.instructor), reading)
    page = sign_in(people.student).get(f"/discussions/{reading.prompt_delivery}").text
    post = page[page.index(f'id="c{pointed.comment}"') :]
    post = post[: post.index("</article>")] if "</article>" in post else post
    assert f"no longer in the text: “{GONE}”" in post
    assert "¶ 3" in post, "what was ¶ 2.2 is the whole of ¶ 3 now"
    assert "¶ 4" in post, "what was ¶ 3.1 is the whole of ¶ 4 now"
    assert "No longer in the text" in page


def test_evidence_is_found_at_its_new_place_and_what_is_gone_is_not_asked_for(app, people, reading, pointed, sign_in):
    edit(sign_in(people.instructor), reading)
    _version, ids = newest(app, reading.article)
    merged = next(at for text, at in ids.items() if text.startswith("The bridge will cost about"))
    content = content_of(app, pointed.evidence)
    assert [(row.sentences, row.elsewhere) for row in content.passages] == [((merged,), ()), ((), ())]
    with app.app_context():
        attempt = start_attempt(get_delivery_for(people.student.id, pointed.delivery), [], clock.now())
        response = answer(people.student.id, attempt, {pointed.evidence: [str(merged)]})
        assert db.session.get_one(Response, response).points == POINT
        commit()


def test_a_class_that_keeps_the_old_text_keeps_its_evidence(app, people, reading, pointed, sign_in):
    edit(sign_in(people.instructor), reading, moves=False)
    at = reading.sentences
    content = content_of(app, pointed.evidence)
    assert [row.elsewhere for row in content.passages] == [(at[LUND],), (at[CHOSE],)]
    with app.app_context():
        attempt = start_attempt(get_delivery_for(people.student.id, pointed.delivery), [], clock.now())
        response = answer(people.student.id, attempt, {pointed.evidence: [str(at[LUND]), str(at[CHOSE])]})
        assert db.session.get_one(Response, response).points == POINT
        commit()
    page = sign_in(people.student).get(f"/discussions/{reading.prompt_delivery}").text
    assert "No longer in the text" not in page


def test_an_attempt_keeps_the_text_and_the_question_that_it_saw(app, people, reading, pointed, sign_in):
    with app.app_context():
        attempt = start_attempt(get_delivery_for(people.student.id, pointed.delivery), [], clock.now())
        commit()
    edit(sign_in(people.instructor), reading)
    student = sign_in(people.student)
    assert GONE in student.get(f"/attempts/{attempt}/questions/1").text
    with app.app_context():
        both = [str(reading.sentences[LUND]), str(reading.sentences[CHOSE])]
        response = answer(people.student.id, attempt, {pointed.choice: ["b"], pointed.evidence: both})
        assert db.session.get_one(Response, response).points == POINT
        commit()
    result = student.get(f"/attempts/{attempt}/result").text
    assert GONE in result
    shown = sign_in(people.instructor).get(f"/readings/{reading.assignment}/results/responses/{response}").text
    assert GONE in shown


def test_an_orphan_is_put_back_by_hand(app, people, reading, pointed, sign_in):
    client = sign_in(people.instructor)
    edit(client, reading)
    page = client.get(f"/articles/{reading.article}")
    assert "A passage lost its place" in page.text
    assert GONE in page.text
    action = re.search(r'action="(/articles/\d+/passages/\d+/place)"', page.text)[1]
    wrong = client.post(action, data={"version": "2", "place": "¶ 99"})
    assert wrong.status_code == 422
    assert "There is no such place in the article" in wrong.text
    assert 'value="¶ 99"' in wrong.text
    assert client.post(action, data={"version": "1", "place": "¶ 2.1"}).status_code == 409
    assert client.post(action, data={"version": "2", "place": "2.1"}).status_code == 303
    assert client.post(action, data={"version": "2", "place": "2.1"}).status_code == 404, "it has a place"
    assert "lost its place" not in client.get(f"/articles/{reading.article}").text
    _version, ids = newest(app, reading.article)
    put = ids["A paragraph that stands here now."]
    assert content_of(app, pointed.evidence).passages[1].sentences == (put,)
    editor = client.get(f"/quizzes/{pointed.quiz}/questions/{pointed.choice}").text
    assert "A paragraph that stands here now." in editor
    assert "no longer in it" not in editor


def test_only_its_owner_puts_a_passage_back(people, reading, pointed, sign_in):
    client = sign_in(people.instructor)
    edit(client, reading)
    action = re.search(r'action="(/articles/\d+/passages/\d+/place)"', client.get(f"/articles/{reading.article}").text)[
        1
    ]
    for person in (people.other_instructor, people.assistant, people.student):
        assert sign_in(person).post(action, data={"version": "2", "place": "¶ 2.1"}).status_code == 404


def test_an_orphan_comes_back_when_its_words_do(app, people, reading, pointed, sign_in):
    client = sign_in(people.instructor)
    edit(client, reading)
    edit(client, reading, body=TEXT)
    assert "lost its place" not in client.get(f"/articles/{reading.article}").text
    version, ids = newest(app, reading.article)
    with app.app_context():
        rows = (
            db.session.execute(select(SpanPlacement.state).where(SpanPlacement.version_id == version)).scalars().all()
        )
        assert "orphan" not in rows
    assert content_of(app, pointed.evidence).passages[1].sentences == (ids[GONE],)
    page = sign_in(people.student).get(f"/discussions/{reading.prompt_delivery}").text
    assert "No longer in the text" not in page
    assert "¶ 1.2" in page
