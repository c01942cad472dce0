"""The editor in a real browser: rows, the passage picker, keys; and the same work without JavaScript."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Page, expect
from sqlalchemy import select

from core.database import commit, db
from quizzes.models import Item, QuestionVersion
from quizzes.operations.authoring import create_quiz
from quizzes.question_types import TYPES
from tests.support.browsing import Client
from tests.support.chromium import Look
from tests.support.people import People, Person
from tests.support.question_forms import add_question_of, item_of
from tests.support.reading import Reading

pytestmark = [pytest.mark.browser, pytest.mark.sqlite_only]
OpenPage = Callable[..., Page]


@pytest.fixture
def quiz(app: Flask, people: People, reading: Reading) -> int:
    """A draft without questions on the reading's article."""
    with app.app_context():
        quiz_id = create_quiz(people.instructor.id, reading.article, "Second look").id
        commit()
    return quiz_id


def _newest(app: Flask, quiz: int) -> QuestionVersion:
    with app.app_context():
        wanted = select(QuestionVersion).join(Item, Item.question_id == QuestionVersion.question_id)
        return db.session.scalars(wanted.where(Item.quiz_id == quiz).order_by(QuestionVersion.id.desc()).limit(1)).one()


def _write_choice(page: Page) -> None:
    page.get_by_label("Question", exact=True).fill("What was decided?")
    page.get_by_label("Option A", exact=True).fill("A bridge")
    page.get_by_label("Option A is right").check()
    page.get_by_label("Option B", exact=True).fill("A ferry")


@pytest.mark.parametrize("javascript", [True, False])
def test_rows_come_and_go_and_nothing_typed_is_lost(
    app: Flask, people: People, quiz: int, open_page: OpenPage, javascript: bool
) -> None:
    look = Look(javascript=javascript)
    page = open_page(f"/quizzes/{quiz}/questions/new?type=single_choice", people.instructor, look)
    _write_choice(page)
    page.get_by_role("button", name="Add another option").click()
    page.get_by_label("Option E", exact=True).fill("A tunnel")
    page.get_by_role("button", name="Take away option B").click()
    expect(page.get_by_label("Option D", exact=True)).to_have_value("A tunnel")
    page.get_by_role("button", name="Save", exact=True).last.click()
    expect(page.get_by_text("Saved.")).to_be_visible()
    version = _newest(app, quiz)
    content = TYPES["single_choice"].read(version.content)
    assert [option.text for option in content.options] == ["A bridge", "A tunnel"]


def test_another_type_takes_along_what_was_written(people: People, reading: Reading, quiz: int, open_page) -> None:
    page = open_page(f"/quizzes/{quiz}/questions/new?type=single_choice", people.instructor)
    page.get_by_label("Question", exact=True).fill("What did they choose?")
    page.get_by_label("Hint").fill("Look at the first paragraph.")
    page.get_by_role("link", name="Choose another type").click()
    page.get_by_role("link", name="Multiple answers").click()
    page.wait_for_url("**type=multiple_answers")
    expect(page.get_by_label("Question", exact=True)).to_have_value("What did they choose?")
    expect(page.get_by_label("Hint")).to_have_value("Look at the first paragraph.")
    page.goto(f"/quizzes/{quiz}/questions/new?type=short_answer")
    expect(page.get_by_label("Question", exact=True)).to_have_value("")


def test_a_number_that_is_typed_is_chosen(people: People, reading: Reading, open_page: OpenPage) -> None:
    page = open_page(f"/quizzes/{reading.quiz}/settings/{reading.assignment}", people.instructor)
    expect(page.get_by_label("No limit")).to_be_checked()
    page.get_by_label("Minutes").fill("20")
    expect(page.get_by_label("Limit to")).to_be_checked()


def test_enter_in_a_field_saves_and_takes_no_row_away(
    app: Flask, people: People, quiz: int, open_page: OpenPage
) -> None:
    page = open_page(f"/quizzes/{quiz}/questions/new?type=single_choice", people.instructor, Look(javascript=False))
    _write_choice(page)
    page.get_by_label("Points", exact=True).press("Enter")
    expect(page.get_by_text("Saved.")).to_be_visible()
    content = TYPES["single_choice"].read(_newest(app, quiz).content)
    assert [option.text for option in content.options] == ["A bridge", "A ferry"]


def test_a_passage_is_chosen_with_the_mouse(
    app: Flask, people: People, reading: Reading, quiz: int, open_page: OpenPage
) -> None:
    page = open_page(f"/quizzes/{quiz}/questions/new?type=evidence", people.instructor)
    page.get_by_label("Question", exact=True).fill("Where does it say so?")
    page.get_by_label("Passage 1", exact=True).focus()
    page.locator(f"#as{reading.sentences[3]}").click()
    page.locator(f"#as{reading.sentences[4]}").click(modifiers=["Shift"])
    expect(page.get_by_label("Passage 1", exact=True)).to_have_value("¶ 2.1–2")
    page.get_by_label("Passage (optional)").focus()
    page.locator(f"#as{reading.sentences[0]}").click()
    expect(page.get_by_label("Passage (optional)")).to_have_value("¶ 1.1")
    page.get_by_role("button", name="Save", exact=True).last.click()
    expect(page.get_by_text("Saved.")).to_be_visible()
    content = TYPES["evidence"].read(_newest(app, quiz).content)
    assert [row.sentences for row in content.passages] == [reading.sentences[3:5]]


def test_a_passage_is_chosen_by_keyboard_alone(people: People, quiz: int, open_page: OpenPage) -> None:
    page = open_page(f"/quizzes/{quiz}/questions/new?type=true_false", people.instructor)
    page.get_by_role("button", name="Choose in the article").focus()
    for key in ("Enter", "ArrowDown", "Enter", "ArrowDown", "Shift+Enter", "Escape"):
        page.keyboard.press(key)
    field = page.get_by_label("Passage (optional)")
    expect(field).to_have_value("¶ 1.2–3")
    expect(field).to_be_focused()


def test_keys_move_and_save_a_question(
    app: Flask, people: People, quiz: int, sign_in: Callable[[Person], Client], open_page: OpenPage
) -> None:
    client: Any = sign_in(people.instructor)
    first, second = (item_of(add_question_of(client, quiz, "true_false", stem=f"Number {at}")) for at in (1, 2))
    page = open_page(f"/quizzes/{quiz}/questions/{second}", people.instructor)
    page.keyboard.press("Alt+ArrowUp")
    expect(page.get_by_role("heading", name="Question 1", exact=True)).to_be_visible()
    with app.app_context():
        order = db.session.scalars(select(Item.id).where(Item.quiz_id == quiz).order_by(Item.position)).all()
    assert list(order) == [second, first]
    page.get_by_label("Question", exact=True).fill("Typed and saved by key")
    page.keyboard.press("Control+s")
    expect(page.get_by_text("Saved.")).to_be_visible()
    assert _newest(app, quiz).stem == "Typed and saved by key"


def test_a_click_in_the_article_never_fills_a_field_that_is_folded_away(
    people: People, quiz: int, reading: Reading, open_page: OpenPage
) -> None:
    page = open_page(f"/quizzes/{quiz}/questions/new?type=true_false", people.instructor)
    page.get_by_label("Question", exact=True).fill("The town votes.")
    page.locator(f"#as{reading.sentences[0]}").click()
    expect(page.get_by_label("Passage (optional)")).to_have_value("¶ 1.1")
    page.get_by_text("Evidence beside the answer").click()
    page.get_by_label("Students also point to the sentences").check()
    page.get_by_label("Passage 1", exact=True).focus()
    page.locator(f"#as{reading.sentences[1]}").click()
    expect(page.get_by_label("Passage 1", exact=True)).to_have_value("¶ 1.2")
    page.get_by_role("button", name="Save", exact=True).last.click()
    expect(page.get_by_text("Saved.")).to_be_visible()
    expect(page.get_by_label("Passage 1", exact=True)).to_have_value("¶ 1.2")
