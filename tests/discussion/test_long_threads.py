"""A thread that is too long for a page comes in parts of whole branches."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import pairwise

import pytest
from flask import Flask
from sqlalchemy import insert, select

from classroom.models import Enrollment
from core.database import commit, db
from discussion.models import Comment
from discussion.outlines import PART, SORTS, arrange, cut, narrow
from discussion.threads import nest
from tests.discussion.conftest import Thread
from tests.support.browsing import Client
from tests.support.people import People, Person
from tests.support.statements import CountStatements

SignIn = Callable[[Person], Client]
Fill = Callable[[int], list[int]]
WRITTEN = datetime(2026, 11, 20, 9, tzinfo=UTC)


@dataclass(frozen=True)
class Row:
    """A comment as an outline has it."""

    id: int
    parent_id: int | None = None
    gone: bool = False
    is_read: bool = True
    enrollment_id: int = 1
    author_role: str = "student"
    created_at: datetime = WRITTEN
    hidden_at: datetime | None = None
    endorsed_at: datetime | None = None
    pinned_at: datetime | None = None


@pytest.fixture
def fill(app: Flask, people: People, thread: Thread) -> Fill:
    """`fill(n)` puts n comments of the classmate's into the thread, each second one a reply to the one before."""

    def filled(count: int) -> list[int]:
        with app.app_context():
            mine = Enrollment.user_id == people.classmate.id, Enrollment.section_id == people.section
            place = db.session.scalars(select(Enrollment.id).where(*mine)).one()
            common = {"assignment_id": thread.assignment, "delivery_id": thread.delivery, "enrollment_id": place}
            found: list[int] = []
            for number in range(count):
                words = {"body": f"Post {number}.", "body_html": f"<p>Post {number}.</p>", "renderer": 1}
                values = {**common, **words, "parent_id": found[-1] if number % 2 else None, "created_at": WRITTEN}
                found.append(db.session.execute(insert(Comment).values(**values)).inserted_primary_key[0])
            commit()
        return found

    return filled


def _posts(page: str) -> list[int]:
    return [int(number) for number in re.findall(r'<article class="post[^"]*" id="c(\d+)"', page)]


def _onward(page: str) -> str | None:
    found = re.search(r'href="(\?at=[^"#]*)#c\d+" data-part="later"', page)
    return found and found.group(1).replace("&amp;", "&")


def test_parts_hold_whole_branches_and_leave_nothing_out() -> None:
    rows = [Row(n, parent_id=n - n % 7 if n % 7 else None) for n in range(7, 207)]
    branches = nest(rows)
    seen: list[int] = []
    at: int | None = None
    while True:
        part = cut(branches, at)
        seen += [branch.comment.id for branch in part.branches]
        assert sum(1 + len(branch.replies) for branch in part.branches) < PART + 7
        if part.later is None:
            break
        assert cut(branches, part.later).earlier == part.branches[0].comment.id
        at = part.later
    assert seen == [branch.comment.id for branch in branches]


def test_a_part_is_found_by_any_comment_in_it_and_says_what_is_new_outside_it() -> None:
    rows = [Row(n, parent_id=n - 1 if n % 2 else None, is_read=n != 151) for n in range(100, 300)]
    branches = nest(rows)
    assert cut(branches, 151).branches[0].comment.id == 150
    assert cut(branches).next_new == 151
    assert cut(branches, 299).next_new == 151
    assert cut(branches, 150).next_new is None
    assert [branch.comment.id for branch in narrow(branches, "new", 1)] == [150]


def test_orders_are_by_time_and_by_endorsements_and_what_is_pinned_comes_first() -> None:
    rows = [Row(1), Row(2), Row(3, endorsed_at=WRITTEN), Row(4, 2, endorsed_at=WRITTEN), Row(5, 2, endorsed_at=WRITTEN)]
    branches = nest([*rows, Row(6, pinned_at=WRITTEN), Row(7)])
    found = {sort: [branch.comment.id for branch in arrange(branches, sort)] for sort in SORTS}
    assert found == {"oldest": [6, 1, 2, 3, 7], "newest": [6, 7, 3, 2, 1], "endorsed": [6, 2, 3, 1, 7]}


def test_an_empty_thread_has_one_empty_part() -> None:
    assert cut(nest(list[Row]()), 5).branches == []


def test_the_first_screen_arrives_without_the_rest(people: People, thread: Thread, fill: Fill, sign_in: SignIn) -> None:
    posts = fill(200)
    student = sign_in(people.student)
    page = student.get(thread.url).text
    assert _posts(page) == posts[:PART]
    assert "200 posts from 1 person" in page
    assert "150 posts" in page
    seen = _posts(page)
    while (onward := _onward(page)) is not None:
        page = student.get(thread.url + onward).text
        seen += _posts(page)
    assert seen == posts
    assert _posts(student.get(f"{thread.url}?all=1").text) == posts


def test_newest_first_begins_with_the_newest_branch(
    people: People, thread: Thread, fill: Fill, sign_in: SignIn
) -> None:
    posts = fill(120)
    student = sign_in(people.student)
    page = student.get(f"{thread.url}?sort=newest").text
    assert _posts(page)[:4] == [posts[118], posts[119], posts[116], posts[117]]
    following = student.get(thread.url + (_onward(page) or "")).text
    assert _posts(following)[0] == _posts(page)[-2] - 2


def test_a_permalink_opens_the_part_of_its_post(people: People, thread: Thread, fill: Fill, sign_in: SignIn) -> None:
    posts = fill(200)
    student = sign_in(people.student)
    answer = student.get(f"/comments/{posts[131]}")
    assert posts[131] in _posts(student.get(answer.location.split("#")[0]).text)
    assert posts[131] in _posts(student.get(f"{thread.url}?reply={posts[131]}").text)


def test_a_script_gets_a_part_alone(people: People, thread: Thread, fill: Fill, sign_in: SignIn) -> None:
    posts = fill(120)
    answer = sign_in(people.student).get(f"{thread.url}?at={posts[60]}", headers={"X-Fragment": "1"})
    assert _posts(answer.text) == posts[50:100]
    assert "<html" not in answer.text


def test_what_is_new_in_another_part_is_one_step_away(
    people: People, thread: Thread, fill: Fill, sign_in: SignIn
) -> None:
    posts = fill(120)
    student = sign_in(people.student)
    read = ",".join(str(post) for post in posts if post != posts[77])
    student.post(f"{thread.url}/read-marks", data={"ids": read})
    assert f'href="?at={posts[77]}#c{posts[77]}" data-next-new' in student.get(thread.url).text


def test_statements_stay_the_same_from_50_comments_to_2000(
    people: People, thread: Thread, fill: Fill, sign_in: SignIn, count_statements: CountStatements
) -> None:
    student = sign_in(people.student)
    seen = []
    for more in (50, 1_950):
        fill(more)
        student.get(thread.url)
        with count_statements() as statements:
            page = student.get(thread.url)
        assert page.status_code == 200
        assert len(page.text) < 60_000
        seen.append(len(statements))
    assert all(one == other for one, other in pairwise(seen))
