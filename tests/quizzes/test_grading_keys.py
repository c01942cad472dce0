"""Grading with the keyboard: single keys pick levels and save, never while one types, and can be switched off."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select, update

from classroom.models import User
from core.database import commit, db
from core.points import POINT
from quizzes.models import GradeDraft
from tests.support.question_forms import WORDS

RUBRIC = {"rubric-0-text": "Reasons", "rubric-0-levels": "0 None\n1 One\n2 Both"}
RUBRIC |= {"rubric-1-text": "Words", "rubric-1-levels": "0 Copied\n2 Own"}


@pytest.fixture
def pile(school, people, sign_in, open_page: Callable[..., Page]) -> Page:
    """The pile of the open question, with two answers that have a rubric."""
    client = sign_in(people.instructor)
    item = school.sitting.items["open_answer"]
    answer = client.post(f"/quizzes/{school.sitting.quiz}/questions/{item}", data={**WORDS, "points": "1", **RUBRIC})
    assert answer.status_code == 303
    for at in (4, 5):
        school.sit(at, open_answer="Two reasons.")
    return open_page(f"/deliveries/{school.sitting.delivery}/grading/{item}", people.instructor)


def drafts(school):
    with school.app.app_context():
        return list(db.session.scalars(select(GradeDraft.points)))


def to_one_with_a_rubric(pile):
    for number in range(1, 7):
        expect(pile.locator(".page-head .meta").first).to_contain_text(f"Answer {number} of 6")
        if pile.locator("[data-criterion]").count():
            return
        pile.keyboard.press("j")


def test_levels_are_picked_and_saved_by_single_keys(school, pile):
    to_one_with_a_rubric(pile)
    told = pile.get_by_text("The levels give")
    pile.keyboard.press("2")
    expect(told).to_be_hidden()
    pile.keyboard.press("2")
    expect(pile.locator("[data-criterion] :checked")).to_have_count(2)
    expect(told).to_have_text("The levels give 0.75 of 1 points.")
    pile.reload()
    expect(pile.get_by_text("You began this grade and have not saved it.")).to_be_visible()
    expect(pile.locator("[data-criterion] :checked")).to_have_count(2)
    expect(told).to_have_text("The levels give 0.75 of 1 points.")
    pile.keyboard.press("s")
    expect(pile.get_by_text("Saved as a draft.")).to_be_visible()
    assert drafts(school) == [3 * POINT // 4]


def test_keys_do_nothing_while_one_types_or_when_they_are_switched_off(school, pile):
    pile.keyboard.press("c")
    pile.keyboard.type("sn 123?")
    expect(pile.locator("#comment")).to_have_value("sn 123?")
    with school.app.app_context():
        db.session.execute(update(User).values(single_keys=False))
        commit()
    pile.reload()
    for key in "s2":
        pile.keyboard.press(key)
    expect(pile.locator("[data-criterion] :checked")).to_have_count(0)
    pile.keyboard.press("j")
    expect(pile.locator(".page-head .meta").first).to_contain_text("Answer 1 of 6")
    assert drafts(school) == []
