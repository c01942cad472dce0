"""What waits for the staff of a class, and what they do about it there."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.dialects import sqlite

from core.database import db
from discussion import operations
from discussion.operations import Actor
from discussion.queries import moderation
from tests.discussion.conftest import Thread, place_of
from tests.support.browsing import Client
from tests.support.people import People, Person, make_students
from tests.support.statements import CountStatements

SignIn = Callable[[Person], Client]
Write = Callable[..., int]


@pytest.fixture
def url(people: People) -> str:
    return f"/classes/{people.section}/moderation"


@pytest.fixture
def flag(app: Flask, people: People, does: Callable[..., None]) -> Callable[..., None]:
    """`flag(people.classmate, post, "rude")` tells staff about a post."""

    def flagged(person: Person, post: int, kind: str = "rude", words: str = "") -> None:
        actor = Actor(person.id, people.section)
        does(operations.flag_comment, actor, place_of(app, person), post, (kind, words))

    return flagged


def test_the_newest_flag_comes_first(
    people: People, url: str, write: Write, flag: Callable[..., None], sign_in: SignIn
) -> None:
    first, second = write(people.student, "Post one."), write(people.student, "Post two.")
    flag(people.classmate, second)
    flag(people.classmate, first)
    page = sign_in(people.instructor).get(url).text
    assert page.index("Post one.") < page.index("Post two.")
    assert "Flagged 2</a>" in page


def test_a_post_is_hidden_from_the_list_with_a_reason_that_is_there_already(
    people: People, thread: Thread, url: str, write: Write, flag: Callable[..., None], sign_in: SignIn
) -> None:
    post, other = write(people.student, "Post one."), write(people.student, "Post two.")
    flag(people.classmate, other)
    flag(people.classmate, post, "private")
    instructor = sign_in(people.instructor)
    page = instructor.get(url).text
    assert 'value="It says something private about somebody."' in page
    assert f'value="{url}?list=flagged#m{other}"' in page
    then = f"{url}?list=flagged#m{other}"
    answer = instructor.post(f"/comments/{post}/hiding", data={"reason": "It is private.", "next": then})
    assert (answer.status_code, answer.headers["Location"]) == (303, then)
    assert "Post one." not in sign_in(people.classmate).get(thread.url).text
    assert "Post one." not in instructor.get(url).text
    hidden = instructor.get(f"{url}?list=hidden").text
    assert f"Hidden by {people.instructor.name}. The reason: It is private." in hidden
    assert instructor.post(f"/comments/{post}/restoration", data={"next": url}).headers["Location"] == url
    assert "Post one." in sign_in(people.classmate).get(thread.url).text
    assert "Nothing is hidden." in instructor.get(f"{url}?list=hidden").text
    assert "Post one." not in instructor.get(url).text


def test_hiding_from_the_list_without_a_reason_asks_for_it_and_leads_back(
    people: People, url: str, write: Write, flag: Callable[..., None], sign_in: SignIn
) -> None:
    post = write(people.student, "Post one.")
    flag(people.classmate, post, "other")
    instructor = sign_in(people.instructor)
    answer = instructor.post(f"/comments/{post}/hiding", data={"reason": "", "next": f"{url}?list=flagged"})
    assert answer.status_code == 422
    assert f'name="next" value="{url}?list=flagged"' in answer.text


def test_flags_are_dismissed_and_the_post_stands(
    people: People, thread: Thread, url: str, write: Write, flag: Callable[..., None], sign_in: SignIn
) -> None:
    post = write(people.student, "Post one.")
    flag(people.classmate, post)
    instructor = sign_in(people.instructor)
    answer = instructor.post(f"/comments/{post}/flags/dismissal", data={"next": "https://elsewhere.example"})
    assert (answer.status_code, answer.headers["Location"]) == (303, url)
    assert "Nothing is flagged." in instructor.get(url).text
    assert "Post one." in sign_in(people.classmate).get(thread.url).text


def test_the_list_opens_with_what_there_is(people: People, url: str, write: Write, does, staff, sign_in) -> None:
    post = write(people.student, "Post one.")
    does(operations.hide_comment, staff, post, "Hm.")
    page = sign_in(people.assistant).get(url).text
    assert "Post one." in page
    assert "The reason: Hm." in page


def test_another_class_has_its_own_list(
    people: People, url: str, write: Write, flag: Callable[..., None], sign_in: SignIn
) -> None:
    flag(people.classmate, write(people.student, "Post one."))
    other = sign_in(people.other_instructor)
    assert other.get(url).status_code == 404
    page = other.get(f"/classes/{people.other_section}/moderation").text
    assert "Post one." not in page
    assert "Flagged 0</a>" in page


def test_what_its_author_deleted_waits_for_nobody(
    people: People, url: str, write: Write, flag: Callable[..., None], sign_in: SignIn
) -> None:
    post = write(people.student, "Post one.")
    flag(people.classmate, post)
    sign_in(people.student).post(f"/comments/{post}/deletion")
    assert "Flagged 0</a>" in sign_in(people.instructor).get(url).text


def test_the_class_page_says_to_staff_how_much_waits(
    people: People, write: Write, flag: Callable[..., None], sign_in: SignIn
) -> None:
    flag(people.classmate, write(people.student, "Post one."))
    page = f"/classes/{people.section}"
    instructor = sign_in(people.instructor)
    for headers in ({}, {"X-Fragment": "1"}):
        assert '<b class="count">1<span class="vh">' in instructor.get(page, headers=headers).text
        assert "Moderation" not in sign_in(people.student).get(page, headers=headers).text


def test_a_long_list_is_paged_and_asks_as_much_as_a_short_one(
    app: Flask,
    people: People,
    url: str,
    write: Write,
    flag: Callable[..., None],
    sign_in: SignIn,
    count_statements: CountStatements,
) -> None:
    crowd = make_students(app, people.section, 3)
    instructor = sign_in(people.instructor)
    flag(people.classmate, write(people.student, "Post 0."))
    instructor.get(url)
    with count_statements() as few:
        instructor.get(url)
    for number in range(1, 27):
        post = write(people.student, f"Post {number}.")
        for person in crowd:
            flag(person, post)
    with count_statements() as many:
        page = instructor.get(url).text
    assert len(few) == len(many) <= 8
    assert page.count('class="case"') == 25
    assert "Post 26." in page
    second = instructor.get(f"{url}?list=flagged&page=2").text
    assert second.count('class="case"') == 2
    assert "Post 0." in second


def test_an_archived_class_shows_its_list_without_buttons(
    app: Flask, people: People, url: str, write: Write, flag: Callable[..., None], sign_in: SignIn
) -> None:
    post = write(people.student, "Post one.")
    flag(people.classmate, post)
    instructor = sign_in(people.instructor)
    instructor.post(f"/classes/{people.section}/archive")
    page = instructor.get(url).text
    assert "Post one." in page
    assert "<button" not in page.partition('data-live-part="cases"')[2].partition("</main>")[0]
    assert instructor.post(f"/comments/{post}/flags/dismissal").status_code == 403


@pytest.mark.sqlite_only
@pytest.mark.parametrize("statement", [moderation._counts(), *map(moderation._list, ("flagged", "waiting", "hidden"))])
def test_what_waits_is_found_without_reading_every_comment(app: Flask, statement: Any) -> None:
    compiled = statement.compile(dialect=sqlite.dialect(paramstyle="named"))
    given = {**compiled.params, "section": 1, "me": 1, "skipped": 0}
    with app.app_context():
        plan = [row[-1] for row in db.session.execute(text(f"EXPLAIN QUERY PLAN {compiled}"), given)]
    assert [step for step in plan if step.startswith("SCAN comments")] == []
