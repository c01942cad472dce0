"""Editing a text: versions, the ids of sentences, two windows, and when it is no longer possible."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from articles.models import ArticleVersion, VersionSentence
from core.database import db
from tests.articles.adding import TEXT, add, count, fields_of


@pytest.fixture
def author(people, sign_in):
    return sign_in(people.instructor)


def test_an_edit_makes_a_version_and_unchanged_sentences_keep_their_ids(app, author):
    article = add(author)
    with app.app_context():
        before = dict(db.session.execute(select(VersionSentence.text, VersionSentence.sentence_id)).all())
    page = author.get(f"/articles/{article}/edit")
    fields = fields_of(page)
    assert fields["body"] == TEXT
    changed = TEXT.replace("A second paragraph.", "Something new in between.\n\nA second paragraph, changed.")
    saved = author.post(f"/articles/{article}/versions", data={**fields, "body": changed})
    assert saved.status_code == 303
    with app.app_context():
        newest = db.session.scalars(select(ArticleVersion).order_by(ArticleVersion.number.desc())).first()
        after = dict(
            db.session.execute(
                select(VersionSentence.text, VersionSentence.sentence_id).where(VersionSentence.version_id == newest.id)
            ).all()
        )
    assert newest.number == 2
    assert after["The first sentence."] == before["The first sentence."]
    assert after["A second paragraph, changed."] == before["A second paragraph."]
    assert after["Something new in between."] not in before.values()


def test_an_edit_is_shown_numbered_before_it_is_saved(app, author):
    article = add(author)
    fields = fields_of(author.get(f"/articles/{article}/edit"))
    page = author.post(f"/articles/{article}/preview", data={**fields, "body": "Quite another text."})
    assert page.status_code == 200
    assert "Quite another text.</span>" in page.text
    assert count(app, ArticleVersion) == 1


def test_an_edit_that_is_refused_brings_everything_back(app, author):
    article = add(author)
    fields = {**fields_of(author.get(f"/articles/{article}/edit")), "title": ""}
    page = author.post(f"/articles/{article}/versions", data={**fields, "body": "Quite another text."})
    assert page.status_code == 422
    assert fields_of(page)["body"] == "Quite another text."
    page = author.post(f"/articles/{article}/versions", data={**fields, "title": "My title", "body": ""})
    assert page.status_code == 422
    assert fields_of(page)["title"] == "My title"
    assert count(app, ArticleVersion) == 1


def test_the_older_of_two_edits_is_refused_with_its_text_kept(app, author):
    article = add(author)
    fields = fields_of(author.get(f"/articles/{article}/edit"))
    assert author.post(f"/articles/{article}/versions", data={**fields, "body": "From one window."}).status_code == 303
    late = author.post(f"/articles/{article}/versions", data={**fields, "body": "From the other window."})
    assert late.status_code == 409
    again = fields_of(late)
    assert again["body"] == "From the other window."
    assert count(app, ArticleVersion) == 2
    assert author.post(f"/articles/{article}/versions", data=again).status_code == 303
