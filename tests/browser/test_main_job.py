"""The main job in a real browser: an instructor and two students, from the first sign-in to the results."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable
from io import StringIO
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser import job
from tests.browser.hands import Hands, Mouse, Thumb
from tests.support.chromium import Look
from tests.support.people import People

pytestmark = pytest.mark.slow
OpenPage = Callable[..., Page]
ANNA, BEN = "Anna Reed", "Ben Ortiz"


def prepare_class(instructor: Hands, people: People) -> str:
    """The instructor's part before anybody reads; the class's code."""
    job.sign_in(instructor, people.instructor)
    code = job.make_class(instructor)
    job.add_article(instructor)
    job.give_article(instructor)
    job.write_quiz(instructor)
    job.publish_quiz(instructor)
    job.write_prompt(instructor)
    return code


def discuss(anna: Hands, ben: Hands) -> None:
    """Ben has posted; Anna sees that he has, and what he wrote once she has posted as well."""
    job.open_discussion(ben)
    expect(ben.page.get_by_text("No classmate has answered yet")).to_be_visible()
    job.post(ben, "The fisherman waited for thirty years, ¶ 3.2.")
    job.open_discussion(anna)
    expect(anna.page.get_by_role("heading", name="One classmate has answered")).to_be_visible()
    assert "fisherman" not in anna.page.content()
    job.post(anna, "Cheap for whom?")
    shown = anna.page.locator("#posts > .post", has_text="thirty years")
    expect(shown).to_contain_text(BEN)
    expect(shown.locator("a.ref")).to_have_text("¶ 3.2")


def download(hands: Hands, folder: Path) -> list[dict[str, str]]:
    """The rows of the class's CSV."""
    hands.follow("Results", hands.page.get_by_role("main"))
    with hands.page.expect_download() as started:
        hands.use(hands.page.locator(".download > summary"))
        hands.follow("Every answer CSV")
    file = folder / "results.csv"
    started.value.save_as(file)
    return list(csv.DictReader(StringIO(file.read_text(encoding="utf-8-sig"))))


def do_the_main_job(open_page: OpenPage, people: People, folder: Path, *, javascript: bool) -> None:
    """The whole of it, with the mouse: one student on a phone, one on a dark wide screen."""
    instructor = Mouse(open_page("/login", look=Look(javascript=javascript)))
    code = prepare_class(instructor, people)
    anna = Mouse(open_page("/join", look=Look(width=390, javascript=javascript)))
    ben = Mouse(open_page("/join", look=Look(dark=True, javascript=javascript)))
    job.join(anna, code, ANNA)
    job.join(ben, code, BEN)
    job.read(anna)
    job.read(ben)
    job.answer(anna, sees_saving=javascript)
    job.follow_feedback(anna)
    discuss(anna, ben)
    job.grade(instructor, ANNA)
    job.look_at_results(instructor, ANNA)
    rows = download(instructor, folder)
    assert {name: any(name in row.values() for row in rows) for name in (ANNA, BEN)} == {ANNA: True, BEN: True}
    assert any("1.5" in row.values() for row in rows if ANNA in row.values())
    anna.follow("Quiz", anna.page.get_by_role("navigation", name="This reading"))
    anna.follow(re.compile("^Look at it"))
    expect(anna.page.get_by_text(job.PRAISE)).to_be_visible()


def test_a_class_reads_an_article_together(open_page: OpenPage, people: People, tmp_path: Path) -> None:
    do_the_main_job(open_page, people, tmp_path, javascript=True)


@pytest.mark.sqlite_only
def test_a_class_reads_an_article_together_without_javascript(
    open_page: OpenPage, people: People, tmp_path: Path
) -> None:
    do_the_main_job(open_page, people, tmp_path, javascript=False)


@pytest.mark.sqlite_only
def test_two_students_do_their_part_with_a_thumb_on_a_phone(open_page: OpenPage, people: People) -> None:
    code = prepare_class(Mouse(open_page("/login")), people)
    anna, ben = (Thumb(open_page("/join", look=Look(390, 844, touch=True))) for _student in range(2))
    job.join(anna, code, ANNA)
    job.join(ben, code, BEN)
    job.read(anna)
    job.write_note(anna, "Chosen by whom?")
    job.read(ben)
    job.answer_note(ben, "Chosen by whom?", "By those who came.")
    job.answer(anna, sees_saving=True)
    job.follow_feedback(anna)
    discuss(anna, ben)
