"""References in the words of a prompt: they lead into the text, and an edit of the article never makes them lie."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import select

from core.database import db
from discussion.models import Prompt, PromptSpan
from tests.articles.adding import fields_of
from tests.articles.pointing import COST, GONE, STAYED, WORK, edit

WORDS = "Put ¶ 3.1 beside ¶ 2, and not beside `¶ 1.1` or ¶ 9.9. Then ¶ 3.1 again."


@pytest.fixture
def say(people, reading, sign_in):
    """`say(words)` changes the words of the prompt, and the passages that it is about."""

    def said(words: str, passages: str = "") -> None:
        data = {"title": "Was it worth it?", "body": words, "passages": passages}
        assert sign_in(people.instructor).post(f"/prompts/{reading.prompt}/edit", data=data).status_code == 303

    return said


@pytest.fixture
def asked(people, reading, sign_in):
    """`asked()` is what stands in the head of the thread for a student."""

    def words() -> str:
        page = sign_in(people.student).get(f"/discussions/{reading.prompt_delivery}").text
        return re.search(r'<h1[^>]*>Was it worth it\?</h1>(.*?)<p class="meta', page, re.DOTALL)[1]

    return words


def _link(reading, sentence: int, label: str) -> str:
    return f'<a class="ref" href="/readings/{reading.assignment}#s{reading.sentences[sentence]}">{label}</a>'


def test_places_named_in_a_prompt_lead_into_the_text(reading, say, asked) -> None:
    say(WORDS)
    work = _link(reading, WORK, "¶ 3.1")
    beside = f"Put {work} beside {_link(reading, COST, '¶ 2')}, and not beside <code>¶ 1.1</code> or ¶ 9.9."
    assert f"{beside} Then {work} again." in asked()


def test_they_are_not_what_the_prompt_is_about(app, people, reading, say, sign_in) -> None:
    say(WORDS, "¶ 1.3")
    client = sign_in(people.instructor)
    thread = client.get(f"/discussions/{reading.prompt_delivery}").text
    aside = thread.split('<aside class="texts"')[1].split("</aside>")[0]
    assert "Some did not vote at all." in aside
    assert "Work begins" not in aside
    assert 'value="¶ 1.3"' in client.get(f"/prompts/{reading.prompt}/edit").text
    listed = client.get(f"/readings/{reading.assignment}/discussion").text
    assert "¶&nbsp;1.3" in listed
    assert "¶&nbsp;3.1" not in listed
    notes = client.get(f"/readings/{reading.assignment}/annotations.jsonld?of=material").get_data(as_text=True)
    assert "Work begins in spring." not in notes
    with app.app_context():
        assert db.session.scalars(select(PromptSpan.mark).order_by(PromptSpan.id)).all() == [None, 0, 1]


def test_the_author_sees_them_in_the_list_of_prompts(people, reading, say, sign_in) -> None:
    say(WORDS)
    page = sign_in(people.instructor).get(f"/articles/{reading.article}/prompts").text
    assert f'<a class="ref" href="/articles/{reading.article}#s{reading.sentences[WORK]}">¶ 3.1</a>' in page


def test_an_edit_of_the_article_gives_them_their_new_numbers(people, reading, say, asked, sign_in) -> None:
    say("Put ¶ 3.1 beside ¶ 1.2 and ¶ 1.3.")
    edit(sign_in(people.instructor), reading)
    lost = f'<span class="ref lost">no longer in the text: “{GONE}”</span>'
    moved = f"Put {_link(reading, WORK, '¶ 4')} beside {lost} and {_link(reading, STAYED, '¶ 1.2')}."
    assert moved in asked()
    say("Compare: ¶ 3.1 beside ¶ 1.2 and ¶ 1.3.")
    assert moved.replace("Put", "Compare:") in asked()


def test_words_that_name_no_place_any_more_point_nowhere(app, reading, say, asked) -> None:
    say(WORDS)
    say("Was it?")
    assert "Was it?" in asked()
    with app.app_context():
        assert db.session.scalars(select(PromptSpan.id).where(PromptSpan.prompt_id == reading.prompt)).all() == []
        assert db.session.get_one(Prompt, reading.prompt).body == "Was it?"


def test_who_edits_the_article_is_told_once_of_a_prompt_that_names_what_it_is_about(
    people, reading, say, sign_in
) -> None:
    say("Why did they choose it (¶ 1.2)?", "¶ 1.2")
    client = sign_in(people.instructor)
    fields = fields_of(client.get(f"/articles/{reading.article}/edit")) | {"body": "The town voted on something else."}
    page = client.post(f"/articles/{reading.article}/preview", data=fields).text
    assert page.count("The prompt “Was it worth it?” is about it") == 1
