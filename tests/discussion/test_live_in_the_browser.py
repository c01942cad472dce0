"""Two people with one thread open: each sees what the other does, and nothing that is read or typed moves."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from core.database import commit
from discussion.operations import Actor, endorse_comment, hide_comment
from tests.discussion.conftest import Thread
from tests.support.people import People, Person
from tests.support.telling import announce

pytestmark = pytest.mark.sqlite_only
OpenPage = Callable[..., Page]
Write = Callable[..., int]
LONG = "\n\n".join(["A paragraph that takes some room on the page, so that there is something to scroll."] * 6)
STATE = """() => {
    const field = document.activeElement;
    const { top } = field.getBoundingClientRect();
    return [field.value, field.selectionStart, field.selectionEnd, Math.round(top)];
}"""
# The page is left and looked at again, as often as there are states.
TURN = """(states) => states.forEach((state) => {
    Object.defineProperty(document, "visibilityState", {value: state, configurable: true});
    document.dispatchEvent(new Event("visibilitychange"));
})"""


@pytest.fixture
def posts(people: People, write: Write) -> list[int]:
    """Five long posts of the classmate."""
    return [write(people.classmate, f"Post number {number}.\n\n{LONG}") for number in range(1, 6)]


def open_live(open_page: OpenPage, thread: Thread, person: Person, query: str = "") -> Page:
    """The thread's page of somebody, once its stream is open and what came before it has been looked for."""
    page = open_page("/account", person)
    with page.expect_response(re.compile("/changes")):
        page.goto(thread.url + query)
    return page


def asked_by(page: Page) -> list[str]:
    """What a page asks for from now on to follow others; marks of what is read are not among it."""
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if "read-marks" not in request.url else None)
    return asked


def type_a_reply(page: Page, post: int) -> list[object]:
    """Begin a reply, with the caret in the middle of it; what must stay."""
    page.locator(f"#c{post} > footer > a", has_text="Reply").click()
    page.keyboard.type("Half a thought")
    for _key in range(5):
        page.keyboard.press("ArrowLeft")
    return page.evaluate(STATE)


def test_whoever_types_sees_a_post_an_edit_and_a_hiding_and_nothing_moves(
    app: Flask, people: People, thread: Thread, posts: list[int], write: Write, open_page: OpenPage
) -> None:
    theirs = open_live(open_page, thread, people.classmate)
    mine = open_live(open_page, thread, people.student)
    typed = type_a_reply(mine, posts[2])
    # A post far below: it is there, and nothing moved.
    theirs.get_by_text("Add to the discussion").click()
    theirs.get_by_label("Your post", exact=True).last.fill("Posted by somebody else")
    theirs.get_by_role("button", name="Post", exact=True).click()
    expect(mine.locator("#posts > .post", has_text="Posted by somebody else")).to_have_count(1)
    expect(mine.get_by_text("All 6")).to_have_count(1)
    assert mine.evaluate(STATE) == typed
    # An edit above what is typed, which makes the post longer.
    theirs.goto(f"/comments/{posts[0]}/edit")
    theirs.locator("textarea").fill(f"Changed my mind.\n\n{LONG}\n\n{LONG}")
    theirs.get_by_role("button", name="Save").click()
    expect(mine.locator(f"#c{posts[0]}")).to_contain_text("Changed my mind.")
    expect(mine.locator(f"#c{posts[0]} > header")).to_contain_text("changed")
    assert mine.evaluate(STATE) == typed
    # Hiding what stands above it.
    with app.app_context():
        hide_comment(Actor(people.instructor.id, people.section), posts[1], "Not how we talk here.")
        commit()
    expect(mine.locator(f"#c{posts[1]}")).to_have_text("This post was hidden by staff.")
    assert mine.evaluate(STATE) == typed
    # A reply where the reply is typed waits behind a button, which moves nothing either.
    write(people.instructor, "A reply of the staff.", posts[2])
    button = mine.locator(f"#c{posts[2]} .arrived > button")
    expect(button).to_have_text("1 new post")
    assert mine.evaluate(STATE) == typed
    assert mine.get_by_text("A reply of the staff.").count() == 0
    button.click()
    expect(mine.locator(f"#c{posts[2]} > .replies > .post")).to_be_focused()
    expect(mine.locator("#reply textarea")).to_have_value("Half a thought")


def test_posts_wait_where_they_would_be_seen_coming(
    people: People, thread: Thread, write: Write, open_page: OpenPage, axe: Callable[[Page], None]
) -> None:
    write(people.classmate, "A short post.")
    page = open_live(open_page, thread, people.student)
    first = write(people.classmate, "And another.")
    button = page.locator("#posts > .arrived > button")
    expect(button).to_have_text("1 new post")
    expect(page.locator("#announcer")).to_have_text("1 new post")
    before = page.locator(".thread-end").bounding_box()
    write(people.instructor, "An answer to what waits.", first)
    write(people.classmate, "And a third.")
    expect(button).to_have_text("3 new posts")
    assert page.locator(".thread-end").bounding_box() == before
    axe(page)
    button.press("Enter")
    expect(page.locator(f"#c{first}")).to_be_focused()
    expect(page.locator(f"#c{first} > .replies > .post")).to_contain_text("An answer to what waits.")
    expect(page.locator("#posts > .post")).to_have_count(3)
    expect(button).to_have_count(0)


def test_newest_first_nothing_is_pushed_down(
    people: People, thread: Thread, posts: list[int], write: Write, open_page: OpenPage
) -> None:
    page = open_live(open_page, thread, people.student, "?sort=newest")
    top = page.locator("#posts > .post").first
    before = top.bounding_box()
    write(people.classmate, "The newest.")
    button = page.locator("#posts > .arrived > button")
    expect(button).to_have_text("1 new post")
    assert top.bounding_box() == before
    button.click()
    expect(top).to_contain_text("The newest.")
    page.evaluate("post => document.getElementById(post).scrollIntoView()", f"c{posts[1]}")
    read = page.locator(f"#c{posts[1]} > .prose")
    before = read.bounding_box()
    later = write(people.classmate, "Newer still.")
    expect(page.locator(f"#c{later}")).to_have_count(1)
    assert abs(read.bounding_box()["y"] - before["y"]) < 1


def test_what_is_in_use_is_changed_when_it_is_left(
    app: Flask, people: People, thread: Thread, write: Write, open_page: OpenPage
) -> None:
    first, second = write(people.classmate, "First words."), write(people.classmate, "Second words.")
    page = open_live(open_page, thread, people.student)
    link = page.locator(f"#c{first} > footer > a", has_text="Reply")
    link.focus()
    with app.app_context():
        for post in (first, second):
            endorse_comment(Actor(people.instructor.id, people.section), post, "well said")
        commit()
    expect(page.locator(f"#c{second}")).to_contain_text("well said")
    expect(link).to_be_focused()
    assert "well said" not in page.locator(f"#c{first}").inner_text()
    page.locator(f"#c{second} > footer > a", has_text="Reply").focus()
    expect(page.locator(f"#c{first}")).to_contain_text("well said")


def test_what_is_hidden_while_it_waits_is_never_shown(
    app: Flask, people: People, thread: Thread, write: Write, open_page: OpenPage
) -> None:
    write(people.classmate, "A short post.")
    page = open_live(open_page, thread, people.student)
    rude = write(people.classmate, "Rude words.")
    button = page.locator("#posts > .arrived > button")
    expect(button).to_have_text("1 new post")
    with app.app_context():
        hide_comment(Actor(people.instructor.id, people.section), rude, "No.")
        commit()
    expect(page.get_by_text("All 1")).to_have_count(1)
    button.click()
    expect(page.locator(f"#c{rude}")).to_have_text("This post was hidden by staff.")


def test_what_is_read_elsewhere_is_not_new_here(
    people: People, thread: Thread, posts: list[int], open_page: OpenPage
) -> None:
    page = open_live(open_page, thread, people.student)
    other = open_live(open_page, thread, people.student)
    expect(page.get_by_text("You are up to date.")).to_have_count(0)  # most stand below the window
    other.get_by_role("button", name="Mark all as read").click()
    expect(page.get_by_text("You are up to date.")).to_have_count(1)


def test_behind_the_gate_comes_nothing_until_it_opens(
    people: People, thread: Thread, write: Write, given: Callable[..., None], open_page: OpenPage
) -> None:
    given(posts_before_seeing=1)
    page = open_live(open_page, thread, people.student)
    write(people.classmate, "SECRET")
    write(people.instructor, "A word of the staff.")
    button = page.locator("#posts > .arrived > button")
    expect(button).to_have_text("1 new post")
    button.click()
    expect(page.locator("#posts > .post")).to_have_text(re.compile("A word of the staff."))
    assert "SECRET" not in page.content()
    open_page(thread.url, people.instructor).get_by_role("button", name="Show everybody all posts").click()
    page.get_by_role("link", name="Read them").click()
    expect(page.get_by_text("SECRET")).to_be_visible()


def test_pages_that_say_what_is_new_say_it_at_once(
    people: People, thread: Thread, write: Write, open_page: OpenPage
) -> None:
    pages = [
        (people.student, "/", "1 new post"),
        (people.student, f"/classes/{people.section}", "1 new post"),
        (people.instructor, "/", "Said while everybody looks on."),
        (people.instructor, f"/readings/{thread.assignment}/discussion", "1 post from 1 person"),
    ]
    opened = []
    for person, path, words in pages:
        page = open_page("/account", person)
        with page.expect_response(lambda answer: answer.request.headers.get("x-fragment") == "1"):
            page.goto(path)
        expect(page.get_by_text(words)).to_have_count(0)
        opened.append((page, words))
    write(people.classmate, "Said while everybody looks on.")
    for page, words in opened:
        expect(page.get_by_text(words)).to_be_visible()


def test_the_dot_in_the_bar_comes_and_goes(
    app: Flask, people: People, thread: Thread, write: Write, open_page: OpenPage
) -> None:
    mine = write(people.student, "My post.")
    page, other = open_live(open_page, thread, people.student), open_page("/notifications", people.student)
    write(people.classmate, "An answer to it.", mine)
    announce(app)
    dot = page.locator(".bar-news")
    expect(dot).to_be_visible()
    other.reload()
    other.get_by_role("button", name="Mark all as read").click()
    expect(dot).to_have_count(0)


def test_a_page_that_is_not_looked_at_asks_for_nothing(
    people: People, thread: Thread, write: Write, open_page: OpenPage
) -> None:
    page = open_live(open_page, thread, people.student)
    page.evaluate(TURN, ["hidden"])
    asked = asked_by(page)
    write(people.classmate, "Unseen for now.")
    page.wait_for_timeout(3000)
    assert asked == []
    page.evaluate(TURN, ["visible"])
    expect(page.locator("#posts > .arrived > button")).to_have_text("1 new post")


def test_a_page_that_was_left_while_it_was_about_to_look_goes_on_looking(
    people: People, thread: Thread, write: Write, open_page: OpenPage
) -> None:
    page = open_live(open_page, thread, people.student)
    page.evaluate(TURN, ["hidden", "visible", "hidden", "visible"])
    write(people.classmate, "Seen all the same.")
    expect(page.locator("#posts > .arrived > button")).to_have_text("1 new post")


def test_without_a_stream_the_page_looks_by_itself(
    app: Flask,
    people: People,
    thread: Thread,
    write: Write,
    open_page: OpenPage,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(app.extensions["live"], "most", 0)
    page = open_live(open_page, thread, people.student)
    write(people.classmate, "Found by looking.")
    expect(page.locator("#posts > .arrived > button")).to_have_text("1 new post")


def test_who_signed_out_elsewhere_is_left_in_peace(
    people: People, thread: Thread, posts: list[int], open_page: OpenPage
) -> None:
    page = open_live(open_page, thread, people.student)
    typed = type_a_reply(page, posts[0])
    with page.expect_response(lambda answer: "/changes" in answer.url and answer.status == 401):
        page.evaluate(
            """() => fetch("/logout", {method: "POST", headers: {
                "X-CSRFToken": document.querySelector('meta[name="csrf-token"]').content}})"""
        )
        page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
        page.evaluate("dispatchEvent(new PageTransitionEvent('pagehide'))")
        page.evaluate("dispatchEvent(new PageTransitionEvent('pageshow'))")
    asked = asked_by(page)
    page.wait_for_timeout(3000)
    assert asked == []
    assert page.evaluate(STATE) == typed
