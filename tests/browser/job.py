"""The main job, told once: what an instructor and a student do from the first page to the last.

Each step takes `Hands`, so that it can be done with the mouse, without scripts, or by keyboard alone.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from playwright.sync_api import Locator, expect

from tests.browser.hands import Hands
from tests.support.browsing import PASSWORD
from tests.support.people import TIME_ZONE, Person
from tests.support.reading import TEXT

CLASS = "Harbour News"
TITLE = "A new bridge"
QUIZ = "Did you get it?"
PROMPT = "Was it worth it?"
STEMS = ("What did most people choose?", "Which sentence says what it costs?", "Why did some people not vote?")
WHY_WRONG = "Look again at who chose what."
PRAISE = "Short and right."
SAVED = re.compile(r"Saved \d\d:\d\d")


def sign_in(hands: Hands, person: Person) -> None:
    """Come in through the door."""
    hands.page.goto("/login")
    hands.write("E-mail address or username", person.email)
    hands.write("Password", PASSWORD)
    hands.press("Log in")
    expect(hands.page.get_by_role("link", name="New class", exact=True).first).to_be_visible()


def make_class(hands: Hands) -> str:
    """Make a class; its code."""
    hands.follow("New class", hands.page.get_by_role("main"))
    hands.arrive("New class")
    hands.write("Name of the class", CLASS)
    hands.select(hands.page.get_by_label("Time zone of the class"), TIME_ZONE.replace("/", " / "))
    hands.press("Make the class")
    hands.arrive("People")
    return hands.page.locator(".join-code.l").inner_text().replace(" ", "")


def add_article(hands: Hands) -> None:
    """Paste a text, look at it numbered, keep it."""
    hands.follow(CLASS, hands.page.get_by_role("main"))
    hands.arrive(CLASS)
    hands.follow("Add a reading")
    hands.arrive("Your articles")
    hands.follow("Add a reading")
    hands.arrive("Add a reading")
    hands.write("The text", TEXT)
    hands.write("Title (optional)", TITLE)
    hands.press("Show it numbered")
    hands.arrive("Check the reading")
    expect(hands.page.locator("#p2 .sentence")).to_have_count(2)
    hands.press("Save in my library")
    hands.arrive(TITLE)


def give_article(hands: Hands) -> None:
    """Give it to the class: open since yesterday, due the day after tomorrow."""
    hands.follow("Classes and dates")
    hands.arrive("Classes and dates")
    today = datetime.now(UTC).astimezone(ZoneInfo(TIME_ZONE)).replace(hour=8, minute=30)
    own = hands.page.get_by_role("region", name=CLASS)
    hands.set_moment(own.get_by_label("Opens"), today - timedelta(days=1))
    hands.set_moment(own.get_by_label("Due"), today + timedelta(days=2))
    hands.set_moment(own.get_by_label("Closes"), today + timedelta(days=3))
    hands.press(re.compile("^Give it to this class"), own)
    expect(hands.page.get_by_text(f"{CLASS} has it now.")).to_be_visible()
    hands.follow(TITLE)
    hands.arrive(TITLE)


def write_quiz(hands: Hands) -> None:
    """Three questions: a choice about ¶ 1.2, a sentence to find, and one to answer in own words."""
    hands.follow("Write a quiz")
    hands.arrive("New quiz")
    hands.write("Title", QUIZ)
    hands.press("Write questions")
    _new_question(hands, "Single choice", STEMS[0])
    hands.write("Option A", "The new bridge")
    hands.tick(hands.page.get_by_label("Option A is right"))
    hands.write("Option B", "The old ferry")
    hands.write("Explanation for option B", WHY_WRONG)
    hands.write("Passage (optional)", "¶ 1.2")
    _save_question(hands)
    _new_question(hands, "Evidence", STEMS[1])
    hands.write("Passage 1", "¶ 2.1")
    _save_question(hands)
    _new_question(hands, "Open answer", STEMS[2])
    _save_question(hands)


def _new_question(hands: Hands, kind: str, stem: str) -> None:
    expect(hands.page.get_by_role("heading", name="New question")).to_be_visible()
    hands.follow(kind)
    expect(hands.page.locator("p.kind")).to_contain_text(kind)
    hands.write("Question", stem)


def _save_question(hands: Hands) -> None:
    hands.press("Save", hands.page.locator("form[data-editor] .btn-end"))
    expect(hands.page.get_by_text("Saved.")).to_be_visible()
    hands.follow("New question", hands.page.get_by_role("navigation", name="Questions"))


def publish_quiz(hands: Hands) -> None:
    """Give the quiz to the class with the settings that stand there, and publish it."""
    hands.follow("Settings", hands.page.get_by_role("navigation", name="This quiz"))
    hands.press(f"Give to {CLASS}")
    expect(hands.page.get_by_role("button", name="Save", exact=True)).to_be_visible()
    hands.press("Publish")
    expect(hands.page.get_by_text("Published to 1 class")).to_be_visible()
    hands.follow(TITLE)
    hands.arrive(TITLE)


def write_prompt(hands: Hands) -> None:
    """A prompt on two passages, given to the class: post before you see."""
    hands.follow("Prompts for discussion")
    hands.arrive("Prompts")
    hands.follow("Write a prompt")
    hands.arrive("Write a prompt")
    hands.write("The question", PROMPT)
    hands.write("A few words more (optional)", "Say who pays for it, and who *uses* it.")
    hands.write("Passages (optional)", "¶ 1.2, ¶ 2")
    hands.press("Save the prompt")
    hands.arrive("Prompts")
    hands.follow(re.compile(f"^Give to this class.*{CLASS}"))
    hands.arrive(f"Give to {CLASS}")
    hands.write("Own posts before seeing others’", "1")
    hands.press("Give to this class")
    hands.arrive(PROMPT)


def join(hands: Hands, code: str, name: str) -> None:
    """Join the class with its code and a new account."""
    hands.page.goto("/join")
    hands.write("Class code", f"{code[:3].lower()} {code[3:]}")
    hands.press("Look it up")
    hands.arrive(CLASS)
    hands.write("Your name, as classmates will see it", name)
    hands.write("E-mail address or username", name.lower().replace(" ", "."))
    hands.write("Password", "three green bottles")
    hands.press("Join this class")
    hands.arrive(CLASS)


def read(hands: Hands) -> None:
    """Open the reading from the class's page."""
    hands.follow(TITLE)
    hands.arrive(TITLE)
    expect(hands.page.locator("article.text #p2 .sentence").first).to_have_text(
        "The bridge will cost 4.5 million crowns."
    )


def write_note(hands: Hands, words: str) -> None:
    """Write a note on the first sentence, for the class, and close it."""
    page = hands.page
    hands.use(page.locator(".para .sentence").first)
    hands.press("Write a note", page.get_by_role("toolbar", name="This sentence"))
    hands.write("Your note", words)
    hands.press("Post note")
    note = page.locator(".margin > .note.open")
    expect(note).to_contain_text(words)
    hands.use(note.get_by_role("link", name="Close"))
    expect(note).to_have_count(0)


def answer_note(hands: Hands, words: str, answer: str) -> None:
    """Open the note on the first sentence, which says these words, and answer it."""
    page = hands.page
    hands.use(page.locator(".para .sentence").first)
    way = page.get_by_role("toolbar", name="This sentence").get_by_role("button", name="Open its notes")
    note = page.locator(".margin > .note.open", has_text=words)
    expect(way.or_(note)).to_be_visible()
    if way.is_visible():  # a finger on words that have a note opens it at once
        hands.use(way)
    hands.write("Your answer", answer, note)
    hands.press("Answer", note)
    expect(note.locator(".replies")).to_contain_text(answer)
    hands.use(note.get_by_role("link", name="Close"))


def answer(hands: Hands, *, sees_saving: bool) -> None:
    """Answer the quiz, the first question wrong, and hand it in."""
    page = hands.page
    hands.follow("Go to the quiz")
    hands.arrive(QUIZ)
    hands.press("Start the quiz")
    hands.arrive(STEMS[0])
    if sees_saving:
        expect(page).to_have_url(re.compile(r"/attempts/\d+"))
    page.reload()  # sends the form again where no script has put the attempt's address there, which does no harm
    hands.arrive(STEMS[0])
    hands.tick(page.get_by_label("The old ferry"))
    _continue(hands, STEMS[1], sees_saving)
    hands.tick(page.locator("label.sent", has_text="The bridge will cost").locator("input"))
    _continue(hands, STEMS[2], sees_saving)
    hands.fill(page.get_by_role("textbox"), "They were at sea.")
    _continue(hands, "Check your answers", sees_saving)
    expect(page.get_by_text("They were at sea.")).to_be_visible()
    hands.press("Hand in")
    expect(page.get_by_role("heading", level=1)).to_contain_text("1 of 3 points so far")


def _continue(hands: Hands, heading: str, sees_saving: bool) -> None:
    if sees_saving:
        expect(hands.page.locator("[data-save]")).to_have_text(SAVED)
    hands.press("Continue", hands.page.locator(".ask-end"))
    hands.arrive(heading)


def follow_feedback(hands: Hands) -> None:
    """The feedback on the wrong answer leads to the sentence in the text."""
    wrong = hands.page.locator("#q1")
    expect(wrong).to_contain_text(WHY_WRONG)
    expect(hands.page.get_by_text("One passage is worth another look")).to_be_visible()
    hands.use(wrong.get_by_role("link").first)
    hands.arrive(TITLE)
    sentence = hands.page.locator(".sentence:target")
    expect(sentence).to_have_text("Most people chose the new bridge.")
    expect(sentence).to_be_in_viewport()


def open_discussion(hands: Hands) -> None:
    """From the reading to its only discussion."""
    hands.follow("Discuss", hands.page.get_by_role("navigation", name="This reading"))
    hands.arrive(PROMPT)


def post(hands: Hands, words: str) -> Locator:
    """Write a post; it, as it stands in the thread."""
    hands.fill(hands.page.locator("#post"), words)
    hands.press("Post", hands.page.locator("#composer"))
    own = hands.page.locator("#posts > .post", has_text=words)
    expect(own).to_be_visible()
    return own


def grade(hands: Hands, student: str) -> None:
    """From the home page to the answer that waits, and through it."""
    hands.page.goto("/")
    hands.follow("Read them", hands.page.get_by_role("main"))
    hands.arrive("Answers to read")
    hands.follow(re.compile("^Read 1 answer"))
    expect(hands.page.get_by_role("article")).to_contain_text("They were at sea.")
    expect(hands.page.get_by_role("article")).to_contain_text(student)
    hands.write("Points", "0,5")
    hands.write("Comment for the student (optional)", PRAISE)
    hands.press("Save and next ungraded")
    expect(hands.page.get_by_text("Every answer is graded.", exact=True)).to_be_visible()
    hands.follow("Release one draft")
    hands.arrive("Release one grade?")
    hands.press("Release one grade")
    expect(hands.page.get_by_text("Nothing waits for you.")).to_be_visible()


def look_at_results(hands: Hands, student: str) -> None:
    """Results of the class, every answer, and the answer behind one cell."""
    page = hands.page
    hands.follow("Results", page.get_by_role("navigation", name="This reading"))
    expect(page.get_by_role("heading", level=1)).to_contain_text("has handed in")
    expect(page.locator("#questions")).to_contain_text(STEMS[0])
    expect(page.locator("#passages")).to_contain_text("¶")
    hands.follow("Every answer")
    hands.arrive("Every answer")
    row = page.get_by_role("row", name=student)
    expect(row.locator("td")).to_have_text(["0", "1", "0.5", "1.5"])
    hands.follow(f"{student}, question 3: 0.5", row)
    hands.arrive(student)
    expect(page.get_by_text("They were at sea.")).to_be_visible()
    hands.follow("Every answer")
    hands.arrive("Every answer")
