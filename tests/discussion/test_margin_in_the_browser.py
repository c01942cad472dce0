"""The margin in a real browser: by keyboard alone, by finger on a phone, with the mouse, and without a script."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from flask import Flask
from playwright.sync_api import Page, expect
from sqlalchemy import select

from articles.models import Span
from core.database import db
from discussion.models import Comment, ConfusionMark
from tests.browser.hands import Keyboard
from tests.discussion.conftest import Thread
from tests.support.chromium import Look
from tests.support.people import People

pytestmark = pytest.mark.sqlite_only
OpenPage = Callable[..., Page]
Jot = Callable[..., int]
Answer = Callable[..., int]
Axe = Callable[[Page], None]
PHONE = Look(390, 844, touch=True)


def quotes(app: Flask) -> list[tuple[str, str, str, str]]:
    """What the database holds of each note: the words it is on, what it says, whom it is for, and its kind."""
    found = select(Span.quote, Comment.body, Comment.visibility, Comment.kind).join(Span, Span.id == Comment.span_id)
    with app.app_context():
        return [tuple(row) for row in db.session.execute(found.order_by(Comment.id))]


def marks(app: Flask) -> list[int]:
    """The sentences that are marked as hard."""
    with app.app_context():
        return list(db.session.scalars(select(ConfusionMark.sentence_id)))


def test_a_note_is_read_and_answered_by_keyboard_alone(
    people: People, thread: Thread, jot: Jot, answer: Answer, open_page: OpenPage, axe: Axe
) -> None:
    theirs = jot(people.classmate, "Most of whom?", at=1)
    answer(people.instructor, theirs, "Read on.")
    keys = Keyboard(open_page(f"/readings/{thread.assignment}", people.student))
    page, press = keys.page, keys.page.keyboard.press
    sentences = page.locator(".para .sentence")
    keys.reach(sentences.first)
    press("ArrowRight")
    expect(sentences.nth(1)).to_be_focused()
    expect(page.locator("#announcer")).to_have_text("¶ 1.2, notes: 1")
    # From the text to its note and back.
    press("o")
    note = page.locator(f"#n{theirs}")
    expect(note).to_be_focused()
    expect(note).to_contain_text("Read on.")
    axe(page)
    keys.fill(note.get_by_label("Your answer"), "Of those who came.")
    press("Control+Enter")
    expect(note.locator(".replies")).to_contain_text("Of those who came.")
    expect(note).to_be_focused()
    press("Escape")
    expect(sentences.nth(1)).to_be_focused()


def test_a_note_on_two_sentences_is_written_by_keyboard_alone(
    app: Flask, thread: Thread, people: People, open_page: OpenPage, axe: Axe
) -> None:
    keys = Keyboard(open_page(f"/readings/{thread.assignment}", people.student))
    page, press = keys.page, keys.page.keyboard.press
    sentences = page.locator(".para .sentence")
    keys.reach(sentences.first)
    press("j")
    expect(sentences.nth(3)).to_be_focused()
    press("Shift+ArrowDown")  # takes another sentence in
    expect(page.locator("#announcer")).to_have_text("¶ 2.1–2")
    press("n")
    field = page.get_by_label("Your note")
    expect(field).to_be_focused()
    page.keyboard.insert_text("Cheap for whom?")
    keys.tick(page.get_by_label("Question"))
    axe(page)
    keys.press("Post note")
    new = page.locator(".margin > .note.open")
    expect(new).to_be_focused()
    expect(new).to_contain_text("Cheap for whom?")
    expect(page.locator("#announcer")).to_have_text("Posted")
    expect(page.locator('.spine a[href="#p2"] b')).to_have_text("1")
    words = "The bridge will cost 4.5 million crowns. Dr. Lund, who leads the council, called it cheap."
    assert quotes(app) == [(words, "Cheap for whom?", "class", "question")]
    press("Escape")
    expect(sentences.nth(3)).to_be_focused()


def test_what_is_hard_is_marked_and_the_mark_taken_back_by_keyboard_alone(
    app: Flask, thread: Thread, people: People, open_page: OpenPage, axe: Axe
) -> None:
    keys = Keyboard(open_page(f"/readings/{thread.assignment}", people.student))
    page, press = keys.page, keys.page.keyboard.press
    first = page.locator(".para .sentence").first
    keys.reach(first)
    press("c")
    expect(first).to_have_class(re.compile("hard"))
    expect(first).to_be_focused()
    assert marks(app) == [thread.sentences[0]]
    press("Enter")
    expect(page.get_by_role("toolbar", name="This sentence")).to_be_visible()
    axe(page)
    keys.press("I am confused here")
    expect(first).not_to_have_class(re.compile("hard"))
    assert marks(app) == []


def test_the_whole_margin_by_finger_on_a_phone(
    app: Flask, people: People, thread: Thread, jot: Jot, open_page: OpenPage, axe: Axe
) -> None:
    theirs = [jot(people.classmate, f"Remark {number}.", at=1) for number in range(3)]
    page = open_page(f"/readings/{thread.assignment}", people.student, PHONE)
    tools = page.get_by_role("toolbar", name="This sentence")
    page.locator(f"#s{thread.sentences[0]}").tap()
    expect(tools).to_be_visible()
    axe(page)
    tools.get_by_role("button", name="Write a note").tap()
    page.get_by_label("Your note").fill("On a Tuesday?")
    page.get_by_label("Only me").tap()
    axe(page)
    page.get_by_role("button", name="Post note").tap()
    sheet = page.locator(".margin > .note.open")
    expect(sheet).to_contain_text("Only you can see this")
    axe(page)
    assert quotes(app)[3:] == [("The harbour town voted on Tuesday.", "On a Tuesday?", "self", "comment")]
    box = sheet.get_by_role("link", name="Close").bounding_box()
    assert box is not None
    assert min(box["width"], box["height"]) >= 44
    sheet.get_by_role("link", name="Close").tap()
    expect(sheet).to_be_hidden()
    # A sentence that has notes opens them; from there one marks it as hard.
    page.locator(f"#s{thread.sentences[1]} mark").tap()
    expect(page.locator(f"#n{theirs[0]}")).to_be_visible()
    page.locator(f"#n{theirs[0]}").get_by_role("link", name="More on this sentence").tap()
    tools.get_by_role("button", name="I am confused here").tap()
    expect(page.locator(f"#s{thread.sentences[1]}")).to_have_class(re.compile("hard"))
    assert marks(app) == [thread.sentences[1]]
    # The count above a paragraph opens all of its notes.
    page.locator("#p1 .peek").tap()
    listed = page.get_by_role("region", name="Notes on ¶ 1")
    expect(listed.locator(".note")).to_have_count(4)
    axe(page)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_words_selected_with_the_mouse_are_what_the_note_is_on(
    app: Flask, people: People, thread: Thread, open_page: OpenPage
) -> None:
    page = open_page(f"/readings/{thread.assignment}", people.student)
    select_words(page, thread.sentences[0], 4, thread.sentences[0], 16)
    page.get_by_role("button", name="Write a note").click()
    expect(page.locator("[data-quote]")).to_have_text("harbour town")
    page.get_by_label("Your note").fill("Which one?")
    page.get_by_role("button", name="Post note").click()
    expect(page.locator(".hl.chosen mark")).to_have_text("harbour town")
    # The letters that stand in the text now are none of its words.
    select_words(page, thread.sentences[0], 12, thread.sentences[1], 4)
    page.get_by_role("button", name="Write a note").click()
    expect(page.locator("[data-quote]")).to_have_text("town voted on Tuesday. Most")
    page.get_by_label("Your note").fill("Most of the town?")
    page.get_by_role("button", name="Post note").click()
    expect(page.locator(".margin > .note.open")).to_contain_text("Most of the town?")
    assert [quote for quote, *_rest in quotes(app)] == ["harbour town", "town voted on Tuesday. Most"]


def select_words(page: Page, first: int, start: int, last: int, end: int) -> None:
    """Select from one place to another as a mouse does; places are code points of a sentence's own words."""
    page.evaluate(
        """([first, start, last, end]) => {
            const at = (id, offset) => {
              const walker = document.createTreeWalker(document.getElementById(`s${id}`), NodeFilter.SHOW_TEXT);
              while (walker.nextNode()) {
                if (walker.currentNode.parentElement.closest("sup")) continue;
                if (offset <= walker.currentNode.length) return [walker.currentNode, offset];
                offset -= walker.currentNode.length;
              }
            };
            getSelection().setBaseAndExtent(...at(first, start), ...at(last, end));
        }""",
        [first, start, last, end],
    )


def test_the_margin_works_without_a_script(
    app: Flask, people: People, thread: Thread, jot: Jot, answer: Answer, open_page: OpenPage
) -> None:
    theirs = jot(people.classmate, "Most of whom?", at=1)
    answer(people.instructor, theirs, "Read on.")
    page = open_page(f"/readings/{thread.assignment}", people.student, Look(390, 844, javascript=False))
    note = page.locator(f"#n{theirs}")
    expect(note).to_be_hidden()
    page.locator(f"#s{thread.sentences[1]} .hl").first.click()
    expect(note).to_be_visible()
    expect(note).to_contain_text("Read on.")
    note.get_by_role("link", name="Answer").click()
    page.get_by_label("Your answer").fill("Of those who came.")
    page.get_by_role("button", name="Answer").click()
    expect(page.locator(f"#n{theirs}")).to_contain_text("Of those who came.")
    page.get_by_role("link", name="Close").locator("visible=true").click()
    expect(page.locator(f"#n{theirs}")).to_be_hidden()
    page.get_by_role("link", name="Notes on ¶ 2").click()
    page.get_by_label("called it cheap").check()
    page.get_by_label("Your note").fill("Cheap for whom?")
    page.get_by_role("button", name="Post note").click()
    expect(page.locator(".note:target")).to_contain_text("Cheap for whom?")
    page.goto(f"/readings/{thread.assignment}/paragraphs/2")
    page.get_by_role("button", name="I am confused here").click()
    expect(page.locator(f"#s{thread.sentences[3]}")).to_have_class(re.compile("hard"))
    assert quotes(app)[1][:2] == ("Dr. Lund, who leads the council, called it cheap.", "Cheap for whom?")


def test_an_empty_note_is_not_sent_and_not_opened_again(people: People, thread: Thread, open_page: OpenPage) -> None:
    page = open_page(f"/readings/{thread.assignment}", people.student, Look(width=390, touch=True))
    page.locator(f"#s{thread.sentences[0]}").tap()
    page.get_by_role("button", name="Write a note").tap()
    page.get_by_role("button", name="Post note").tap()
    expect(page.get_by_role("alert")).to_have_text("Write something first.")
    expect(page.get_by_label("Your note")).to_be_focused()
    page.reload()
    expect(page.locator(f"#s{thread.sentences[0]}")).to_be_visible()
    expect(page.locator(".note.compose")).to_have_count(0)


def test_on_a_phone_a_tap_elsewhere_moves_an_empty_note_and_leaves_a_written_one(
    people: People, thread: Thread, open_page: OpenPage
) -> None:
    page = open_page(f"/readings/{thread.assignment}", people.student, Look(width=390, height=500, touch=True))
    first, last = (page.locator(f"#s{thread.sentences[at]}") for at in (0, -1))
    first.tap()
    page.get_by_role("button", name="Write a note").tap()
    page.evaluate("scrollTo(0, 0)")
    last.dispatch_event("click")
    expect(page.locator(".note.compose")).to_have_count(0)
    bar = page.locator("[data-at-sentence]").bounding_box()
    words = last.bounding_box()
    assert bar
    assert words
    assert words["y"] + words["height"] <= bar["y"]
    page.get_by_role("button", name="Write a note").tap()
    page.get_by_label("Your note").fill("When, then?")
    first.dispatch_event("click")
    expect(page.locator("[data-at-sentence]")).to_be_hidden()
    expect(page.locator("[data-quote]")).to_have_text("Work begins in spring.")


def test_a_note_survives_a_lost_line_and_is_sent_once(
    app: Flask, people: People, thread: Thread, open_page: OpenPage
) -> None:
    page = open_page(f"/readings/{thread.assignment}", people.student)
    page.locator(f"#s{thread.sentences[0]}").click()
    page.get_by_role("button", name="Write a note").click()
    page.get_by_label("Your note").fill("Kept words.")
    page.context.set_offline(True)
    page.get_by_role("button", name="Post note").click()
    expect(page.get_by_role("alert")).to_contain_text("Your words are kept here")
    page.context.set_offline(False)
    page.reload()
    expect(page.get_by_label("Your note")).to_have_value("Kept words.")
    expect(page.locator("[data-quote]")).to_have_text("The harbour town voted on Tuesday.")
    page.get_by_role("button", name="Post note").click()
    expect(page.locator(".note.open")).to_contain_text("Kept words.")
    page.reload()
    expect(page.locator(".note.compose")).to_have_count(0)
    assert [body for _quote, body, *_rest in quotes(app)] == ["Kept words."]
