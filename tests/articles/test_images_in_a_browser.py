"""The pictures of a text in a real browser: described, added, seen by the class."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.support.chromium import Look
from tests.support.documents import Picture, docx
from tests.support.patience import hold
from tests.support.pictures import JPEG, png

pytestmark = pytest.mark.sqlite_only

LOOKS = [Look(), Look(width=390), Look(javascript=False)]
WIDE = png(2_000, 40, (16, 86, 65))
ALL_HAVE_COME = "() => [...document.images].every((each) => each.complete && each.naturalWidth > 0)"


def wait_for_pictures(page):
    """Wait until every picture of the page has come, those far down as well."""
    page.evaluate("for (const each of document.images) each.loading = 'eager'")
    page.wait_for_function(ALL_HAVE_COME)


@pytest.mark.parametrize("look", LOOKS, ids=str)
def test_pictures_are_described_added_and_read(open_page, people, axe, tmp_path, look):
    file, another = tmp_path / "reading.docx", tmp_path / "gate.jpg"
    file.write_bytes(docx("One. Two.", Picture("a.png", WIDE, ""), "Three."))
    another.write_bytes(JPEG)
    page = open_page("/articles/new", people.instructor, look)
    page.get_by_label("Or a file").set_input_files(file)
    page.get_by_label("Title").fill("Pictures")
    page.get_by_role("button", name="Show it numbered").click()
    page.get_by_role("heading", name="1 picture has no words yet").wait_for()
    if look.javascript:
        axe(page)
    page.get_by_role("button", name="Save in my library").click()
    page.get_by_role("heading", name="Something needs fixing").wait_for()
    page.get_by_role("link", name=re.compile("Say what this picture shows")).click()
    page.get_by_role("group", name="Picture 1").get_by_role("textbox").fill("A long green bar")
    page.get_by_text("Add a picture", exact=True).first.click()
    page.get_by_label("Add a picture").set_input_files(another)
    page.locator("#added-alt").fill("A gate")
    page.get_by_label("After paragraph").fill("2")
    page.get_by_role("button", name="Show it again").click()
    page.get_by_role("group", name="Picture 2").wait_for()
    if look.javascript:
        axe(page)
    page.get_by_role("button", name="Save in my library").click()
    page.get_by_role("heading", name="Pictures", level=1).wait_for()
    page.get_by_role("link", name="Classes and dates").click()
    page.get_by_role("button", name="Give it to this class").click()
    page.get_by_role("link", name=re.compile("Open it")).click()
    reading = page.url
    student = open_page(reading, people.student, look)
    picture = student.get_by_role("img", name="A long green bar")
    expect(picture).to_be_visible()
    if look.javascript:
        wait_for_pictures(student)
        axe(student)
        assert student.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    box = picture.bounding_box()
    assert box is not None
    assert box["width"] <= look.width
    expect(student.get_by_role("img", name="A gate")).to_have_count(1)


SIDES = {"Wide": (2_000, 500), "Tall": (500, 2_000), "Small": (60, 40)}
PLACES = """[...document.querySelectorAll(".text .picture, .text .para")].map((one) => {
    const { top, width, height } = one.getBoundingClientRect();
    return [top + scrollY, width, height].map(Math.round);
})"""


@pytest.mark.parametrize("look", [Look(), Look(width=390)], ids=str)
def test_the_text_does_not_move_when_its_pictures_arrive(open_page, people, tmp_path, look):
    file = tmp_path / "reading.docx"
    pictures = [Picture(f"{name}.png", png(*sides), name) for name, sides in SIDES.items()]
    file.write_bytes(docx(*pictures, "The end."))
    page = open_page("/articles/new", people.instructor, look)
    page.get_by_label("Or a file").set_input_files(file)
    page.get_by_label("Title").fill("Pictures")
    page.get_by_role("button", name="Show it numbered").click()
    page.get_by_role("button", name="Save in my library").click()
    page.get_by_role("heading", name="Pictures", level=1).wait_for()
    hold(page, "**/images/*")
    page.reload(wait_until="domcontentloaded")
    before = page.evaluate(PLACES)
    assert not page.evaluate(ALL_HAVE_COME)
    page.unroute("**/images/*")  # lets those go on that were held
    wait_for_pictures(page)
    assert page.evaluate(PLACES) == before
    for name, (width, height) in SIDES.items():
        box = page.get_by_role("img", name=name).bounding_box()
        assert box is not None
        assert box["width"] / box["height"] == pytest.approx(width / height, rel=0.03)
        assert box["width"] <= width
