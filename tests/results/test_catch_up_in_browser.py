"""A student who was away catches up on a phone: sees what there is to do, posts, and reads what the class said."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from core.database import commit
from discussion.operations import Actor, DeliverySettings, deliver_prompt, endorse_comment
from tests.quizzes.sitting import Sitting, make_sitting
from tests.results.test_catch_up import take
from tests.support.browsing import Client
from tests.support.chromium import Look
from tests.support.people import People
from tests.support.reading import Reading

pytestmark = pytest.mark.sqlite_only
OpenPage = Callable[..., Page]
PHONE = Look(width=390, height=844, touch=True)


@pytest.fixture
def gated(app: Flask, people: People, reading: Reading) -> Reading:
    """Two own posts open the thread, in which staff endorsed what the classmate wrote."""
    with app.app_context():
        deliver_prompt(people.instructor.id, reading.prompt, reading.assignment, DeliverySettings(2))
        endorse_comment(Actor(people.instructor.id, people.section), reading.classmates_comment)
        commit()
    return reading


def fits(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))


@pytest.mark.parametrize("javascript", [True, False])
def test_a_post_opens_what_the_class_said(
    people: People, gated: Reading, open_page: OpenPage, javascript: bool
) -> None:
    look = Look(width=390, height=844, javascript=javascript, touch=True)
    page = open_page(f"/readings/{gated.assignment}", people.student, look)
    page.get_by_role("link", name="Catch up").click()
    expect(page.locator("h1")).to_have_text("Catch up")
    expect(page.locator(".lead")).to_contain_text("Two things are still to do.")
    assert fits(page)
    expect(page.locator(".said")).to_have_count(0)
    expect(page.locator("main")).not_to_contain_text(people.classmate.name)
    page.get_by_role("link", name="Go on there").click()
    page.locator("#composer textarea").fill("It was worth it for the fishermen.")
    page.locator("#composer").get_by_role("button", name="Post", exact=True).click()
    expect(page.locator("main")).to_contain_text("It was worth it for the fishermen.")
    page.goto(page.url.partition("/discussions/")[0] + f"/readings/{gated.assignment}/catch-up")
    expect(page.locator(".said")).to_contain_text(people.classmate.name)
    expect(page.locator(".said")).to_contain_text("Endorsed")
    expect(page.locator(".lead")).to_contain_text("One thing is still to do.")
    page.get_by_role("link", name="Read it in").click()
    expect(page.locator(f"#c{gated.classmates_comment}")).to_be_visible()


def test_a_missed_question_leads_to_its_passage_and_to_its_place_in_the_result(
    app: Flask, people: People, sign_in: Callable[[Any], Client], open_page: OpenPage
) -> None:
    sitting: Sitting = make_sitting(app, people, types=("single_choice", "short_answer"))
    take(sign_in(people.student), sitting, "short_answer")
    address = f"/readings/{sitting.assignment}/catch-up"
    page = open_page(address, people.student, PHONE)
    assert fits(page)
    page.get_by_role("link", name="Go to the passage").click()
    expect(page.locator(f"#s{sitting.sentences[1]}")).to_be_in_viewport()
    page.go_back()
    page.get_by_role("link", name="See it in your result").click()
    expect(page.locator("#q1")).to_be_in_viewport()
