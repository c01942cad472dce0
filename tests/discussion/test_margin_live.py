"""Two people with one reading open: each sees the notes that the other writes, and nothing moves."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from core.database import commit
from discussion.operations import Actor, hide_comment
from tests.discussion.conftest import Thread
from tests.support.browsing import Client
from tests.support.people import People, Person

OpenPage = Callable[..., Page]
SignIn = Callable[[Person], Client]
Jot = Callable[..., int]
Answer = Callable[..., int]
TOPS = "[...document.querySelectorAll('.sentence')].map(each => each.getBoundingClientRect().top)"


def changes(client: Client, thread: Thread, cursor: str) -> tuple[int, str]:
    """What a page hears after a cursor: the status and the paragraphs."""
    answer = client.get(f"/readings/{thread.assignment}/margin-changes?after={cursor}", headers={"X-Fragment": "1"})
    return answer.status_code, answer.text


def cursor_of(client: Client, thread: Thread) -> str:
    """The cursor of a page that has just been opened."""
    found = re.search(r'data-cursor="([^"]+)"', client.get(f"/readings/{thread.assignment}").text)
    assert found
    return found[1]


@pytest.mark.parametrize(
    ("choice", "hears"),
    [("comment", {"classmate", "assistant"}), ("staff", {"assistant"}), ("self", set())],
)
def test_a_change_is_heard_by_those_for_whom_the_note_exists(
    people: People, thread: Thread, jot: Jot, sign_in: SignIn, choice: str, hears: set[str]
) -> None:
    clients = {name: sign_in(getattr(people, name)) for name in ("classmate", "assistant")}
    cursors = {name: cursor_of(client, thread) for name, client in clients.items()}
    note = jot(people.student, "Secret words.", at=3, choice=choice)
    for name, client in clients.items():
        status, page = changes(client, thread, cursors[name])
        assert status == (200 if name in hears else 204), name
        assert ("Secret words." in page) is (name in hears)
        if name in hears:
            assert f'id="n{note}"' in page
            assert 'id="p2"' in page
            assert 'id="p1"' not in page


def test_an_answer_and_a_hiding_are_changes_of_the_notes_paragraph(
    app: Flask, people: People, thread: Thread, jot: Jot, answer: Answer, sign_in: SignIn
) -> None:
    note = jot(people.student, "Why?", at=1)
    client = sign_in(people.classmate)
    cursor = cursor_of(client, thread)
    answer(people.instructor, note, "Because.")
    status, page = changes(client, thread, cursor)
    assert status == 200
    assert "Because." in page
    with app.app_context():
        hide_comment(Actor(people.instructor.id, people.section), note, "Hm.")
        commit()
    status, page = changes(client, thread, cursor)
    assert status == 200
    assert "Why?" not in page
    assert "This note was hidden by staff." in page


def test_whoever_was_away_too_long_gets_every_paragraph(
    people: People, thread: Thread, jot: Jot, sign_in: SignIn
) -> None:
    jot(people.student, "Why?", at=3)
    status, page = changes(sign_in(people.classmate), thread, "1700000000000")
    assert status == 200
    assert "Why?" in page
    assert {'id="p1"', 'id="p2"'} <= set(re.findall(r'id="p\d"', page))


def test_another_class_hears_nothing_and_cannot_ask(people: People, thread: Thread, jot: Jot, sign_in: SignIn) -> None:
    jot(people.student, "Why?")
    client = sign_in(people.other_student)
    assert changes(client, thread, "1700000000000")[0] == 404


def open_live(open_page: OpenPage, thread: Thread, person: Person) -> Page:
    """The reading's page of somebody, once its stream is open and what came before it has been looked for."""
    page = open_page("/account", person)
    with page.expect_response(re.compile("/margin-changes")):
        page.goto(f"/readings/{thread.assignment}")
    return page


@pytest.mark.sqlite_only
def test_a_note_arrives_beside_the_text_while_somebody_writes_and_nothing_moves(
    people: People, thread: Thread, jot: Jot, open_page: OpenPage
) -> None:
    page = open_live(open_page, thread, people.student)
    at_rest = page.evaluate(TOPS)
    page.locator(f"#s{thread.sentences[0]}").click()
    page.get_by_role("button", name="Write a note").click()
    page.get_by_label("Your note").fill("Half a thought")
    before = page.evaluate(TOPS)
    beside = jot(people.classmate, "On the second paragraph.", at=3)
    same = jot(people.classmate, "On the same paragraph.", at=1)
    expect(page.locator(f"#n{beside}")).to_contain_text("On the second paragraph.")
    expect(page.locator('.spine a[href="#p2"] b')).to_have_text("1")
    expect(page.get_by_label("Your note")).to_have_value("Half a thought")
    expect(page.get_by_label("Your note")).to_be_focused()
    assert page.evaluate(TOPS) == before
    # What came where one was writing comes when one is done.
    expect(page.locator(f"#n{same}")).to_have_count(0)
    page.get_by_role("button", name="Cancel").click()
    expect(page.locator(f"#n{same}")).to_contain_text("On the same paragraph.")
    assert page.evaluate(TOPS) == at_rest


@pytest.mark.sqlite_only
def test_an_open_note_shows_the_answer_that_arrives_and_keeps_the_one_being_written(
    people: People, thread: Thread, jot: Jot, answer: Answer, open_page: OpenPage
) -> None:
    note = jot(people.classmate, "Who counted?", at=1)
    page = open_live(open_page, thread, people.student)
    page.locator(f'.hl[href="#n{note}"]').first.click()
    card = page.locator(f"#n{note}.open")
    card.get_by_label("Your answer").fill("Half an answer")
    answer(people.instructor, note, "The customs office did.")
    expect(card.locator(".replies")).to_contain_text("The customs office did.")
    expect(card.get_by_label("Your answer")).to_have_value("Half an answer")
    expect(card.get_by_label("Your answer")).to_be_focused()
    assert page.locator(f"#n{note}").count() == 1
