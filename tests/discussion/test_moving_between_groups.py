"""Students who are moved between the small groups of a thread, and what becomes of what they wrote."""

from __future__ import annotations

from collections.abc import Callable

from flask import Flask
from sqlalchemy import select
from werkzeug.test import TestResponse

from core.database import commit, db
from discussion import operations
from discussion.models import Comment
from discussion.operations import Actor, Split
from tests.discussion.conftest import Thread, place_of
from tests.discussion.test_groups import groups_of
from tests.support.browsing import Client
from tests.support.people import People, Person

SignIn = Callable[[Person], Client]
Splits = Callable[..., list[int]]


def test_students_are_moved_by_hand_and_what_they_wrote_stays(
    app: Flask, people: People, thread: Thread, split: Splits, sign_in: SignIn
) -> None:
    first, second = split()
    student, classmate, instructor = (sign_in(who) for who in (people.student, people.classmate, people.instructor))
    student.post(f"{thread.url}/comments", data={"body": "From the first."})
    classmate.post(f"{thread.url}/comments", data={"body": "From the second."})
    mine, theirs = place_of(app, people.student), place_of(app, people.classmate)
    moved = {f"s{mine}": str(second), f"was{mine}": str(first), f"s{theirs}": "junk", f"was{theirs}": str(second)}
    assert instructor.post(f"{thread.url}/groups/members", data=moved).status_code == 303
    page = student.get(thread.url).text
    assert "From the first." in page
    assert "From the second." in page
    assert "From the first." not in classmate.get(thread.url).text
    with app.app_context():
        kept = db.session.scalars(select(Comment.group_id).order_by(Comment.id)).all()
    assert kept == [first, second]


def test_a_page_that_is_old_moves_only_whom_it_changes_and_undoes_nobody_s_work(
    app: Flask, people: People, thread: Thread, split: Splits, sign_in: SignIn
) -> None:
    first, second = split()
    mine, theirs = place_of(app, people.student), place_of(app, people.classmate)
    instructor, url = sign_in(people.instructor), f"{thread.url}/groups"
    page = instructor.get(url).text
    assert f'name="was{mine}" value="{first}"' in page
    seen = {f"was{mine}": str(first), f"was{theirs}": str(second)}

    def save(for_me: int, for_them: int) -> TestResponse:
        return instructor.post(f"{url}/members", data={**seen, f"s{mine}": for_me, f"s{theirs}": for_them})

    assert save(second, second).status_code == 303
    assert save(first, first).status_code == 303
    assert groups_of(app, thread) == {mine: 2, theirs: 1}
    assert save(second, second).status_code == 303
    assert groups_of(app, thread) == {mine: 2, theirs: 1}


def test_whom_two_move_at_once_is_shown_with_what_was_chosen(
    app: Flask, people: People, thread: Thread, sign_in: SignIn
) -> None:
    third = split_into_three(app, people, thread)
    mine = place_of(app, people.student)
    instructor, url = sign_in(people.instructor), f"{thread.url}/groups/members"
    assert instructor.post(url, data={f"was{mine}": third[0], f"s{mine}": third[1]}).status_code == 303
    late = instructor.post(url, data={f"was{mine}": third[0], f"s{mine}": third[2]})
    assert late.status_code == 409
    assert f'<option value="{third[2]}" selected>' in late.text
    assert "Moved to group 2 meanwhile" in late.text
    assert f'name="was{mine}" value="{third[1]}"' in late.text
    assert groups_of(app, thread)[mine] == 2
    again = instructor.post(url, data={f"was{mine}": third[1], f"s{mine}": third[2]})
    assert again.status_code == 303
    assert groups_of(app, thread)[mine] == 3
    gone = instructor.post(url, data={f"was{mine}": third[2], f"s{mine}": third[2] + 9})
    assert gone.status_code == 409
    assert "split anew meanwhile" in gone.text


def split_into_three(app: Flask, people: People, thread: Thread) -> list[int]:
    """Split the thread anew: the student in the first of three groups; returns their ids."""
    lists: list[list[int]] = [[place_of(app, people.student)], [place_of(app, people.classmate)], []]
    with app.app_context():
        made = operations.split_thread(Actor(people.instructor.id, people.section), thread.delivery, Split(lists))
        commit()
    return made


def test_own_posts_of_an_earlier_group_offer_no_reply(
    app: Flask, people: People, thread: Thread, split: Splits, sign_in: SignIn
) -> None:
    first, second = split()
    student, mine = sign_in(people.student), place_of(app, people.student)
    post = student.post(f"{thread.url}/comments", data={"body": "From the first."}).location.rpartition("#c")[2]
    assert f"?reply={post}#reply" in student.get(thread.url).text
    move = {f"was{mine}": first, f"s{mine}": second}
    assert sign_in(people.instructor).post(f"{thread.url}/groups/members", data=move).status_code == 303
    page = student.get(f"{thread.url}?reply={post}").text
    assert "From the first." in page
    assert f"?reply={post}#reply" not in page
    assert f'name="parent" value="{post}"' not in page
    assert student.get(f"/comments/{post}/quotation").status_code == 403
    assert student.get(f"/comments/{post}/edit").status_code == 200
