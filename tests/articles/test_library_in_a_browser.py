"""Adding a reading and giving it to a class in a real browser, by keyboard and mouse alike."""

from __future__ import annotations

import re

import pytest

from tests.support.chromium import Look

pytestmark = pytest.mark.sqlite_only

LOOKS = [Look(), Look(width=390)]
HTML = (
    "<html lang=en><body><main><h1>The new bridge</h1><p>It was <em>built. Dr. Lund</em> spoke.</p>"
    "<h2>Costs</h2><ul><li>Steel<ul><li>rolled</li></ul></li><li>Stone</li></ul>"
    "<blockquote><p>We waited.</p></blockquote>"
    "<table><tr><td>a<td>1</table><img alt='A map' src=x></main></body></html>"
)


def test_a_file_that_is_too_large_is_said_at_its_field_and_nothing_typed_is_lost(open_page, people, tmp_path):
    large, small = tmp_path / "large.txt", tmp_path / "small.txt"
    large.write_bytes(b"a" * (10 * 1024 * 1024 + 1))
    small.write_text("It was built.", encoding="utf-8")
    page = open_page("/articles/new", people.instructor)
    page.get_by_label("Title").fill("The new bridge")
    page.get_by_label("Or a file").set_input_files(large)
    page.get_by_role("button", name="Show it numbered").click()
    page.get_by_role("alert").get_by_text("This file is larger than 10 MB.").wait_for()
    assert page.get_by_label("Title").input_value() == "The new bridge"
    page.get_by_label("Or a file").set_input_files(small)
    assert page.get_by_role("alert").count() == 0
    page.get_by_role("button", name="Show it numbered").click()
    page.get_by_role("heading", name="Check the reading").wait_for()


@pytest.mark.parametrize("look", LOOKS, ids=str)
def test_a_page_becomes_a_reading_of_the_class(open_page, people, axe, tmp_path, look):
    file = tmp_path / "page.html"
    file.write_text(HTML, encoding="utf-8")
    page = open_page("/articles", people.instructor, look)
    axe(page)
    page.get_by_role("link", name="Add a reading").click()
    page.get_by_role("heading", name="Add a reading").wait_for()
    axe(page)
    page.get_by_label("Or a file").set_input_files(file)
    page.get_by_role("button", name="Show it numbered").click()
    page.get_by_role("heading", name="Check the reading").wait_for()
    axe(page)
    assert page.get_by_label("Title").input_value() == "The new bridge"
    assert page.locator("#p1 .sentence").count() == 2
    assert page.get_by_text("1 picture is kept elsewhere and was left out").is_visible()
    page.get_by_role("button", name="Save in my library").click()
    page.get_by_role("heading", name="The new bridge", level=1).wait_for()
    axe(page)
    page.get_by_role("link", name="Classes and dates").click()
    page.get_by_role("heading", name="Classes and dates").wait_for()
    axe(page)
    page.get_by_label("Due").fill("2026-12-01T23:59")
    page.get_by_role("button", name="Give it to this class").click()
    page.get_by_text("Reading the News has it now.").wait_for()
    assert page.get_by_label("Due").input_value() == "2026-12-01T23:59"
    page.get_by_role("link", name=re.compile("Open it")).click()
    page.get_by_role("heading", name="The new bridge", level=1).wait_for()


def test_a_refused_reading_comes_back_with_its_faults(open_page, people, axe):
    page = open_page("/articles/new", people.instructor)
    page.get_by_role("button", name="Show it numbered").click()
    page.get_by_role("heading", name="Something needs fixing").wait_for()
    axe(page)
    page.get_by_label("The text", exact=True).fill("One. Two.")
    page.get_by_role("button", name="Show it numbered").click()
    page.get_by_role("button", name="Save in my library").click()
    page.get_by_role("link", name="Give the reading a title.").wait_for()
    axe(page)
    page.get_by_label("Title").fill("Mine")
    page.get_by_role("button", name="Save in my library").click()
    page.get_by_role("heading", name="Mine", level=1).wait_for()


def test_without_javascript_the_same_way_leads_there(open_page, people):
    page = open_page("/articles/new", people.instructor, Look(javascript=False))
    page.get_by_label("The text", exact=True).fill("One. Two.")
    page.get_by_label("Title").fill("Mine")
    page.get_by_role("button", name="Show it numbered").click()
    page.get_by_role("button", name="Save in my library").click()
    page.get_by_role("heading", name="Mine", level=1).wait_for()
