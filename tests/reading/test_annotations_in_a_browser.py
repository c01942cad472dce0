"""Notes taken along and brought in again in a real browser."""

from __future__ import annotations

import json

import pytest
from playwright.sync_api import expect

from articles.annotations import CONTEXT
from tests.support.chromium import Look

pytestmark = pytest.mark.sqlite_only

LOOKS = [Look(), Look(width=390)]


def annotation(n: int, exact: str, words: str) -> dict[str, object]:
    target = {"source": "http://example.org/a", "selector": {"type": "TextQuoteSelector", "exact": exact}}
    return {"@context": CONTEXT, "id": f"urn:x:{n}", "type": "Annotation", "bodyValue": words, "target": target}


@pytest.mark.parametrize("look", LOOKS, ids=str)
def test_notes_come_in_after_a_look_and_go_out_again(open_page, people, reading, axe, tmp_path, look):
    file = tmp_path / "notes.jsonld"
    found, lost = (
        annotation(1, "chose the new bridge", "They wanted it."),
        annotation(2, "words of another text", "No."),
    )
    file.write_text(json.dumps([found, lost]), encoding="utf-8")
    page = open_page(f"/readings/{reading.assignment}", people.student, look)
    page.get_by_role("link", name="Notes as a file").click()
    page.get_by_role("heading", name="Notes as a file").wait_for()
    axe(page)
    page.get_by_label("A file of annotations").set_input_files(file)
    page.get_by_role("button", name="Show what comes in").click()
    page.get_by_role("heading", name="Check the notes").wait_for()
    expect(page.get_by_text("These words are not in this text.")).to_be_visible()
    axe(page)
    page.get_by_role("button", name="Bring in 1 note").click()
    page.get_by_role("heading", name="Something needs fixing").wait_for()
    axe(page)
    page.get_by_label("Leave out what cannot come in").check()
    page.get_by_role("button", name="Bring in 1 note").click()
    expect(page.get_by_text("1 note has come into the margin.")).to_be_visible()
    page.goto(f"/readings/{reading.assignment}/annotations")
    with page.expect_download() as download:
        page.get_by_role("link", name="Your notes, and your posts that quote the text").click()
    taken = json.loads(download.value.path().read_text(encoding="utf-8"))
    assert [item["body"]["value"] for item in taken["first"]["items"]] == ["They wanted it."]
