"""A newcomer writes a six-question quiz on the article, by keyboard alone and by pasting; nothing typed is lost."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import pytest
from flask import Flask
from playwright.sync_api import Page, expect
from sqlalchemy import select

from articles.models import Span
from core.database import commit, db
from quizzes.models import Item, QuestionSpan, QuestionVersion
from quizzes.operations.authoring import create_quiz
from quizzes.question_types import TYPES
from tests.support.chromium import Look
from tests.support.patience import hold
from tests.support.people import People
from tests.support.reading import Reading

pytestmark = [pytest.mark.browser, pytest.mark.sqlite_only]
OpenPage = Callable[..., Page]
# What a person does on the way besides typing the words themselves.
MOST_KEYS = 150
LIST = """1. Who signed? ¶ 1.2
a) Ann
*b) Bob

2. When was it?
*a) Then
b) Now

It was over. {F}
It went on. {T}
Who was there? {=Ann =Anna}

Why so?
"""


@pytest.fixture
def quiz(app: Flask, people: People, reading: Reading) -> int:
    """A draft without questions on the reading's article."""
    with app.app_context():
        quiz_id = create_quiz(people.instructor.id, reading.article, "Second look").id
        commit()
    return quiz_id


@dataclass
class Keys:
    """A keyboard that counts what is pressed; words count as one step."""

    page: Page
    pressed: list[str] = field(default_factory=list)

    def press(self, *keys: str) -> None:
        for key in keys:
            self.pressed.append(key)
            self.page.keyboard.press(key)

    def type(self, words: str) -> None:
        self.pressed.append("words")
        self.page.keyboard.insert_text(words)

    def tab_to(self, name: str) -> None:
        """Press Tab until the element with this name has the focus."""
        for _turn in range(40):
            if self.page.evaluate("document.activeElement.getAttribute('aria-label') ?? ''") == name:
                return
            labels = "[...(document.activeElement.labels ?? [])].map((label) => label.textContent.trim())"
            if name in self.page.evaluate(labels):
                return
            if name == self.page.evaluate("document.activeElement.textContent.trim()"):
                return
            self.press("Tab")
        raise AssertionError(f"Tab does not come to {name}")


def _types(app: Flask, quiz: int) -> list[str]:
    with app.app_context():
        rows = select(QuestionVersion.type).join(Item, Item.question_id == QuestionVersion.question_id)
        return list(db.session.scalars(rows.where(Item.quiz_id == quiz).order_by(Item.position)))


def _anchors(app: Flask, quiz: int) -> list[tuple[int, int]]:
    with app.app_context():
        rows = db.session.execute(
            select(Span.first_sentence_id, Span.last_sentence_id)
            .join(QuestionSpan, QuestionSpan.span_id == Span.id)
            .join(QuestionVersion, QuestionVersion.id == QuestionSpan.question_version_id)
            .join(Item, Item.question_id == QuestionVersion.question_id)
            .where(Item.quiz_id == quiz)
            .order_by(Item.position)
        )
        return [(first, last) for first, last in rows]


def _choice(keys: Keys, number: int) -> None:
    keys.type(f"What does the article say, number {number}?")
    keys.tab_to("Option A is right")
    keys.press("Space")
    keys.tab_to("Option A")
    keys.type("This")
    keys.tab_to("Option B")
    keys.type("That")


def _is_new(page: Page, number: int) -> None:
    expect(page.locator("[data-questions] ol li")).to_have_count(number)
    expect(page.get_by_label("Question", exact=True)).to_be_focused()


def test_six_questions_are_written_by_keyboard_alone(
    app: Flask, people: People, reading: Reading, quiz: int, open_page: OpenPage
) -> None:
    page = open_page(f"/quizzes/{quiz}", people.instructor)
    keys = Keys(page)
    expect(page.get_by_role("heading", name="New question")).to_be_focused()  # a new quiz begins where its work does
    keys.tab_to("Single choice")
    keys.press("Enter")
    expect(page.get_by_label("Question", exact=True)).to_be_focused()
    _choice(keys, 1)
    keys.tab_to("Choose in the article")
    keys.press("Enter", "ArrowDown", "Enter", "ArrowDown", "Shift+Enter", "Escape", "Control+Enter")
    for number in range(2, 6):
        _is_new(page, number - 1)
        _choice(keys, number)
        keys.press("Control+Enter")
    _is_new(page, 5)
    _choice(keys, 6)
    keys.press("Control+s")
    expect(page.get_by_text("Saved.")).to_be_visible()
    assert _types(app, quiz) == ["single_choice"] * 6
    assert _anchors(app, quiz) == [(reading.sentences[1], reading.sentences[2])]
    assert len(keys.pressed) <= MOST_KEYS


def test_six_questions_are_pasted_in_a_dozen_steps(
    app: Flask, people: People, reading: Reading, quiz: int, open_page: OpenPage
) -> None:
    page = open_page(f"/quizzes/{quiz}", people.instructor)
    keys = Keys(page)
    keys.tab_to("Paste a list")
    keys.press("Enter")
    expect(page.get_by_label("Questions", exact=True)).to_be_focused()
    keys.type(LIST)
    expect(page.get_by_role("heading", name="Six questions")).to_be_visible()
    keys.tab_to("Add six questions")
    keys.press("Enter")
    expect(page.get_by_text("Six questions are added.")).to_be_visible()
    wanted = ["single_choice", "single_choice", "true_false", "true_false", "short_answer", "open_answer"]
    assert _types(app, quiz) == wanted
    assert _anchors(app, quiz) == [(reading.sentences[1], reading.sentences[1])]
    assert len(keys.pressed) <= 20, keys.pressed
    page.goto(f"/quizzes/{quiz}/questions/paste")
    expect(page.get_by_label("Questions", exact=True)).to_have_value("")


def test_a_line_that_is_not_understood_is_one_click_away(people: People, quiz: int, open_page: OpenPage) -> None:
    page = open_page(f"/quizzes/{quiz}/questions/paste", people.instructor)
    field = page.get_by_label("Questions", exact=True)
    field.fill(LIST + "\nWho? {=Ann")
    page.get_by_role("link", name="Line 15").click()
    expect(field).to_be_focused()
    chosen = "field => field.value.slice(field.selectionStart, field.selectionEnd)"
    assert field.evaluate(chosen) == "Who? {=Ann"
    expect(page.get_by_role("button", name="Add six questions")).to_have_count(0)


@pytest.mark.parametrize("kind", TYPES)
def test_the_question_is_shown_as_it_is_typed(people: People, quiz: int, open_page: OpenPage, kind: str) -> None:
    page = open_page(f"/quizzes/{quiz}/questions/new?type={kind}", people.instructor)
    page.get_by_role("button", name="What students see").click()
    page.get_by_label("Question", exact=True).fill("What *was* it?")
    seen = page.locator("#side-seen")
    expect(seen.locator("em")).to_have_text("was")
    expect(seen.get_by_text("Nothing is saved yet.")).to_be_visible()


def test_words_that_were_not_saved_come_back(app: Flask, people: People, quiz: int, open_page: OpenPage) -> None:
    address = f"/quizzes/{quiz}/questions/new?type=single_choice"
    page = open_page(address, people.instructor)
    page.get_by_label("Question", exact=True).fill("Half a question")
    page.get_by_role("button", name="Add another option").click()
    page.get_by_label("Option E", exact=True).fill("The fifth")
    page.goto("/")
    page.goto(address)
    page.get_by_role("button", name="Bring them back").click()
    expect(page.get_by_label("Question", exact=True)).to_have_value("Half a question")
    expect(page.get_by_label("Option E", exact=True)).to_have_value("The fifth")
    page.get_by_label("Option A", exact=True).fill("The first")
    page.get_by_label("Option A is right").check()
    page.get_by_role("button", name="Save", exact=True).last.click()
    expect(page.get_by_text("Saved.")).to_be_visible()
    page.goto(address)
    expect(page.get_by_role("button", name="Bring them back")).to_be_hidden()
    assert _types(app, quiz) == ["single_choice"]


def test_words_typed_before_the_scripts_have_come_come_back_as_well(
    people: People, quiz: int, open_page: OpenPage
) -> None:
    address = f"/quizzes/{quiz}/questions/new?type=true_false"
    page = open_page("/account", people.instructor, Look(hasty=True))
    held = hold(page, "**/bundles/app-editor*.js*")
    page.goto(address, wait_until="commit")
    page.get_by_label("Question", exact=True).fill("Typed in haste")
    held.let_go()
    page.unroute("**/bundles/app-editor*.js*")
    page.wait_for_load_state()
    page.goto("/")
    page.goto(address)
    page.get_by_role("button", name="Bring them back").click()
    expect(page.get_by_label("Question", exact=True)).to_have_value("Typed in haste")
    page.wait_for_load_state()


def test_saving_and_going_on_works_without_javascript(
    app: Flask, people: People, quiz: int, open_page: OpenPage
) -> None:
    look = Look(javascript=False)
    page = open_page(f"/quizzes/{quiz}/questions/new?type=true_false", people.instructor, look)
    page.get_by_label("Question", exact=True).fill("It is so.")
    page.get_by_label("Passage (optional)").fill("1.2")
    page.get_by_role("button", name="Save and write the next").click()
    expect(page.get_by_role("heading", name="New question")).to_be_visible()
    expect(page.get_by_label("Question", exact=True)).to_have_value("")
    assert _types(app, quiz) == ["true_false"]
    assert len(_anchors(app, quiz)) == 1


def test_sentences_are_chosen_by_selecting_their_words(people: People, quiz: int, open_page: OpenPage) -> None:
    page = open_page(f"/quizzes/{quiz}/questions/new?type=true_false", people.instructor)
    words = page.locator("[data-picker] .para .sentence")
    for at, step in ((0, "down"), (1, "up")):
        box = words.nth(at).bounding_box()
        assert box
        page.mouse.move(box["x"] + 8 + 90 * at, box["y"] + 8)
        getattr(page.mouse, step)()
    expect(page.get_by_label("Passage (optional)")).to_have_value("¶ 1.1–2")
