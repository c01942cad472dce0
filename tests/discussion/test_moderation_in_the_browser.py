"""The list of what waits for staff, by keyboard alone."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask
from playwright.sync_api import Page, expect
from sqlalchemy import update

from core.database import commit, db
from discussion import operations
from discussion.models import Comment
from discussion.operations import Actor
from tests.discussion.conftest import place_of
from tests.support.people import People, Person

pytestmark = pytest.mark.sqlite_only
OpenPage = Callable[..., Page]


@pytest.fixture
def flagged(app: Flask, people: People, write: Callable[..., int], does: Callable[..., None]) -> list[int]:
    """Three posts of the student, each flagged by the classmate, the last one last."""
    posts = [write(people.student, f"Post {number}.") for number in (1, 2, 3)]
    actor, place = Actor(people.classmate.id, people.section), place_of(app, people.classmate)
    for post in posts:
        does(operations.flag_comment, actor, place, post, ("rude", ""))
    return posts


def test_flags_are_worked_off_with_single_keys(
    people: People, flagged: list[int], open_page: OpenPage, axe: Callable[[Page], None]
) -> None:
    page = open_page(f"/classes/{people.section}/moderation", people.instructor)
    first, second, third = (page.locator(f"#m{post}") for post in reversed(flagged))
    axe(page)
    page.keyboard.press("h")  # nothing has the focus
    expect(first).to_be_visible()
    page.keyboard.press("j")
    expect(first).to_be_focused()
    page.keyboard.press("h")
    expect(page.get_by_role("link", name="Hidden 1")).to_be_visible()
    expect(first).to_have_count(0)
    expect(second).to_be_focused()
    page.keyboard.press("j")
    expect(third).to_be_focused()
    page.keyboard.press("k")
    page.keyboard.press("d")
    expect(page.get_by_role("link", name="Flagged 1")).to_be_visible()
    expect(third).to_be_focused()
    page.get_by_role("link", name="Hidden 1").press("Enter")
    expect(page.get_by_role("heading", name="Sofia Lind in “Was it a fair vote?”")).to_be_visible()
    page.keyboard.press("Tab")
    page.locator("#cases > .case").focus()
    page.keyboard.press("s")
    expect(page.get_by_text("Nothing is hidden.")).to_be_visible()


def test_posts_are_approved_and_their_authors_muted_by_key(
    app: Flask, people: People, write: Callable[..., int], open_page: OpenPage, axe: Callable[[Page], None]
) -> None:
    posts = [write(people.student, f"Post {number}.") for number in (1, 2)]
    with app.app_context():
        db.session.execute(update(Comment).values(waits=True))
        commit()
    page = open_page(f"/classes/{people.section}/moderation", people.instructor)
    page.keyboard.press("j")
    expect(page.locator(f"#m{posts[1]}")).to_be_focused()
    page.keyboard.press("a")
    expect(page.get_by_role("link", name="To approve 1")).to_be_visible()
    expect(page.locator(f"#m{posts[0]}")).to_be_focused()
    page.keyboard.press("m")
    page.get_by_label("Why").fill("Enough for today.")
    axe(page)
    page.get_by_role("button", name="Mute").press("Enter")
    page.get_by_role("link", name="Muted 1").press("Enter")
    expect(page.get_by_role("heading", name="Sofia Lind")).to_be_visible()
    axe(page)
    page.locator("#cases > .case").focus()
    page.keyboard.press("u")
    expect(page.get_by_text("Nobody is muted.")).to_be_visible()


def test_what_is_flagged_meanwhile_appears(
    app: Flask, people: People, write: Callable[..., int], does: Callable[..., None], open_page: OpenPage
) -> None:
    post = write(people.student, "Post one.")
    page = open_page(f"/classes/{people.section}/moderation", people.instructor)
    expect(page.get_by_text("Nothing is flagged.")).to_be_visible()
    flag: Person = people.classmate
    does(operations.flag_comment, Actor(flag.id, people.section), place_of(app, flag), post, ("rude", "Look."))
    expect(page.locator(f"#m{post}")).to_contain_text("Look.", timeout=30_000)


@pytest.mark.parametrize(("who", "path"), [("instructor", "/classes/{section}/moderation/log"), ("student", "{flag}")])
def test_the_log_and_the_flag_have_no_barrier(
    people: People,
    flagged: list[int],
    write: Callable[..., int],
    open_page: OpenPage,
    axe: Callable[[Page], None],
    who: str,
    path: str,
) -> None:
    post = write(people.classmate, "Somebody else's post.")
    address = path.format(section=people.section, flag=f"/comments/{post}/flag")
    page = open_page(address, getattr(people, who))
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    axe(page)
