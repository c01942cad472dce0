"""How far somebody has read: remembered for that person alone, and offered again."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask
from playwright.sync_api import Page, expect
from sqlalchemy import select

from core.database import db
from reading.models import ReadingPlace
from tests.support.browsing import Client
from tests.support.chromium import Look
from tests.support.people import People, Person
from tests.support.reading import Reading

SignIn = Callable[[Person], Client]


def offered(client: Client, reading: Reading) -> str:
    """What the page offers to go on with."""
    page = client.get(f"/readings/{reading.assignment}").text
    return page.partition("data-go-on>")[2].partition("<")[0]


@pytest.mark.parametrize(("paragraph", "words"), [(1, ""), (2, "Go on at ¶ 2"), (3, "")])
def test_the_place_is_offered_between_the_beginning_and_the_end(
    people: People, reading: Reading, sign_in: SignIn, paragraph: int, words: str
) -> None:
    student = sign_in(people.student)
    assert offered(student, reading) == ""
    answer = student.post(f"/readings/{reading.assignment}/place", data={"paragraph": paragraph})
    assert answer.location == f"/readings/{reading.assignment}#p{paragraph}"
    assert offered(student, reading) == words


def test_nobody_else_is_told(people: People, reading: Reading, sign_in: SignIn) -> None:
    sign_in(people.student).post(f"/readings/{reading.assignment}/place", data={"paragraph": 2})
    for person in (people.classmate, people.instructor, people.assistant):
        assert offered(sign_in(person), reading) == ""


def test_a_later_place_takes_the_place_of_the_earlier(
    app: Flask, people: People, reading: Reading, sign_in: SignIn
) -> None:
    student = sign_in(people.student)
    for paragraph in (3, 2):
        student.post(f"/readings/{reading.assignment}/place", data={"paragraph": paragraph})
    with app.app_context():
        assert db.session.scalars(select(ReadingPlace.sentence_id)).all() == [reading.sentences[3]]


@pytest.mark.parametrize("paragraph", ["", "9", "x"])
def test_a_place_that_is_not_in_the_text_is_refused(
    people: People, reading: Reading, sign_in: SignIn, paragraph: str
) -> None:
    answer = sign_in(people.student).post(f"/readings/{reading.assignment}/place", data={"paragraph": paragraph})
    assert answer.status_code == 400


@pytest.mark.sqlite_only
def test_whoever_reads_on_is_brought_back_there(
    people: People, reading: Reading, open_page: Callable[..., Page]
) -> None:
    page = open_page(f"/readings/{reading.assignment}", people.student, Look(390, 300))
    with page.expect_response("**/place"):
        page.locator("#p2").evaluate("element => element.scrollIntoView()")
    page.reload()
    page.get_by_role("link", name="Go on at ¶ 2").click()
    expect(page.locator("#p2")).to_be_in_viewport()
    assert page.url.endswith("#p2")


@pytest.mark.sqlite_only
def test_without_a_script_a_button_remembers_the_place(
    people: People, reading: Reading, open_page: Callable[..., Page]
) -> None:
    page = open_page(f"/readings/{reading.assignment}/paragraphs/2", people.student, Look(javascript=False))
    page.get_by_role("button", name="Go on from here next time").click()
    page.goto(f"/readings/{reading.assignment}")
    expect(page.get_by_role("link", name="Go on at ¶ 2")).to_be_visible()
