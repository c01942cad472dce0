"""What is typed and not posted stays on the device: for whoever wrote it, where it belongs, until it is posted."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.discussion.conftest import Thread
from tests.support.browsing import Client
from tests.support.patience import hold
from tests.support.people import People, Person

pytestmark = pytest.mark.sqlite_only
OpenPage = Callable[..., Page]
Write = Callable[..., int]


def test_words_that_are_kept_are_their_writers_alone(
    people: People, thread: Thread, open_page: OpenPage, sign_in: Callable[[Person], Client]
) -> None:
    page = open_page(thread.url, people.student)
    field = page.get_by_label("Your post", exact=True).last
    field.fill("Mine, half written")
    page.reload()
    expect(field).to_have_value("Mine, half written")
    cookie = sign_in(people.classmate).get_cookie("session")
    assert cookie is not None
    own = page.context.cookies()[0]
    page.context.add_cookies([{**own, "value": cookie.value}])
    page.reload()
    expect(field).to_have_value("")
    page.context.add_cookies([own])
    page.reload()
    expect(field).to_have_value("Mine, half written")


def test_an_answer_to_a_note_survives_a_lost_line(people: People, thread: Thread, open_page: OpenPage) -> None:
    page = open_page(f"/readings/{thread.assignment}", people.student)
    page.locator(f"#s{thread.sentences[0]}").click()
    page.get_by_role("button", name="Write a note").click()
    page.get_by_label("Your note").fill("Who voted?")
    page.get_by_role("button", name="Post note").click()
    note = page.locator(".note.open")
    expect(note).to_contain_text("Who voted?")
    answer = note.get_by_role("textbox")
    answer.fill("Everybody did.")
    page.context.set_offline(True)
    note.get_by_role("button", name="Answer").click()
    expect(page.get_by_role("alert")).to_contain_text("Your words are kept here")
    page.context.set_offline(False)
    page.reload()
    expect(answer).to_have_value("Everybody did.")
    note.get_by_role("button", name="Answer").click()
    expect(note.locator(".replies")).to_contain_text("Everybody did.")
    page.reload()
    expect(answer).to_have_value("")


def test_a_post_that_began_with_a_passage_leaves_an_empty_field(
    people: People, thread: Thread, open_page: OpenPage
) -> None:
    page = open_page(f"{thread.url}?passage={thread.sentences[0]}-{thread.sentences[0]}", people.student)
    field = page.get_by_label("Your post", exact=True).last
    expect(field).not_to_have_value("")
    field.press("Control+End")
    page.keyboard.type("It did vote.")
    page.get_by_role("button", name="Post", exact=True).click()
    expect(page.locator("#posts > .post")).to_contain_text("It did vote.")
    expect(field).to_have_value("")


def test_a_reply_on_its_way_takes_no_other_form_along(
    people: People, thread: Thread, write: Write, open_page: OpenPage
) -> None:
    first, second = write(people.classmate, "The first post"), write(people.classmate, "The second post")
    page = open_page(thread.url, people.student)
    held = hold(page, "**/comments")
    page.locator(f"#c{first} > footer > a", has_text="Reply").click()
    page.locator("#reply textarea").fill("To the first")
    page.locator("#reply").get_by_role("button", name="Reply").click()
    expect(page.locator("#reply")).to_have_attribute("aria-busy", "true")
    page.locator(f"#c{second} > footer > a", has_text="Reply").click()
    held.let_go()
    expect(page.locator(f"#c{first} > .replies > .post")).to_contain_text("To the first")
    expect(page.locator(f"#c{second} > .replies")).to_have_count(0)


def test_who_writes_on_while_a_post_is_on_its_way_is_not_taken_elsewhere(
    people: People, thread: Thread, open_page: OpenPage
) -> None:
    page = open_page(thread.url, people.student)
    held = hold(page, "**/comments")
    field = page.get_by_label("Your post", exact=True).last
    field.fill("A post")
    page.get_by_role("button", name="Post", exact=True).click()
    field.fill("A post, and")
    held.let_go()
    expect(page.locator("#posts > .post")).to_contain_text("A post")
    page.keyboard.type(" more")
    expect(field).to_have_value("A post, and more")


def test_words_typed_while_a_note_is_on_its_way_are_not_taken_and_lost(
    people: People, thread: Thread, open_page: OpenPage
) -> None:
    page = open_page(f"/readings/{thread.assignment}", people.student)
    held = hold(page, "**/notes")
    page.locator(f"#s{thread.sentences[0]}").click()
    page.get_by_role("button", name="Write a note").click()
    field = page.get_by_label("Your note")
    field.fill("Posted.")
    page.get_by_role("button", name="Post note").click()
    expect(field).not_to_be_editable()
    held.let_go()
    expect(page.locator(".note.open")).to_contain_text("Posted.")
