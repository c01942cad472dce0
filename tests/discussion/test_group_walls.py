"""Groups know nothing of each other: what one writes exists for the other on no path."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime

from flask import Flask

from core import clock
from core.points import POINT
from discussion import queries
from discussion.participation import Requirement
from tests.discussion.conftest import Thread, place_of
from tests.support.browsing import Client
from tests.support.people import People, Person

SignIn = Callable[[Person], Client]
Write = Callable[..., int]
Splits = Callable[..., list[int]]
Ask = Callable[..., list[int]]
OVER = datetime(2020, 11, 19, 22, 59, tzinfo=UTC)
SECRET = "zeppelin"


def test_on_no_page_does_another_group_leave_a_trace(
    people: People, thread: Thread, split: Splits, write: Write, sign_in: SignIn
) -> None:
    split()
    own = write(people.student, "My own words.")
    student = sign_in(people.student)
    reading = f"/readings/{thread.assignment}"
    paths = [
        thread.url,
        f"{thread.url}?all=1",
        f"{thread.url}?show=new",
        f"{reading}/discussion",
        reading,
        f"{reading}/search?q={SECRET}",
        "/",
        "/notifications",
    ]

    def asked() -> list[str]:
        return [re.sub(r'(value|content|data-cursor|data-token)="[^"]*"', "", student.get(path).text) for path in paths]

    before = asked()
    theirs = write(people.classmate, f"A {SECRET}, see ¶ 1.2.")
    write(people.classmate, f"Below the {SECRET}.", theirs)
    for path, was, now in zip(paths, before, asked(), strict=True):
        assert SECRET not in now.replace(f"q={SECRET}", "") or "search" in path, path
        assert was == now, path
    for path in (f"/comments/{theirs}", f"/comments/{theirs}/edit", f"/comments/{theirs}/quotation"):
        assert student.get(path).status_code == 404
    assert student.post(f"/comments/{theirs}/reactions", data={"kind": "agree"}).status_code == 404
    assert SECRET not in student.get(f"{thread.url}?quote={theirs}&reply={theirs}&at={theirs}").text
    assert student.post(f"{thread.url}/comments", data={"body": "Really?", "parent": str(theirs)}).status_code == 409
    assert student.post(f"{thread.url}/read-marks", data={"ids": f"{theirs}"}).status_code == 303
    assert str(own) in sign_in(people.student).get(thread.url).text


def test_an_open_page_hears_nothing_of_another_group(
    people: People, thread: Thread, split: Splits, write: Write, sign_in: SignIn
) -> None:
    split()
    student = sign_in(people.student)
    cursor = re.search(r'data-cursor="([^"]+)"', student.get(thread.url).text)
    assert cursor
    write(people.classmate, "For us.")
    assert "data-parent" not in student.get(f"{thread.url}/changes?after={cursor[1]}").text
    write(people.student, "For me.")
    page = student.get(f"{thread.url}/changes?after={cursor[1]}")
    assert "For me." in page.text
    assert "For us." not in page.text
    assert "1 post from 1 person" in page.text


def test_counts_news_and_the_gate_are_of_ones_own_group(
    app: Flask, people: People, thread: Thread, split: Splits, write: Write, given: Callable[..., None], sign_in: SignIn
) -> None:
    split()
    mine = write(people.student, "Mine.")
    write(people.instructor, "Staff say so.", mine)
    write(people.classmate, "Theirs.")
    with app.app_context():
        assert queries.count_unread_for(people.student.id, [people.section]) == {people.section: 1}
        assert queries.count_unread_for(people.instructor.id, [people.section]) == {people.section: 2}
        latest = queries.list_latest_comments_for(people.student.id, [people.section])
        assert [row.body for row in latest] == ["Staff say so."]
        (summary,) = queries.list_prompt_deliveries_for(people.student.id, thread.assignment)
        assert (summary.posts, summary.people) == (2, 2)
    given(posts_before_seeing=2)
    assert "No classmate has answered yet" in sign_in(people.student).get(thread.url).text


def test_whoever_was_moved_is_not_told_of_an_answer_in_the_old_group(
    app: Flask, people: People, thread: Thread, split: Splits, write: Write, sign_in: SignIn
) -> None:
    first, second = split()
    mine = write(people.student, "Mine.")
    instructor, student, classmate = (sign_in(who) for who in (people.instructor, people.student, people.classmate))
    me, them = place_of(app, people.student), place_of(app, people.classmate)
    moves = {f"was{me}": first, f"s{me}": second, f"was{them}": second, f"s{them}": first}
    assert instructor.post(f"{thread.url}/groups/members", data=moves).status_code == 303
    classmate.post(f"{thread.url}/comments", data={"body": "I doubt it.", "parent": str(mine)})
    assert "I doubt it." not in student.get(thread.url).text
    assert "I doubt it." not in student.get("/notifications").text
    answer = student.post(f"{thread.url}/comments", data={"body": "To myself.", "parent": str(mine)})
    assert answer.status_code == 409
    assert "To myself." in answer.text


def test_a_rule_asks_for_no_more_replies_than_the_group_could_take(
    people: People, thread: Thread, split: Splits, write: Write, ask: Ask, sign_in: SignIn
) -> None:
    split()
    ask(Requirement(0, "reply", 1, OVER, POINT))
    with clock.at(datetime(2020, 11, 18, 12, 0, tzinfo=UTC)):
        write(people.classmate, "In time, in the other group.")
    assert "Not asked" in sign_in(people.student).get(thread.url).text
