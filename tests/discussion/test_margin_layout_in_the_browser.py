"""How the margin stands beside the text in a real browser: nothing moves, and much stays readable."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.discussion.conftest import Thread
from tests.support.chromium import Look
from tests.support.people import People

pytestmark = pytest.mark.sqlite_only
OpenPage = Callable[..., Page]
Jot = Callable[..., int]
Answer = Callable[..., int]
Axe = Callable[[Page], None]


@pytest.mark.parametrize("look", [Look(1440), Look(900), Look(390, 844)], ids=["wide", "middling", "phone"])
def test_the_text_never_moves_when_notes_open_and_close(
    people: People, thread: Thread, jot: Jot, answer: Answer, open_page: OpenPage, look: Look
) -> None:
    for number in range(6):
        note = jot(people.classmate, f"Remark {number}. " * 12, at=number % 3)
        answer(people.instructor, note, "A long answer. " * 20)
    page = open_page(f"/readings/{thread.assignment}", people.student, look)
    expect(page.locator(".note").first).to_be_attached()
    before = tops(page)
    page.locator(".hl").first.click()
    expect(page.locator(".note.open")).to_be_visible()
    assert tops(page) == before
    page.keyboard.press("Escape")
    expect(page.locator(".note.open")).to_have_count(0)
    assert tops(page) == before


def tops(page: Page) -> list[float]:
    """Where the sentences stand in the page."""
    found: list[float] = page.evaluate(
        "[...document.querySelectorAll('.sentence')].map(each => each.getBoundingClientRect().top + scrollY)"
    )
    return found


def test_two_hundred_notes_on_one_paragraph_stay_readable(
    people: People, thread: Thread, jot: Jot, open_page: OpenPage, axe: Axe
) -> None:
    for number in range(200):
        start = number % 11
        jot(people.classmate, f"Remark {number}.", at=number % 3, part=(start, start + 9 + number % 7))
    jot(people.classmate, "Elsewhere.", at=3)
    page = open_page(f"/readings/{thread.assignment}", people.student)
    margins = page.locator(".margin")
    expect(margins.first.locator(".more a")).to_have_text(re.compile(r"\d+ more on this paragraph|: 200"))
    for at in range(2):
        expect(margins.nth(at)).to_be_visible()
    boxes = [margins.nth(at).bounding_box() for at in range(2)]
    assert boxes[0] is not None
    assert boxes[1] is not None
    assert boxes[0]["y"] + boxes[0]["height"] <= boxes[1]["y"]
    shown = margins.first.locator("> .note:visible").count()
    hidden = int(re.sub(r"\D", "", margins.first.locator(".more a").inner_text()))
    assert shown + hidden == 200
    assert page.locator("#p1 sup").count() == 3  # one number a sentence, not two hundred letters
    axe(page)
    margins.first.locator(".more a").click()
    listed = page.get_by_role("region", name="Notes on ¶ 1")
    expect(listed.locator(".note")).to_have_count(200)
    expect(listed).to_be_focused()
    page.keyboard.press("Escape")
    expect(listed).to_have_count(0)
    expect(margins.first.locator(".more a")).to_be_focused()


@pytest.mark.parametrize("look", [Look(1440), Look(900), Look(320, 800, dark=True)], ids=str)
def test_the_page_keeps_to_the_rules_at_every_width(
    people: People,
    thread: Thread,
    jot: Jot,
    answer: Answer,
    open_page: OpenPage,
    axe: Axe,
    look: Look,
) -> None:
    note = jot(people.classmate, "Most of whom?", at=1)
    answer(people.instructor, note, "Read on.")
    jot(people.instructor, "“Cheap” is a claim.", at=4)
    jot(people.student, "Mine.", at=0, choice="self")
    jot(people.student, "Help.", at=2, choice="staff")
    page = open_page(f"/readings/{thread.assignment}", people.student, look)
    expect(page.locator("html.scripted")).to_have_count(1)
    axe(page)
    page.goto(f"/readings/{thread.assignment}?note={note}#n{note}")
    expect(page.locator(f"#n{note}")).to_be_visible()
    axe(page)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.goto(f"/readings/{thread.assignment}/paragraphs/1")
    axe(page)
    page.goto(f"/notes/{note}")
    axe(page)
