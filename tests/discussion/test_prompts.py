"""Writing prompts, giving them to classes, and the rules they get there."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from flask import Flask
from sqlalchemy import select

from articles.operations import Dates, assign_article
from classroom.operations import enroll
from classroom.operations.sections import NewSection, create_section
from core.database import commit, db
from discussion import queries
from discussion.models import Prompt, PromptDelivery, PromptSpan
from tests.discussion.conftest import Thread
from tests.support.browsing import Client
from tests.support.people import People, Person

SignIn = Callable[[Person], Client]
Write = Callable[..., int]


def test_a_prompt_is_written_with_its_passages_and_changed(
    app: Flask, people: People, thread: Thread, sign_in: SignIn
) -> None:
    instructor = sign_in(people.instructor)
    new = f"/articles/{thread.article}/prompts/new"
    assert "The harbour town voted on Tuesday." in instructor.get(new).text
    data = {"title": "Who pays?", "body": "Say *who*.", "passages": "¶ 2.1, ¶1.2-3; ¶ 3 ¶ 2.1"}
    assert instructor.post(new, data=data).status_code == 303
    page = instructor.get(f"/articles/{thread.article}/prompts").text
    assert "Who pays?" in page
    assert "Say <em>who</em>." in page
    assert "Not given to this class" in page
    with app.app_context():
        prompt = db.session.scalars(select(Prompt).where(Prompt.title == "Who pays?")).one()
        assert [row.label for row in queries.list_prompt_passages(prompt.id, thread.version)] == [
            "¶ 2.1",
            "¶ 1.2–3",
            "¶ 3",
        ]
    edit = f"/prompts/{prompt.id}/edit"
    assert 'value="¶ 2.1, ¶ 1.2–3, ¶ 3"' in instructor.get(edit).text
    assert instructor.post(edit, data={"title": "Who does pay?", "passages": "¶ 3"}).status_code == 303
    with app.app_context():
        assert [row.label for row in queries.list_prompt_passages(prompt.id, thread.version)] == ["¶ 3"]


@pytest.mark.parametrize(
    ("passages", "words"),
    [
        ("¶ 9", "There is no ¶ 9 in this article."),
        ("¶ 1.2–1.1", "There is no ¶ 1.2–1.1 in this article."),
        ("somewhere <b>", "This is not one: somewhere &lt;b&gt;"),
        ("¶ 1, and ¶ 2", "This is not one: and"),
    ],
)
def test_a_prompt_with_a_passage_that_is_not_there_comes_back_whole(
    app: Flask, people: People, thread: Thread, sign_in: SignIn, passages: str, words: str
) -> None:
    data = {"title": "A title", "body": "A body", "passages": passages}
    answer = sign_in(people.instructor).post(f"/articles/{thread.article}/prompts/new", data=data)
    assert answer.status_code == 422
    assert words in answer.text
    assert 'value="A title"' in answer.text
    assert "A body</textarea>" in answer.text
    with app.app_context():
        assert db.session.scalars(select(Prompt).where(Prompt.title == "A title")).all() == []


def test_a_prompt_wants_a_question(people: People, thread: Thread, sign_in: SignIn) -> None:
    instructor = sign_in(people.instructor)
    new = f"/articles/{thread.article}/prompts/new"
    assert "Write the question." in instructor.post(new, data={"title": " "}).text
    assert "under 200 characters" in instructor.post(new, data={"title": "x" * 201}).text


def test_a_prompt_is_deleted_only_while_nobody_has_written(
    app: Flask, people: People, thread: Thread, write: Write, sign_in: SignIn
) -> None:
    instructor = sign_in(people.instructor)
    deletion = f"/prompts/{thread.prompt}/deletion"
    write(people.student, "A post.")
    assert "It cannot be deleted: 1 post has been written on it." in instructor.get(deletion).text
    assert instructor.post(deletion).status_code == 409
    instructor.post(f"/articles/{thread.article}/prompts/new", data={"title": "Second", "passages": "¶ 1"})
    with app.app_context():
        second = db.session.scalars(select(Prompt.id).where(Prompt.title == "Second")).one()
    instructor.post(f"/prompts/{second}/classes/{thread.assignment}", data={"posts_before_seeing": "1"})
    assert instructor.post(f"/prompts/{second}/deletion").status_code == 303
    with app.app_context():
        assert db.session.get(Prompt, second) is None
        assert db.session.scalars(select(PromptSpan).where(PromptSpan.prompt_id == second)).all() == []
        assert db.session.get(Prompt, thread.prompt) is not None


def test_a_prompt_is_given_to_a_class_with_times_in_its_zone_and_a_place(
    app: Flask, people: People, thread: Thread, sign_in: SignIn
) -> None:
    instructor = sign_in(people.instructor)
    instructor.post(f"/articles/{thread.article}/prompts/new", data={"title": "Second"})
    with app.app_context():
        second = db.session.scalars(select(Prompt.id).where(Prompt.title == "Second")).one()
    page = f"/prompts/{second}/classes/{thread.assignment}"
    data = {
        "posts_before_seeing": "2",
        "gate_opens_at": "2026-11-20T18:00",
        "closes_at": "2026-11-22T23:59",
        "position": "1",
    }
    answer = instructor.post(page, data=data)
    assert answer.status_code == 303
    with app.app_context():
        given = db.session.scalars(select(PromptDelivery).where(PromptDelivery.prompt_id == second)).one()
        assert given.posts_before_seeing == 2
        assert given.gate_opens_at == datetime(2026, 11, 20, 17, 0, tzinfo=UTC)
        assert given.closes_at == datetime(2026, 11, 22, 22, 59, tzinfo=UTC)
        assert queries.list_thread_ids(thread.assignment) == [given.id, thread.delivery]
    shown = instructor.get(page).text
    assert 'value="2026-11-20T18:00"' in shown
    assert 'value="2"' in shown
    listed = instructor.get(f"/readings/{thread.assignment}/discussion").text
    assert listed.index("Second") < listed.index("Was it a fair vote?")
    assert "Next prompt" in instructor.get(answer.location).text


def test_wrong_rules_come_back_whole(people: People, thread: Thread, sign_in: SignIn) -> None:
    data = {"posts_before_seeing": "99", "closes_at": "2026-03-29T02:30", "position": "3"}
    page = f"/prompts/{thread.prompt}/classes/{thread.assignment}"
    answer = sign_in(people.instructor).post(page, data=data)
    assert answer.status_code == 422
    assert "Choose a number from 0 to 10." in answer.text
    assert "The clock skips this time on that day." in answer.text
    assert 'value="99"' in answer.text
    assert 'value="2026-03-29T02:30"' in answer.text


def test_a_prompt_is_taken_from_a_class_only_while_nobody_has_written(
    app: Flask, people: People, thread: Thread, write: Write, sign_in: SignIn
) -> None:
    instructor = sign_in(people.instructor)
    removal = f"/prompts/{thread.prompt}/classes/{thread.assignment}/removal"
    post = write(people.student, "A post.")
    sign_in(people.student).post(f"/comments/{post}/deletion")
    assert instructor.post(removal).status_code == 409
    with app.app_context():
        assert db.session.get(PromptDelivery, thread.delivery) is not None


def test_an_untouched_prompt_is_taken_from_a_class(app: Flask, people: People, thread: Thread, sign_in: SignIn) -> None:
    removal = f"/prompts/{thread.prompt}/classes/{thread.assignment}/removal"
    assert sign_in(people.instructor).post(removal).status_code == 303
    assert sign_in(people.student).get(thread.url).status_code == 404
    page = sign_in(people.student).get(f"/readings/{thread.assignment}/discussion")
    assert "No discussion yet" in page.text


@pytest.mark.parametrize("who", ["assistant", "student", "stranger", "other_instructor"])
def test_prompts_are_their_owners(people: People, thread: Thread, sign_in: SignIn, who: str) -> None:
    client = sign_in(getattr(people, who))
    for path in (
        f"/articles/{thread.article}/prompts",
        f"/articles/{thread.article}/prompts/new",
        f"/prompts/{thread.prompt}/edit",
        f"/prompts/{thread.prompt}/deletion",
        f"/prompts/{thread.prompt}/classes/{thread.assignment}",
    ):
        assert client.get(path).status_code == 404, path
        assert client.post(path, data={"title": "x", "posts_before_seeing": "0"}).status_code in (404, 405), path


def test_another_instructor_of_the_class_sets_the_rules_there(
    app: Flask, people: People, thread: Thread, sign_in: SignIn
) -> None:
    with app.app_context():
        enroll(people.other_instructor.id, people.section, "instructor")
        commit()
    other = sign_in(people.other_instructor)
    page = f"/prompts/{thread.prompt}/classes/{thread.assignment}"
    assert page in other.get(thread.url).text
    assert other.post(page, data={"posts_before_seeing": "3"}).status_code == 303
    assert other.get(f"/prompts/{thread.prompt}/edit").status_code == 404


def test_two_classes_have_two_threads_that_know_nothing_of_each_other(
    app: Flask, people: People, thread: Thread, write: Write, sign_in: SignIn
) -> None:
    with app.app_context():
        section = create_section(people.instructor.id, NewSection("Second class", "Asia/Tokyo")).id
        enroll(people.stranger.id, section)
        second = assign_article(section, thread.article, thread.version, Dates()).id
        commit()
    instructor = sign_in(people.instructor)
    answer = instructor.post(f"/prompts/{thread.prompt}/classes/{second}", data={"posts_before_seeing": "0"})
    write(people.student, "Only for the first class.")
    stranger = sign_in(people.stranger)
    assert "Only for the first class" not in stranger.get(answer.location).text
    assert stranger.get(thread.url).status_code == 404
    page = instructor.get(f"/articles/{thread.article}/prompts").text
    assert "Second class" in page
    assert "1 post" in page
    assert "0 posts" in page
