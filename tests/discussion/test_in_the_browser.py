"""A thread in a real browser, with and without JavaScript."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from core.database import commit
from discussion.operations import Actor, endorse_comment, hide_comment
from tests.discussion.conftest import Thread
from tests.support.chromium import Look
from tests.support.patience import hold
from tests.support.people import People

pytestmark = pytest.mark.sqlite_only
OpenPage = Callable[..., Page]
Write = Callable[..., int]
LOOKS = [Look(1440), Look(390)]


@pytest.fixture
def lively(app: Flask, people: People, thread: Thread, write: Write) -> list[int]:
    """A thread with something of everything; returns the ids in order."""
    top = write(people.student, "No, and ¶ 1.2 says *why*.\n\n> A line is not a settlement.\n\n- one\n- two")
    reply = write(people.classmate, "But ¶ 3 also says it stopped.", top)
    below = write(people.student, "For whom?", reply)
    staff = write(people.instructor, "Stay with the word “yet”.")
    hidden = write(people.student, "Rude words.")
    with app.app_context():
        actor = Actor(people.instructor.id, people.section)
        endorse_comment(actor, top, "uses the text against itself")
        hide_comment(actor, hidden, "Not how we talk here.")
        commit()
    return [top, reply, below, staff, hidden]


def test_a_reply_and_a_post_appear_without_leaving_the_page(
    people: People, thread: Thread, lively: list[int], open_page: OpenPage, axe: Callable[[Page], None]
) -> None:
    page = open_page(thread.url, people.classmate)
    page.locator(f"#c{lively[2]} > footer > a", has_text="Reply").click()
    field = page.get_by_label("Reply to Sofia Lind")
    expect(field).to_be_focused()
    axe(page)
    field.fill("For all of us, ¶ 1.1.")
    field.press("Control+Enter")
    new = page.locator(".replies > .post", has_text="For all of us")
    expect(new).to_be_focused()
    expect(new.locator("a.to")).to_have_text("Sofia Lind")
    expect(new.locator("a.ref")).to_have_attribute("href", re.compile(f"#s{thread.sentences[0]}$"))
    page.get_by_text("Add to the discussion").click()
    page.get_by_label("Your post", exact=True).last.fill("A new post")
    page.get_by_role("button", name="Quote").click()
    page.get_by_role("button", name="Preview").click()
    expect(page.locator("[data-preview-box] blockquote")).to_have_text("A new post")
    axe(page)
    page.get_by_role("button", name="Post", exact=True).click()
    expect(page.locator("#posts > .post").last.locator("blockquote")).to_have_text("A new post")
    assert page.url.endswith(thread.url)


def test_words_written_while_a_post_is_on_its_way_stay(people: People, thread: Thread, open_page: OpenPage) -> None:
    page = open_page(thread.url, people.classmate)
    held = hold(page, "**/comments")
    field = page.get_by_label("Your post", exact=True).last
    field.fill("A post")
    with page.expect_request("**/comments"):
        page.get_by_role("button", name="Post", exact=True).click()
    field.fill("A post, and more")
    held.let_go()
    expect(page.locator("#posts > .post", has_text="A post")).to_be_visible()
    expect(field).to_have_value("A post, and more")


def test_a_reply_can_be_left_and_its_draft_is_kept(
    people: People, thread: Thread, lively: list[int], open_page: OpenPage
) -> None:
    page = open_page(thread.url, people.classmate)
    link = page.locator(f"#c{lively[0]} > footer > a", has_text="Reply")
    link.click()
    page.locator("#reply textarea").fill("Half a thought")
    page.get_by_role("link", name="Cancel").click()
    expect(page.locator("#reply")).to_have_count(0)
    expect(link).to_be_focused()
    page.reload()
    link.click()
    expect(page.locator("#reply textarea")).to_have_value("Half a thought")


def test_what_was_looked_at_counts_as_read(
    people: People, thread: Thread, lively: list[int], open_page: OpenPage
) -> None:
    page = open_page("/account", people.classmate)
    with page.expect_response(re.compile("read-marks")) as answer:
        page.goto(thread.url)
        expect(page.get_by_text("New", exact=True)).to_have_count(3)
        page.mouse.wheel(0, 400)
    assert answer.value.status == 204
    page.reload()
    assert page.get_by_text("New", exact=True).count() < 3


def test_a_refused_post_keeps_its_words_and_takes_the_focus(
    people: People, thread: Thread, open_page: OpenPage
) -> None:
    page = open_page(thread.url, people.student)
    field = page.get_by_label("Your post", exact=True).last
    field.fill("x" * 5001)
    page.get_by_role("button", name="Post", exact=True).click()
    expect(page.get_by_text("Yours is 1 too long.")).to_be_visible()
    expect(page.locator("textarea[aria-invalid]")).to_be_focused()
    expect(page.locator("textarea[aria-invalid]")).to_have_value("x" * 5001)


def test_everything_works_without_a_script(
    people: People, thread: Thread, lively: list[int], open_page: OpenPage
) -> None:
    page = open_page(thread.url, people.classmate, Look(390, javascript=False))
    page.locator(f"#c{lively[0]} > footer > a", has_text="Reply").click()
    page.get_by_label("Reply to Sofia Lind").fill("Plain and simple.")
    page.get_by_role("button", name="Reply", exact=True).click()
    expect(page.locator(".replies > .post", has_text="Plain and simple.")).to_be_visible()
    page.get_by_text("Add to the discussion").click()
    page.locator("#post").fill("It *is*.")
    page.get_by_role("button", name="Preview").click()
    expect(page.locator(".preview em")).to_have_text("is")
    page.get_by_role("button", name="Post", exact=True).click()
    expect(page.locator("#posts > .post").last).to_contain_text("It is.")
    page.get_by_role("button", name="Mark all as read").click()
    expect(page.get_by_text("You are up to date.")).to_be_visible()


def test_a_click_on_a_sentence_adds_the_passage_to_a_prompt(
    people: People, thread: Thread, open_page: OpenPage
) -> None:
    page = open_page(f"/articles/{thread.article}/prompts/new", people.instructor)
    page.locator(".sentence").nth(2).click()
    page.locator(".sentence").nth(5).click()
    expect(page.get_by_label("Passages")).to_have_value("¶ 1.3, ¶ 3")


@pytest.mark.parametrize("look", LOOKS, ids=["wide", "phone"])
def test_no_page_has_a_barrier(
    people: People,
    thread: Thread,
    lively: list[int],
    open_page: OpenPage,
    axe: Callable[[Page], None],
    look: Look,
) -> None:
    top, reply, *_others = lively
    pages = [
        (people.student, thread.url),
        (people.instructor, f"{thread.url}?reply={reply}"),
        (people.instructor, f"/comments/{top}/endorsement"),
        (people.instructor, f"/comments/{reply}/hiding"),
        (people.instructor, f"/comments/{top}/history"),
        (people.student, f"/comments/{top}/edit"),
        (people.student, f"/comments/{top}/deletion"),
    ]
    for person, path in pages:
        page = open_page(path, person, look)
        axe(page)
        width = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert width <= 0, f"{path} is {width} px too wide"
        page.close()
