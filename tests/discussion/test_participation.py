"""What a prompt asks of each student: set by those who teach, ticked before the student's eyes, decided by staff."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from flask import Flask
from sqlalchemy import select

from classroom.allowances import Allowance
from classroom.operations import set_allowance
from core.audit import AuditEntry
from core.database import commit, db
from core.points import POINT
from discussion import operations, queries
from discussion.models import FORCED
from discussion.operations import Actor
from discussion.participation import Requirement
from tests.discussion.conftest import Thread, place_of
from tests.support.browsing import Client
from tests.support.people import People, Person

SignIn = Callable[[Person], Client]
Write = Callable[..., int]
Does = Callable[..., None]
Ask = Callable[..., list[int]]
DUE = datetime(2999, 11, 19, 22, 59, tzinfo=UTC)
OVER = datetime(2020, 11, 19, 22, 59, tzinfo=UTC)
CITED, REPLIES = Requirement(0, "cited", 1, DUE, POINT), Requirement(0, "reply", 2, DUE, 2 * POINT)


def rows(*requirements: tuple[str, str, str, str], **more: str) -> dict[str, str]:
    """The settings' form with these rows: kind, how many, until, points."""
    form = {"posts_before_seeing": "0", **more}
    for at, values in enumerate(requirements):
        form |= {
            f"requirements-{at}-{n}": v for n, v in zip(("kind", "count", "due_at", "points"), values, strict=True)
        }
    return form


def settings_of(thread: Thread) -> str:
    return f"/prompts/{thread.prompt}/classes/{thread.assignment}"


def states(page: str) -> list[str]:
    """The words of the boxes of a ledger and of its states."""
    ledger = page[page.index('class="ledger"') :]
    return re.findall(r"(Done|Missed|Open|Not asked)</span>", ledger[: ledger.index("</section>")])


def test_a_rule_is_set_in_the_class_s_zone_changed_and_taken_away(
    app: Flask, people: People, thread: Thread, sign_in: SignIn
) -> None:
    instructor = sign_in(people.instructor)
    wanted = rows(("cited", "1", "2026-11-19T23:59", "1"), ("", "1", "", ""), ("reply", "2", "2026-11-21T23:59", "0.5"))
    assert instructor.post(settings_of(thread), data=wanted).status_code == 303
    with app.app_context():
        first, second = queries.list_requirements(thread.delivery)
    assert (first.kind, first.count, first.points) == ("cited", 1, POINT)
    assert first.due_at == datetime(2026, 11, 19, 22, 59, tzinfo=UTC)
    assert (second.kind, second.points) == ("reply", POINT // 2)
    shown = instructor.get(settings_of(thread)).text
    assert 'value="2026-11-21T23:59"' in shown
    assert 'value="0.5"' in shown
    changed = rows(("reply", "3", "2026-11-22T23:59", "0.5"), ("", "1", "2026-11-19T23:59", "1"))
    changed |= {"requirements-0-id": str(second.id), "requirements-1-id": str(first.id)}
    assert instructor.post(settings_of(thread), data=changed).status_code == 303
    with app.app_context():
        (left,) = queries.list_requirements(thread.delivery)
        acts = db.session.scalars(select(AuditEntry).where(AuditEntry.action == "participation.rule")).all()
        assert [len(act.detail["after"]) for act in acts] == [2, 1]
    assert (left.id, left.count) == (second.id, 3)


def test_a_class_has_no_more_rules_than_its_gradebook_shows(
    app: Flask, people: People, thread: Thread, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("discussion.operations.participation.MOST_PER_CLASS", 0)
    answer = sign_in(people.instructor).post(
        settings_of(thread), data=rows(("cited", "7", "2026-11-19T23:59", "1"), ("post", "1", "2026-11-19T23:59", "1"))
    )
    assert answer.status_code == 422
    assert "A class has 500 discussions with a rule at most" in answer.text
    assert 'value="7"' in answer.text
    with app.app_context():
        assert queries.list_requirements(thread.delivery) == []


def test_a_wrong_rule_comes_back_whole(app: Flask, people: People, thread: Thread, sign_in: SignIn) -> None:
    wrong = rows(
        ("reply", "99", "2026-11-19T23:59", "much"), ("post", "", "", ""), ("", "1", "2026-11-20T12:00", "2"), posts="x"
    )
    answer = sign_in(people.instructor).post(settings_of(thread), data=wrong)
    assert answer.status_code == 422
    for words in (
        "Choose a number from 1 to 20.",
        "Write the points as a number",
        "Write how many.",
        "Choose until when.",
        "Choose what it asks for.",
        'value="99"',
        'value="much"',
        'value="2026-11-20T12:00"',
        '<option selected value="reply">',
    ):
        assert words in answer.text, words
    with app.app_context():
        assert queries.list_requirements(thread.delivery) == []


def test_a_form_without_rules_leaves_them_as_they_are(
    app: Flask, people: People, thread: Thread, ask: Ask, sign_in: SignIn
) -> None:
    ask(CITED)
    sign_in(people.instructor).post(settings_of(thread), data={"posts_before_seeing": "1"})
    with app.app_context():
        assert len(queries.list_requirements(thread.delivery)) == 1


def test_a_student_sees_boxes_tick_and_which_posts_tick_them(
    people: People, thread: Thread, ask: Ask, write: Write, sign_in: SignIn
) -> None:
    assert 'aria-labelledby="ledger-h" hidden' in sign_in(people.student).get(thread.url).text
    ask(CITED, REPLIES)
    student = sign_in(people.student)
    assert states(student.get(thread.url).text) == ["Open", "Open"]
    first = student.post(f"{thread.url}/comments", data={"body": "See ¶ 1.2."})
    post = first.location.rpartition("#c")[2]
    theirs = write(people.classmate, "I doubt it.")
    reply = write(people.student, "Why?", theirs)
    write(people.student, "Still: why?", theirs)
    page = student.get(thread.url).text
    assert states(page) == ["Done", "Open"]
    ledger = page[page.index('class="ledger"') :]
    assert f'href="{thread.url}?at={post}#c{post}"' in ledger
    assert f'href="{thread.url}?at={reply}#c{reply}"' in ledger
    assert "Not done yet" in ledger
    assert "2 of 3 points" in ledger
    assert 'class="ledger"' not in sign_in(people.instructor).get(thread.url).text


def test_an_open_page_sees_its_boxes_tick(
    people: People, thread: Thread, ask: Ask, write: Write, sign_in: SignIn
) -> None:
    ask(CITED)
    student = sign_in(people.student)
    cursor = re.search(r'data-cursor="([^"]+)"', student.get(thread.url).text)
    assert cursor
    write(people.student, "See ¶ 1.2.")
    assert states(student.get(f"{thread.url}/changes?after={cursor[1]}").text) == ["Done"]


@pytest.mark.parametrize("act", ["delete", "hide"])
def test_what_is_deleted_or_hidden_ticks_no_box_until_it_is_back(
    people: People, thread: Thread, ask: Ask, write: Write, does: Does, staff: Actor, sign_in: SignIn, act: str
) -> None:
    ask(CITED)
    post = write(people.student, "See ¶ 1.2.")
    if act == "delete":
        does(operations.delete_comment, staff, post)
    else:
        does(operations.hide_comment, staff, post, "Rude.")
    student = sign_in(people.student)
    assert states(student.get(thread.url).text) == ["Open"]
    if act == "hide":
        does(operations.restore_comment, staff, post)
        assert states(student.get(thread.url).text) == ["Done"]


def test_replies_to_oneself_and_to_staff_tick_no_box(
    people: People, thread: Thread, ask: Ask, write: Write, sign_in: SignIn
) -> None:
    ask(REPLIES)
    write(people.student, "Moreover.", write(people.student, "Mine."))
    write(people.student, "Thanks.", write(people.instructor, "From staff."))
    write(people.student, "Thanks.", write(people.assistant, "From staff, too."))
    page = sign_in(people.student).get(thread.url).text
    assert page.count("Not done yet") == 2


def test_a_rule_that_is_over_asks_for_no_more_than_was_there(
    people: People, thread: Thread, ask: Ask, write: Write, sign_in: SignIn
) -> None:
    write(people.classmate, "Too late to be answered in time.")
    ask(Requirement(0, "post", 1, OVER, POINT), Requirement(0, "reply", 2, OVER, POINT))
    page = sign_in(people.student).get(thread.url).text
    assert states(page) == ["Missed", "Not asked"]
    assert "so nothing is asked for" in page
    assert "0 of 1 point" in page


def test_extra_days_of_a_student_move_the_time(
    app: Flask, people: People, thread: Thread, ask: Ask, sign_in: SignIn
) -> None:
    ask(Requirement(0, "post", 1, datetime(2030, 3, 30, 22, 59, tzinfo=UTC)))
    assert "Sat 30 Mar, 23:59" in sign_in(people.student).get(thread.url).text
    place = place_of(app, people.student)
    with app.app_context():
        set_allowance(people.instructor.id, place, Allowance(extra_days=2))
        commit()
    assert "Mon 1 Apr, 23:59" in sign_in(people.student).get(thread.url).text
    assert "Sat 30 Mar, 23:59" in sign_in(people.classmate).get(thread.url).text


def test_boxes_do_not_tell_who_wrote_without_a_name(
    people: People, thread: Thread, ask: Ask, write: Write, given: Callable[..., None], sign_in: SignIn
) -> None:
    ask(REPLIES)
    signed = write(people.classmate, "With my name.")
    given(anonymity=FORCED)
    first, second = (_post(sign_in(people.classmate), thread, words) for words in ("Without.", "Again without."))
    student = sign_in(people.student)
    for answered, words in ((first, "Why?"), (second, "Why, again?")):
        write(people.student, words, answered)
    assert states(student.get(thread.url).text) == ["Open"]
    write(people.student, "And why?", signed)
    assert states(student.get(thread.url).text) == ["Done"]


def _post(client: Client, thread: Thread, words: str) -> int:
    """Post as the page does; return the post's id."""
    sent = client.post(f"{thread.url}/comments", data={"body": words, "anonymous": "y", "anonymity": FORCED})
    return int(sent.location.rpartition("#c")[2])
