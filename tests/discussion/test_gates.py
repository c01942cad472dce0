"""Post before you see: the rule itself, and every path on which something could be read."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask

from discussion import queries
from discussion.gates import Author, Gate, Reader, may_see, may_see_comment, posts_missing
from tests.discussion.conftest import Thread
from tests.support.browsing import Client
from tests.support.moments import Clock
from tests.support.people import People, Person

NOW = datetime(2026, 11, 18, 9, 0, tzinfo=UTC)
BEFORE, AFTER = NOW - timedelta(seconds=1), NOW + timedelta(seconds=1)
SignIn = Callable[[Person], Client]
Write = Callable[..., int]
Given = Callable[..., None]


@pytest.mark.parametrize(
    ("role", "own", "gate", "expected"),
    [
        ("student", 0, Gate(), True),
        ("student", 0, Gate(1), False),
        ("student", 1, Gate(1), True),
        ("student", 1, Gate(2), False),
        ("student", 3, Gate(2), True),
        ("student", 0, Gate(1, NOW), True),
        ("student", 0, Gate(1, BEFORE), True),
        ("student", 0, Gate(1, AFTER), False),
        ("student", 1, Gate(1, AFTER), True),
        ("student", 0, Gate(0, AFTER), False),
        ("student", 5, Gate(0, AFTER), False),
        ("student", 0, Gate(0, NOW), True),
        ("student", 0, Gate(3, AFTER, BEFORE), True),
        ("assistant", 0, Gate(1), True),
        ("instructor", 0, Gate(1, AFTER), True),
        ("observer", 0, Gate(1), True),
    ],
)
def test_the_rule(role: str, own: int, gate: Gate, expected: bool) -> None:
    assert may_see(Reader(1, role, own), gate, NOW) is expected


def test_own_comments_and_those_of_staff_are_never_behind_the_gate() -> None:
    reader, gate = Reader(1, "student", 0), Gate(1)
    assert may_see_comment(reader, gate, Author(1, "student"), NOW)
    assert may_see_comment(reader, gate, Author(2, "instructor"), NOW)
    assert may_see_comment(reader, gate, Author(2, "assistant"), NOW)
    assert not may_see_comment(reader, gate, Author(2, "student"), NOW)


def test_what_is_missing_is_counted() -> None:
    assert posts_missing(Reader(1, "student", 1), Gate(3)) == 2
    assert posts_missing(Reader(1, "student", 4), Gate(3)) == 0


@pytest.fixture
def gated(people: People, thread: Thread, write: Write, given: Given) -> dict[str, int]:
    """A thread behind a gate: a classmate's post, a reply to it by the assistant, and one by the classmate."""
    secret = write(people.classmate, "SECRET thesis, see ¶ 2.1.")
    staff = write(people.assistant, "Staff answer.", secret)
    below = write(people.classmate, "SECRET second thought.", staff)
    given(posts_before_seeing=1)
    return {"secret": secret, "staff": staff, "below": below}


def everything_read(client: Client, thread: Thread) -> str:
    """All text on all pages through which a thread can be read."""
    paths = (
        thread.url,
        f"{thread.url}?sort=newest",
        f"{thread.url}?show=new",
        f"{thread.url}?show=unanswered",
        f"{thread.url}?at=999999",
        f"{thread.url}?reply=1",
        f"/readings/{thread.assignment}/discussion",
    )
    pages = [client.get(path, follow_redirects=True) for path in paths]
    pages.append(client.get(thread.url, headers={"X-Fragment": "1"}))
    pages.append(client.post(f"{thread.url}/comments", data={"body": ""}))
    pages.append(client.post(f"{thread.url}/comments", data={"body": ""}, headers={"X-Fragment": "1"}))
    pages.append(client.post(f"{thread.url}/preview", data={"body": "x"}))
    return "".join(page.text for page in pages)


def test_behind_the_gate_classmates_do_not_exist_on_any_page(
    people: People, thread: Thread, gated: dict[str, int], sign_in: SignIn
) -> None:
    text = everything_read(sign_in(people.student), thread)
    assert "SECRET" not in text
    assert people.classmate.name not in text
    assert f'id="c{gated["secret"]}"' not in text
    assert f'#c{gated["secret"]}"' not in text
    assert f'id="c{gated["below"]}"' not in text
    assert f'#c{gated["below"]}"' not in text
    assert "Staff answer." in text
    assert "One classmate has answered" in text
    assert "2 posts" not in text
    assert "3 posts" not in text


def test_behind_the_gate_a_permalink_is_not_there_and_nothing_can_be_answered(
    people: People, thread: Thread, gated: dict[str, int], sign_in: SignIn
) -> None:
    student = sign_in(people.student)
    assert student.get(f"/comments/{gated['secret']}").status_code == 404
    assert student.get(f"/comments/{gated['below']}").status_code == 404
    assert student.get(f"/comments/{gated['staff']}").status_code == 302
    for path in ("edit", "deletion", "hiding", "endorsement", "history"):
        assert student.get(f"/comments/{gated['secret']}/{path}").status_code == 404
    there = student.post(f"{thread.url}/comments", data={"body": "x", "parent": gated["secret"]})
    nowhere = student.post(f"{thread.url}/comments", data={"body": "x", "parent": 987654})
    assert there.status_code == nowhere.status_code == 409
    assert "SECRET" not in there.text


def test_behind_the_gate_no_count_and_no_list_tells_of_classmates(
    app: Flask, people: People, thread: Thread, gated: dict[str, int]
) -> None:
    with app.app_context():
        me, classes = people.student.id, [people.section]
        (summary,) = queries.list_prompt_deliveries_for(me, thread.assignment)
        assert (summary.gate_open, summary.posts, summary.people) == (False, None, None)
        assert (summary.unread, summary.classmates_posted) == (1, 1)
        assert queries.count_unread_for(me, classes) == {people.section: 1}
        assert queries.count_unread_by_assignment(me, classes) == {thread.assignment: 1}
        latest = queries.list_latest_comments_for(me, classes)
        assert [row.comment_id for row in latest] == [gated["staff"]]


def test_a_reply_to_me_stays_behind_the_gate_too(
    app: Flask, people: People, thread: Thread, write: Write, given: Given
) -> None:
    mine = write(people.student, "Mine.")
    write(people.classmate, "SECRET reply.", mine)
    given(posts_before_seeing=2)
    with app.app_context():
        assert queries.list_replies_to(people.student.id, [people.section]) == []
    given(posts_before_seeing=1)
    with app.app_context():
        (reply,) = queries.list_replies_to(people.student.id, [people.section])
    assert (reply.author_name, reply.is_new) == (people.classmate.name, True)


def test_marks_cannot_be_set_behind_the_gate(
    app: Flask, people: People, thread: Thread, gated: dict[str, int], sign_in: SignIn
) -> None:
    student = sign_in(people.student)
    ids = ",".join(str(number) for number in gated.values())
    assert student.post(f"{thread.url}/read-marks", data={"ids": ids}).status_code == 303
    student.post(f"{thread.url}/comments", data={"body": "Mine."})
    with app.app_context():
        assert queries.count_unread_for(people.student.id, [people.section]) == {people.section: 2}


def test_an_own_post_opens_the_gate_and_deleting_it_closes_it_again(
    people: People, thread: Thread, gated: dict[str, int], sign_in: SignIn
) -> None:
    student = sign_in(people.student)
    answer = student.post(f"{thread.url}/comments", data={"body": "My first post."})
    page = student.get(thread.url).text
    assert "SECRET thesis" in page
    assert "4 posts from 3 people" in page
    mine = answer.location.split("#c")[1]
    student.post(f"/comments/{mine}/deletion")
    assert "SECRET" not in everything_read(student, thread)


def test_a_first_post_by_script_is_led_to_the_whole_page(
    people: People, thread: Thread, gated: dict[str, int], sign_in: SignIn
) -> None:
    student = sign_in(people.student)
    assert 'data-swap="#posts"' not in student.get(thread.url).text
    answer = student.post(f"{thread.url}/comments", data={"body": "Mine."}, headers={"X-Fragment": "1"})
    assert answer.status_code == 303


def test_staff_open_the_gate_for_everybody(
    people: People, thread: Thread, gated: dict[str, int], sign_in: SignIn
) -> None:
    student = sign_in(people.student)
    assert student.post(f"{thread.url}/gate-opening").status_code == 403
    assert sign_in(people.assistant).post(f"{thread.url}/gate-opening").status_code == 303
    assert "SECRET thesis" in student.get(thread.url).text


def test_a_date_opens_the_gate_to_the_second(
    people: People, thread: Thread, write: Write, given: Given, sign_in: SignIn, clock: Clock
) -> None:
    write(people.classmate, "SECRET until noon.")
    given(posts_before_seeing=1, gate_opens_at=datetime(2026, 11, 18, 11, 0, tzinfo=UTC))
    student = sign_in(people.student)
    assert "SECRET" not in student.get(thread.url).text
    assert "They open to everybody on Wed 18 Nov, 12:00" in student.get(thread.url).text
    clock.set(datetime(2026, 11, 18, 10, 59, 59, tzinfo=UTC))
    assert "SECRET" not in student.get(thread.url).text
    clock.set(datetime(2026, 11, 18, 11, 0, tzinfo=UTC))
    assert "SECRET until noon" in student.get(thread.url).text


def test_staff_see_everything_at_once(people: People, thread: Thread, gated: dict[str, int], sign_in: SignIn) -> None:
    page = sign_in(people.instructor).get(thread.url).text
    assert "SECRET thesis" in page
    assert "Show everybody all posts" in page
