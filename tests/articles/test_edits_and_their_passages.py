"""What questions, posts and the next edit make of passages after an edit; and what an edit costs."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import func, select

from articles.models import SpanPlacement, VersionSentence
from classroom.models import Enrollment
from core.database import commit, db
from discussion.comment_text import compose
from discussion.operations.comments import DiscussionRef, add_comment
from quizzes.models import QuestionVersion
from tests.articles.adding import fields_of
from tests.articles.pointing import EDITED, GONE, edit, point
from tests.support.question_forms import versions_of
from tests.support.reading import TEXT


@pytest.fixture
def pointed(app, people, reading):
    return point(app, people, reading)


def test_saving_a_question_again_keeps_the_passages_it_has_and_the_one_it_lost(app, people, reading, pointed, sign_in):
    client = sign_in(people.instructor)
    edit(client, reading)
    address = f"/quizzes/{pointed.quiz}/questions/{pointed.choice}"
    page = client.get(address)
    assert "a passage of this question is no longer in it" in page.text
    assert GONE in page.text
    form = {"stem": "What did they choose?", "points": "1", "anchor": "", "options-0-right": "y"}
    options = {
        "options-0-key": "a",
        "options-0-text": "The new bridge",
        "options-1-key": "b",
        "options-1-text": "A ferry",
    }
    assert client.post(address, data={**form, **options}).status_code == 303
    again = client.get(address).text
    assert "What did they choose?" in again
    assert GONE in again
    before = versions_of(app, pointed.evidence)
    fields = {
        "stem": "Where does it say so?",
        "points": "1",
        "anchor": "¶ 3.1",
        "passages-0-key": "p",
        "passages-0-place": "¶ 3.1",
        "mode": "all_of",
    }
    assert client.post(f"/quizzes/{pointed.quiz}/questions/{pointed.evidence}", data=fields).status_code == 303
    after = versions_of(app, pointed.evidence)
    assert len(after) == len(before) + 1
    old, new = (version.content["passages"][0] for version in (before[-1], after[-1]))
    assert new["span_id"] == old["span_id"]


def test_a_post_about_the_old_text_means_the_same_passages_after_its_author_edits_it(people, reading, pointed, sign_in):
    edit(sign_in(people.instructor), reading)
    student = sign_in(people.student)
    body = "I still say: in ¶ 1.2, and dearly in ¶ 2.2, and ¶ 3.1, unlike ¶ 2.1."
    form = student.get(f"/comments/{pointed.comment}/edit").text
    seen = re.search(r'name="seen" type="hidden" value="([^"]*)"', form)[1]
    saved = student.post(f"/comments/{pointed.comment}/edit", data={"body": body, "seen": seen})
    assert saved.status_code == 303, saved.text
    page = student.get(f"/discussions/{reading.prompt_delivery}").text
    post = page[page.index("I still say") :][:1500]
    assert f"no longer in the text: “{GONE}”" in post
    assert re.findall("¶[ \xa0]([0-9.]+)<", post)[:3] == ["3", "4", "2.1"]


def test_an_edit_that_changes_no_passage_writes_no_question_anew(app, people, reading, pointed, sign_in):
    with app.app_context():
        before = db.session.scalar(select(func.count(QuestionVersion.id)))
    client = sign_in(people.instructor)
    edit(client, reading, body=TEXT + "\n\nOne more at the end.")
    with app.app_context():
        assert db.session.scalar(select(func.count(QuestionVersion.id))) == before
        assert db.session.scalar(select(func.count()).select_from(SpanPlacement)) == 0


def test_a_newer_version_meanwhile_refuses_the_edit_with_its_text(people, reading, pointed, sign_in):
    client = sign_in(people.instructor)
    fields = fields_of(client.get(f"/articles/{reading.article}/edit")) | {"body": EDITED}
    assert client.post(f"/articles/{reading.article}/versions", data=fields).status_code == 303
    for address in ("versions", "preview"):
        late = client.post(f"/articles/{reading.article}/{address}", data=fields | {"body": "From the other window."})
        assert late.status_code == 409
        assert fields_of(late)["body"] == "From the other window."


def test_statements_of_an_edit_do_not_grow_with_the_passages(app, people, reading, pointed, sign_in, count_statements):
    client = sign_in(people.instructor)
    with count_statements() as few:
        edit(client, reading)
    with app.app_context():
        place = select(Enrollment.id).where(
            Enrollment.user_id == people.student.id, Enrollment.section_id == people.section
        )
        own = db.session.scalars(place).one()
        version = db.session.scalars(select(func.max(VersionSentence.version_id))).one()
        for words in ("¶ 1.1", "¶ 1.2", "¶ 2.1", "¶ 2.2", "¶ 2", "¶ 1"):
            add_comment(
                own, DiscussionRef(reading.assignment, reading.prompt_delivery, version), compose(f"See {words}.")
            )
        commit()
    with count_statements() as more:
        edit(client, reading, body=EDITED.replace("two sentences", "three"))
    assert len(more) <= len(few) + 1
