"""The projector in a real browser: by key, without scripts, and following what becomes of a comment."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from core.database import commit
from discussion.operations import Actor, hide_comment
from tests.quizzes.sitting import make_sitting, save, start
from tests.support.browsing import Client
from tests.support.chromium import Look
from tests.support.people import People, make_students
from tests.support.reading import Reading

pytestmark = pytest.mark.sqlite_only
OpenPage = Callable[..., Page]
PROJECTOR = Look(width=1024, height=768)


@pytest.fixture
def taught(app: Flask, people: People, sign_in: Callable[[Any], Client]) -> str:
    """Six answer a choice, all right; the projector's address."""
    sitting = make_sitting(app, people, types=("single_choice",))
    for student in make_students(app, people.section, 6):
        client = sign_in(student)
        attempt = start(client, sitting)
        save(client, attempt, sitting.items["single_choice"], sitting.fields("single_choice"))
        client.post(f"/attempts/{attempt}/submission")
    return f"/readings/{sitting.assignment}/results/projector"


def test_keys_go_on_back_and_reveal(people: People, taught: str, open_page: OpenPage) -> None:
    page = open_page(taught, people.instructor, PROJECTOR)
    expect(page.locator("h1")).to_contain_text("No points were lost on a passage yet.")
    for name in ("Evidence cited", "Confusion", "Open questions", "Question 1"):
        page.keyboard.press("ArrowRight")
        expect(page.locator(".slides summary")).to_contain_text(name)
    page.keyboard.press("ArrowLeft")
    expect(page.locator(".slides summary")).to_contain_text("Open questions")
    page.keyboard.press("ArrowRight")
    expect(page.locator(".splits li")).to_have_count(4)
    expect(page.locator(".splits b")).to_have_count(0)
    page.keyboard.press("r")
    expect(page.locator(".splits li", has_text="Option 1").locator("b")).to_have_text("6")
    expect(page.locator(".splits .state")).to_have_count(0)
    page.keyboard.press("r")
    expect(page.locator(".splits .right")).to_contain_text("Option 1")
    page.keyboard.press("h")
    expect(page.locator(".splits b")).to_have_count(0)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_key_leads_to_the_passages_with_something_to_say(people: People, taught: str, open_page: OpenPage) -> None:
    page = open_page(f"{taught}?show=missed", people.instructor, PROJECTOR)
    page.keyboard.press("j")
    expect(page.locator("#map-p1")).to_be_focused()


def test_without_scripts_the_links_do_the_same(people: People, taught: str, open_page: OpenPage) -> None:
    page = open_page(f"{taught}?show=question-1", people.instructor, Look(width=1440, javascript=False))
    page.get_by_role("link", name="Show what was answered").click()
    page.get_by_role("link", name="Show what is right").click()
    expect(page.locator(".splits .right")).to_contain_text("Option 1")
    page.get_by_role("link", name="Next").click()
    expect(page.locator("h1")).to_have_text("No comment is chosen")


def test_two_comments_are_chosen_and_one_that_is_hidden_disappears_from_the_screen(
    app: Flask, people: People, reading: Reading, open_page: OpenPage
) -> None:
    page = open_page(f"/readings/{reading.assignment}/results/projector/comments", people.instructor, PROJECTOR)
    for comment in (reading.comment, reading.classmates_comment):
        page.locator(f"#comment-{comment}").check()
    page.get_by_role("button", name="Show them").click()
    expect(page.locator(".shown-post")).to_have_count(2)
    with app.app_context():
        hide_comment(Actor(people.instructor.id, people.section), reading.comment, "Not for everybody.")
        commit()
    expect(page.locator(".shown-post")).to_have_count(1)


@pytest.mark.parametrize("has_scripts", [True, False])
def test_a_post_is_chosen_in_its_thread_and_undone_there(
    people: People, reading: Reading, open_page: OpenPage, has_scripts: bool
) -> None:
    look = Look(width=1024, height=768, javascript=has_scripts)
    page = open_page(f"/discussions/{reading.prompt_delivery}", people.instructor, look)
    page.locator(f"#c{reading.comment}").get_by_role("button", name="Show on the projector").first.click()
    expect(page.locator("#projected")).to_contain_text("without its author")
    page.get_by_role("link", name="Open the projector").click()
    expect(page.locator(".shown-post")).to_have_count(1)
    page.go_back()
    page.locator("#projected").get_by_role("button", name="Undo").click()
    expect(
        page.locator(f"#c{reading.comment}").get_by_role("button", name="Show on the projector").first
    ).to_be_visible()
    expect(page.locator("#projected")).to_have_count(0)


def test_what_is_chosen_in_a_thread_comes_onto_the_open_screen(
    people: People, reading: Reading, open_page: OpenPage
) -> None:
    screen = open_page(f"/readings/{reading.assignment}/results/projector?show=comments", people.instructor, PROJECTOR)
    expect(screen.locator("h1")).to_have_text("No comment is chosen")
    thread = open_page(f"/discussions/{reading.prompt_delivery}", people.assistant, PROJECTOR)
    thread.locator(f"#c{reading.comment}").get_by_role("button", name="Show on the projector").first.click()
    expect(screen.locator(".shown-post")).to_have_count(1, timeout=20_000)


def test_a_menu_holds_the_downloads(people: People, taught: str, open_page: OpenPage) -> None:
    page = open_page(taught.removesuffix("/projector"), people.instructor, Look(width=1440))
    expect(page.get_by_role("link", name="Every answer CSV")).to_be_hidden()
    page.keyboard.press("e")
    with page.expect_download() as downloads:
        page.get_by_role("link", name="Every answer Spreadsheet").click()
    assert downloads.value.suggested_filename.endswith(".xlsx")
    page.keyboard.press("Escape")
    expect(page.get_by_role("link", name="Every answer CSV")).to_be_hidden()
