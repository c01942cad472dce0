"""What a composer offers beside the words, in a real browser."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.support.chromium import Look

pytestmark = pytest.mark.sqlite_only
WAIT = 30_000
WISH = "Post without my name to classmates"


def test_the_wish_to_be_anonymous_stays_with_the_draft_and_others_read_no_name(people, thread, given, open_page, axe):
    given(anonymity="allowed")
    page = open_page(thread.url, people.student)
    page.get_by_label("Your post", exact=True).last.fill("I did not understand any of it.")
    page.get_by_label(WISH).check()
    axe(page)
    page.reload()
    expect(page.get_by_label(WISH)).to_be_checked()
    page.get_by_role("button", name="Post", exact=True).click()
    mine = page.locator(".post", has_text="I did not understand")
    expect(mine.locator(".anonymous")).to_contain_text("they read “Classmate 1”", timeout=WAIT)
    axe(page)
    other = open_page(thread.url, people.classmate)
    post = other.locator(".post", has_text="I did not understand")
    expect(post.locator("header b")).to_have_text("Classmate 1")
    post.get_by_role("link", name="Reply").click()
    expect(other.get_by_label("Reply to Classmate 1")).to_be_focused()
    axe(other)


def test_a_name_is_chosen_with_the_keyboard_alone(people, thread, open_page, axe):
    page = open_page(thread.url, people.student)
    field = page.get_by_label("Your post", exact=True).last
    field.focus()
    page.keyboard.type("Ask @")
    names = page.get_by_role("listbox", name="People of the class")
    expect(names.get_by_role("option")).to_have_text(["Amir TahanAssistant", "Carl Moreau", "Ingrid ValeInstructor"])
    axe(page)
    page.keyboard.press("ArrowDown")
    expect(names.get_by_role("option", selected=True)).to_have_text("Carl Moreau")
    expect(field).to_have_attribute("aria-activedescendant", names.get_by_role("option").nth(1).get_attribute("id"))
    page.keyboard.press("Escape")
    expect(names).to_be_hidden()
    page.keyboard.type("mór")
    expect(names.get_by_role("option")).to_have_text(["Carl Moreau"])
    page.keyboard.press("Enter")
    expect(field).to_have_value("Ask @Carl Moreau ")
    expect(names).to_be_hidden()
    expect(field).to_be_focused()
    page.keyboard.type("and @nobody")
    expect(names).to_be_hidden()
    page.keyboard.press("Control+Enter")
    post = page.locator(".post", has_text="Ask @Carl Moreau")
    expect(post.locator(".mention")).to_have_text("@Carl Moreau", timeout=WAIT)
    axe(page)


def test_a_name_is_chosen_with_a_finger_and_in_the_margin(people, thread, jot, open_page, axe):
    note = jot(people.classmate, "Why not?")
    page = open_page(f"/notes/{note}", people.student, Look(390, 844, touch=True))
    field = page.get_by_label("Your answer")
    field.tap()
    page.keyboard.type("@ing")
    page.get_by_role("option", name="Ingrid Vale").tap()
    expect(field).to_have_value("@Ingrid Vale ")
    expect(field).to_be_focused()
    axe(page)


def test_a_name_is_typed_without_a_script(people, thread, open_page):
    page = open_page(thread.url, people.student, Look(javascript=False))
    page.get_by_label("Your post", exact=True).last.fill("@carl moreau, look")
    page.get_by_role("button", name="Post", exact=True).click()
    expect(page.locator(".mention")).to_have_text("@carl moreau")


def test_a_post_is_quoted_and_so_are_the_words_selected_in_another(people, thread, write, open_page, axe):
    first = write(people.classmate, "It was *fair*, ¶ 1.2 says.")
    second = write(people.instructor, "Who could not come?\n\nAnd _who_ did not want to?")
    page = open_page(thread.url, people.student)
    page.locator(f"#c{first}").get_by_role("link", name="Quote").focus()
    page.keyboard.press("Enter")
    field = page.get_by_label("Reply to Carl Moreau")
    whole = f"> [Quoted post](/comments/{first})\n>\n> It was *fair*, ¶ 1.2 says.\n\n"
    expect(field).to_have_value(whole)
    expect(field).to_be_focused()
    axe(page)
    page.keyboard.type("Is that so?")
    page.locator(f"#c{second} em").dblclick()
    page.locator(f"#c{second}").get_by_role("link", name="Quote").click()
    part = f"\n\n> [Quoted post](/comments/{second})\n>\n> who\n\n"
    expect(field).to_have_value(f"{whole}Is that so?{part}")
    page.keyboard.press("Control+Enter")
    quoting = page.locator(".post", has_text="Is that so?").last
    quoting.get_by_role("link", name="Quoted post").last.click()
    expect(page.locator(f"#c{second}")).to_be_focused()
    axe(page)


def test_a_note_is_quoted_in_its_answer_after_what_was_typed_there(people, thread, jot, open_page, axe):
    note = jot(people.classmate, "Was it *fair*?")
    page = open_page(f"/readings/{thread.assignment}?note={note}", people.student)
    card = page.locator(f"#n{note}")
    page.locator(f'a.hl[href="#n{note}"]').first.click()
    card.get_by_label("Your answer").fill("I had begun.")
    card.get_by_role("link", name="Quote", exact=True).first.click()
    source = f"> [Quoted note](/comments/{note})\n>\n"
    expect(card.get_by_label("Your answer")).to_have_value(f"I had begun.\n\n{source}> Was it *fair*?\n\n")
    card.locator(".prose em").first.dblclick()
    card.get_by_role("link", name="Quote", exact=True).first.click()
    expect(card.get_by_label("Your answer")).to_have_value(re.compile(rf"{re.escape(source)}> fair\n\n$"))
    axe(page)
    page.keyboard.press("Control+Enter")
    expect(card.locator(".replies blockquote").last).to_contain_text("fair")
    card.locator(".replies").get_by_role("link", name="Quote", exact=True).last.click()
    expect(card.get_by_label("Your answer")).to_have_value(
        re.compile(r"^> \[Quoted note\]\(/comments/\d+\)\n>\n> I had begun")
    )


def test_a_sentence_goes_from_the_reading_into_the_discussion_after_what_waits_there(people, thread, open_page):
    page = open_page(thread.url, people.student)
    field = page.get_by_label("Your post", exact=True).last
    field.fill("I had begun.")
    page.goto(f"/readings/{thread.assignment}")
    page.locator(f"#s{thread.sentences[1]}").focus()
    page.keyboard.press("Enter")
    page.get_by_role("link", name="Quote", exact=True).first.click()
    expect(field).to_have_value("I had begun.\n\n> Most people chose the new bridge. (¶ 1.2)\n\n")
    expect(field).to_be_focused()
    page.keyboard.type("Why?")
    page.reload()
    expect(field).to_have_value("I had begun.\n\n> Most people chose the new bridge. (¶ 1.2)\n\nWhy?")
