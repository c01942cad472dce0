"""Text that tries to run: typed wherever people type, opened where others read it, and nothing happens."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Page, expect
from sqlalchemy import select

from articles.drafts import prepare
from articles.importing.formats import Source
from articles.models import ArticleVersion
from articles.operations import Dates, assign_article, create_article
from articles.queries import list_sentences
from articles.spans import Ends
from core.database import commit, db
from discussion.comment_text import compose
from discussion.margins import meant
from discussion.operations import NewNote, add_note
from discussion.queries import get_margin_for
from quizzes.operations.authoring import create_quiz
from tests.support.browsing import Client
from tests.support.people import People, Person
from tests.support.question_forms import add_question_of, item_of
from tests.support.reading import Reading

pytestmark = pytest.mark.sqlite_only
OpenPage = Callable[..., Page]
SignIn = Callable[[Person | str], Client]
DATA = Path(os.environ.get("COLLOQUY_TEST_DATA") or Path(__file__).resolve().parents[3] / "shared/data")
LIST = DATA / "sanitise/lists/xss_alert.txt"
OWN = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '"><svg onload=alert(1)>',
    "[a link](javascript:alert(1))",
    "<a href='java&#115;cript:alert(1)'>here</a>",
    "';alert(1);//",
    "{{ 7 * 191 }}",
]
NAME = '"><img src=x onerror=alert(1)>'
LONGEST_POST = 4_900
# Links that lead nowhere harmful, no handler in any attribute, no script but the application's own.
FOUND = """() => [
    ...[...document.links].filter((link) => !["http:", "https:", "mailto:"].includes(link.protocol)),
    ...[...document.querySelectorAll("*")].filter((one) => [...one.attributes].some(({ name }) => /^on/.test(name))),
    ...[...document.scripts].filter((script) => new URL(script.src).origin !== location.origin),
    ...document.querySelectorAll("main :is(iframe, object, embed, base, meta, style, link)"),
    ...[...document.images].filter((image) => !image.src.startsWith(`${location.origin}/images/`)),
].map((element) => element.outerHTML)"""


def hostile_lines() -> list[str]:
    """Own lines, and those of the test data where it is."""
    listed = LIST.read_text(encoding="utf-8", errors="replace").splitlines() if LIST.is_file() else []
    return [*OWN, *listed]


def posts() -> Iterator[str]:
    """The lines as a few posts: all that fit, from the start and from the middle of the list."""
    lines = hostile_lines()
    for start in (0, len(lines) // 2):
        body = ""
        for line in lines[start:]:
            if len(body) + len(line) > LONGEST_POST:
                break
            body += f"{line}\n\n"
        yield body


@pytest.fixture
def look(open_page: OpenPage) -> Iterator[Callable[[Person], Callable[[str], Page]]]:
    """`look(person)(path)` opens a page and fails if anything in it acts."""
    dialogs: list[str] = []

    def start(person: Person) -> Callable[[str], Page]:
        page = open_page("/account", person)
        page.on("dialog", lambda dialog: (dialogs.append(f"{page.url}: {dialog.message}"), dialog.dismiss()))

        def opened(path: str) -> Page:
            answer = page.goto(path)
            assert answer is not None
            assert answer.status == 200, path
            assert page.evaluate(FOUND) == [], path
            return page

        return opened

    yield start
    assert not dialogs, "\n".join(dialogs)


def test_in_comments(
    people: People, reading: Reading, sign_in: SignIn, look: Callable[[Person], Callable[[str], Page]]
) -> None:
    thread = f"/discussions/{reading.prompt_delivery}"
    writer = sign_in(people.student)
    for body in posts():
        assert writer.post(thread + "/comments", data={"body": body}).status_code == 303
    page = look(people.classmate)(thread)
    for line in OWN[:3]:
        expect(page.locator("#posts").get_by_text(line).first).to_be_visible()
    expect(page.locator("#posts")).to_contain_text("{{ 7 * 191 }}")


def test_in_what_a_script_puts_into_the_page(
    people: People, reading: Reading, look: Callable[[Person], Callable[[str], Page]]
) -> None:
    page = look(people.student)(f"/discussions/{reading.prompt_delivery}")
    page.get_by_text("Add to the discussion").click()
    page.locator("#post").fill("\n\n".join(OWN))
    page.get_by_role("button", name="Preview").first.click()
    expect(page.locator("[data-preview-box]")).to_contain_text(OWN[0])
    assert page.evaluate(FOUND) == []
    page.get_by_role("button", name="Post", exact=True).click()
    expect(page.locator("#posts > .post").last).to_contain_text(OWN[1])
    assert page.evaluate(FOUND) == []


def test_in_notes(
    people: People, reading: Reading, sign_in: SignIn, look: Callable[[Person], Callable[[str], Page]]
) -> None:
    own, sentence = f"/readings/{reading.assignment}", reading.sentences[0]
    writer = sign_in(people.student)
    notes = []
    for body in posts():
        sent = {"first": sentence, "start": 4, "end": 11, "body": body, "choice": "question"}
        notes.append(writer.post(f"{own}/notes", data=sent).location.rpartition("#n")[2])
        assert writer.post(f"/notes/{notes[-1]}/answers", data={"body": body}).status_code == 303
    see, note = look(people.classmate), notes[0]
    page = see(f"{own}?note={note}#n{note}")
    expect(page.locator(f"#n{note} > .prose")).to_contain_text("{{ 7 * 191 }}")
    page.get_by_label("Your answer").fill("\n\n".join(OWN))
    page.get_by_role("button", name="Answer").click()
    expect(page.locator(f"#n{note} .replies > .post").last).to_contain_text(OWN[1])
    assert page.evaluate(FOUND) == []
    for path in (f"{own}/paragraphs/1", f"/notes/{note}"):
        expect(see(path).locator("main")).to_contain_text(OWN[0])


def test_in_articles_with_notes(
    app: Flask, people: People, sign_in: SignIn, look: Callable[[Person], Callable[[str], Page]]
) -> None:
    with app.app_context():
        text = create_article(people.instructor.id, prepare(Source("\n\n".join(hostile_lines()), "plain"), NAME, "en"))
        version = db.session.scalars(select(ArticleVersion.id).where(ArticleVersion.article_id == text.id)).one()
        assignment = assign_article(people.section, text.id, version, Dates()).id
        sentences = list_sentences(version)
        margin = get_margin_for(people.classmate.id, assignment)
        for at, each in enumerate(sentences[:200]):
            ends = Ends(each.id, each.id, at % 7, 7 + at % 11)
            add_note(margin, NewNote(compose(each.text[:200] or "?"), ends, meant("comment", "student")))
        commit()
    page = look(people.student)(f"/readings/{assignment}")
    words = """() => [...document.querySelectorAll(".noted .sentence")].map((sentence) => {
        const copy = sentence.cloneNode(true);
        copy.querySelectorAll("sup").forEach((letter) => letter.remove());
        return copy.textContent;
    })"""
    assert page.evaluate(words) == [each.text for each in sentences]


@pytest.mark.parametrize("form", ["plain", "markdown", "html"])
def test_in_articles(
    people: People, sign_in: SignIn, look: Callable[[Person], Callable[[str], Page]], form: str
) -> None:
    body = "A first sentence.\n\n" + "\n\n".join(hostile_lines()) + "\n\nA last sentence."
    data = {"title": NAME, "body": body, "format": form, "language": "en"}
    saved = sign_in(people.instructor).post("/articles", data=data)
    assert saved.status_code == 303, saved.text[:2000]
    page = look(people.instructor)(saved.location)
    expect(page.get_by_role("heading", level=1)).to_have_text(NAME)
    expect(page.locator("article.text")).to_contain_text("A first sentence.")
    if form == "plain":
        expect(page.locator("article.text")).to_contain_text(OWN[0])


def test_in_questions(
    app: Flask, people: People, reading: Reading, sign_in: SignIn, look: Callable[[Person], Callable[[str], Page]]
) -> None:
    with app.app_context():
        quiz = create_quiz(people.instructor.id, reading.article, NAME).id
        commit()
    author = sign_in(people.instructor)
    texts = {"stem": "\n\n".join(OWN), "hint": NAME, "general_feedback": "\n\n".join(OWN)}
    options = {"options-0-text": OWN[0], "options-1-text": OWN[2], "options-0-feedback": OWN[1]}
    item = item_of(add_question_of(author, quiz, "single_choice", **texts, **options))
    see = look(people.instructor)
    expect(see(f"/quizzes/{quiz}").locator(".q-list")).to_contain_text("alert(1)")
    expect(see(f"/quizzes/{quiz}/questions/{item}").locator("#side-seen")).to_contain_text(OWN[0])
    page = see(f"/quizzes/{quiz}/preview")
    expect(page.get_by_role("radio", name=OWN[2])).to_be_visible()
    page.get_by_role("radio", name=OWN[0]).check()
    page.get_by_role("button", name="Show how it went").click()
    expect(page.get_by_text(OWN[1]).first).to_be_visible()
    assert page.evaluate(FOUND) == []


def test_in_names(
    people: People, reading: Reading, sign_in: SignIn, look: Callable[[Person], Callable[[str], Page]]
) -> None:
    changed = {
        "name": NAME,
        "email": people.classmate.email,
        "time_zone": "Europe/Berlin",
        "locale": "en",
        "theme": "system",
    }
    assert sign_in(people.classmate).post("/account", data=changed).status_code == 303
    renamed = {"name": NAME, "term": NAME, "time_zone": "Europe/Berlin"}
    settings = sign_in(people.instructor).post(f"/classes/{people.section}/settings", data=renamed)
    assert settings.status_code == 303
    see = look(people.instructor)
    own = f"/readings/{reading.assignment}"
    paths = ["/", f"/classes/{people.section}", f"/classes/{people.section}/people", own, f"{own}/results"]
    paths += [f"{own}/results/matrix", f"/deliveries/{reading.quiz_delivery}/grading/{reading.items[1]}"]
    for path in [*paths, f"/discussions/{reading.prompt_delivery}"]:
        expect(see(path).locator("body")).to_contain_text(NAME)


def test_what_could_act_would_be_found(people: People, look: Callable[[Person], Callable[[str], Page]]) -> None:
    page = look(people.student)("/account")
    page.evaluate("document.links[0].href = 'javascript:alert(1)'")
    page.evaluate("document.querySelector('main').append(document.createElement('img'))")
    assert len(page.evaluate(FOUND)) == 2
