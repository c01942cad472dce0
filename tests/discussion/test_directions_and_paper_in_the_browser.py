"""Posts in two directions, and a discussion and a text from right to left on paper."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from articles.models import Article
from core.database import commit, db
from tests.discussion.conftest import Thread
from tests.support.people import People

pytestmark = pytest.mark.sqlite_only
OpenPage = Callable[..., Page]
ANSWER = "لا أوافق على هذا."


def test_each_paragraph_of_a_post_has_its_own_direction(
    people: People, thread: Thread, write: Callable[..., int], open_page: OpenPage
) -> None:
    post = write(people.classmate, f"> [Quoted post](/comments/1)\n>\n> It was fair.\n\n{ANSWER}")
    page = open_page(thread.url, people.student)
    words = page.locator(f"#c{post} .prose > p").last
    expect(words).to_have_text(ANSWER)
    # Where the words end on the line: at the right of the paragraph, not at its left.
    gap = words.evaluate(
        """(p) => {
            const range = document.createRange();
            range.selectNodeContents(p);
            return [p.getBoundingClientRect().right - range.getBoundingClientRect().right,
                    range.getBoundingClientRect().left - p.getBoundingClientRect().left];
        }"""
    )
    assert gap[0] < 2 < gap[1]


def test_on_paper_a_discussion_has_words_and_no_controls(
    people: People, thread: Thread, write: Callable[..., int], open_page: OpenPage
) -> None:
    post = write(people.classmate, "Most of whom?")
    page = open_page(thread.url, people.instructor)
    page.emulate_media(media="print")
    expect(page.locator(f"#c{post}")).to_contain_text("Most of whom?")
    for control in ("footer", ".react > button", ".to-end"):
        for each in page.locator(f"#c{post} {control}").all():
            expect(each).to_be_hidden()
    for control in (".composer-closed", ".thread-end", ".quoting"):
        expect(page.locator(control).first).to_be_hidden()


def test_a_text_from_right_to_left_fits_its_paper_with_its_numbers(
    app: Flask, people: People, thread: Thread, open_page: OpenPage
) -> None:
    with app.app_context():
        article = db.session.get_one(Article, thread.article)
        article.language, article.direction = "ar", "rtl"
        commit()
    page = open_page(f"/readings/{thread.assignment}", people.student)
    expect(page.locator('.text[dir="rtl"], [dir="rtl"] .text').first).to_be_visible()
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 800, "height": 1100})
    expect(page.locator(".para .n").first).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
