"""Every question type is answered in full by keyboard alone, by thumb on a phone, and without JavaScript."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect
from sqlalchemy import update

from core.database import commit, db
from core.points import FRACTION_ONE, POINT
from quizzes.deliveries import DeliveryRules
from quizzes.models import QuestionVersion
from quizzes.question_types import TYPES
from tests.browser.hands import Hands, Keyboard, Thumb
from tests.quizzes.samples import SAMPLES, SECRET
from tests.quizzes.sitting import Sitting, start, stored_answers, stored_attempt
from tests.support.chromium import Look

pytestmark = [pytest.mark.slow, pytest.mark.sqlite_only]
SAVED = re.compile(r"Saved \d\d:\d\d")
PHONE = {"width": 390, "height": 844, "touch": True}
WAYS = {
    "keyboard": (Keyboard, Look()),
    "thumb": (Thumb, Look(**PHONE)),
    "keyboard, no script": (Keyboard, Look(javascript=False)),
    "thumb, no script": (Thumb, Look(javascript=False, **PHONE)),
}
CONTROL = re.compile(r"^\s*- (?:textbox|radio|checkbox|combobox|button|group|option|listbox)\b(?! \")", re.MULTILINE)
"""A line of what a screen reader is told: something to be used, or a group, without a name."""


def tick(role: str, *names: str) -> Callable[[Hands], None]:
    def give(hands: Hands) -> None:
        for name in names:
            hands.tick(hands.page.get_by_role(role, name=name, exact=True))  # type: ignore[arg-type]

    return give


def write(text: str) -> Callable[[Hands], None]:
    return lambda hands: hands.fill(hands.page.locator(".q").get_by_role("textbox"), text)


def choose(**pairs: str) -> Callable[[Hands], None]:
    def give(hands: Hands) -> None:
        for label, words in pairs.items():
            hands.select(hands.page.get_by_label(label.replace("_", " "), exact=True), words)

    return give


def point_at(*starts: str) -> Callable[[Hands], None]:
    def give(hands: Hands) -> None:
        for words in starts:
            hands.tick(hands.page.locator("label.sent", has_text=words).locator("input"))

    return give


def put_in_order(hands: Hands) -> None:
    """By its numbers with keys, by its arrows with a thumb."""
    steps = ["The vote", "The plan", "The bridge", "The feast"]
    rows = hands.page.locator("[data-what]")
    if isinstance(hands, Keyboard):
        for place, words in enumerate(steps, 1):
            hands.select(hands.page.get_by_label(f"Number of “{words}”"), str(place))
        return
    for place, words in enumerate(steps):
        while (at := rows.all_inner_texts().index(words)) > place:
            hands.press(f"Move up: {words}")
            expect(rows.nth(at - 1)).to_have_text(words)


GIVEN: dict[str, Callable[[Hands], None]] = {
    "single_choice": tick("radio", "Option 1"),
    "true_false": tick("radio", "False"),
    "multiple_answers": tick("checkbox", "Option 0", "Option 2"),
    "short_answer": write(f"{SECRET} kursk"),
    "numeric": write("10,000"),
    "matching": choose(The_pact="2024", The_war="1950", The_speech="2024"),
    "ordering": put_in_order,
    "blanks": choose(Gap_1_of_2="bridge", Gap_2_of_2="spring"),
    "evidence": point_at("The bridge will cost"),
    "open_answer": write("Because of the pact."),
    "poll": tick("checkbox", "Option 0", "Option 2"),
}


def answer(hands: Hands, give: Callable[[Hands], None], *, has_script: bool) -> None:
    """Answer the question on this page, whose every control has a name, and go on."""
    told = hands.page.locator("form[data-attempt]").aria_snapshot()
    assert not CONTROL.search(told), told
    give(hands)
    if has_script:
        expect(hands.page.locator("[data-save]")).to_have_text(SAVED)
    assert hands.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    hands.press("Continue", hands.page.locator(".ask-end"))


def hand_in(hands: Hands) -> None:
    """Look at the answers once more, and hand them in."""
    hands.arrive("Check your answers")
    expect(hands.page.get_by_text("No answer yet")).to_have_count(0)
    hands.press("Hand in")
    hands.page.wait_for_url("**/result")


def test_every_type_has_a_way() -> None:
    assert set(GIVEN) == set(TYPES)


@pytest.mark.parametrize("way", WAYS)
def test_every_type_is_answered_right_with_any_hands(app, sitting, people, sign_in, open_page, way):
    kind, look = WAYS[way]
    attempt = start(sign_in(people.student), sitting)
    hands = kind(open_page(f"/attempts/{attempt}/questions/1", people.student, look))
    for name in sitting.items:
        hands.arrive(f"What about {name}?")
        answer(hands, GIVEN[name], has_script=look.javascript)
    hand_in(hands)
    graded = {name: stored_answers(app, attempt)[item].fraction for name, item in sitting.items.items()}
    assert graded == {name: None if TYPES[name].needs_person else FRACTION_ONE for name in TYPES}


@pytest.mark.parametrize("way", WAYS)
def test_several_sentences_are_pointed_at_with_any_hands(app, sit, people, sign_in, open_page, way):
    kind, look = WAYS[way]
    sitting = sit(DeliveryRules(), None, ("evidence",))
    ask_for_all_of(app, sitting, 3, 5)
    attempt = start(sign_in(people.student), sitting)
    hands = kind(open_page(f"/attempts/{attempt}/questions/1", people.student, look))
    answer(hands, point_at("The bridge will cost", "Work begins"), has_script=look.javascript)
    hand_in(hands)
    assert stored_answers(app, attempt)[sitting.items["evidence"]].fraction == FRACTION_ONE


@pytest.mark.parametrize("way", WAYS)
def test_a_choice_and_its_evidence_are_given_and_tried_again_with_any_hands(app, sit, people, sign_in, open_page, way):
    kind, look = WAYS[way]
    sitting = sit(DeliveryRules(second_try_percent=50), None, ("single_choice+evidence",))
    attempt = start(sign_in(people.student), sitting)
    hands = kind(open_page(f"/attempts/{attempt}/questions/1", people.student, look))

    def give(sentence: str) -> Callable[[Hands], None]:
        return lambda _hands: (tick("radio", "Option 1")(hands), point_at(sentence)(hands))  # type: ignore[return-value]

    answer(hands, give("Some did not"), has_script=look.javascript)
    hand_in(hands)
    assert stored_attempt(app, attempt)["points"] == POINT // 2
    hands.follow("Reread and try once more")
    hands.page.wait_for_url("**/second-tries/**")
    give("The bridge will cost")(hands)
    hands.press("Hand in the second try", hands.page.locator(".ask-end"))
    hands.page.wait_for_url("**/result**")
    expect(hands.page.locator("#q1")).to_contain_text("After re-reading")
    assert stored_answers(app, attempt)[sitting.items["single_choice"]].fraction == FRACTION_ONE // 2
    with app.app_context():
        second = db.session.execute(db.text("SELECT fraction FROM second_tries")).scalar_one()
    assert second == FRACTION_ONE


@pytest.mark.parametrize("way", WAYS)
def test_gaps_are_typed_and_chosen_from_lists_with_any_hands(app, sit, people, sign_in, open_page, way):
    kind, look = WAYS[way]
    sitting = sit(DeliveryRules(), None, ("blanks",))
    first, second = SAMPLES["blanks"].content["gaps"]
    gaps = [first, second | {"wrong": [{"text": "autumn", "fraction": 0}]}]
    change_content(app, SAMPLES["blanks"].content | {"gaps": gaps, "bank": False, "extra": []})
    attempt = start(sign_in(people.student), sitting)
    hands = kind(open_page(f"/attempts/{attempt}/questions/1", people.student, look))

    def give(_hands: Hands) -> None:
        hands.write("Gap 1 of 2", "Bridge")
        hands.select(hands.page.get_by_label("Gap 2 of 2"), "spring")

    answer(hands, give, has_script=look.javascript)
    hand_in(hands)
    assert stored_answers(app, attempt)[sitting.items["blanks"]].fraction == FRACTION_ONE


def ask_for_all_of(app: Any, sitting: Sitting, *places: int) -> None:
    """Let the evidence question ask for several sentences."""
    rows = [{"key": f"p{at}", "sentences": [sitting.sentences[at]], "span_id": None, "feedback": ""} for at in places]
    change_content(app, SAMPLES["evidence"].content | {"passages": rows, "mode": "all_of"})


def change_content(app: Any, content: dict[str, Any]) -> None:
    """Let the only question be another one of its type."""
    with app.app_context():
        db.session.execute(update(QuestionVersion).values(content=content))
        commit()
    app.extensions["memory"].forget()
