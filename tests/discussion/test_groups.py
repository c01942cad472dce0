"""Small groups: who is in which, how a thread is split, and what staff see of it."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from classroom.operations import enroll, remove_person
from core.audit import AuditEntry
from core.database import commit, db
from discussion import operations, queries
from discussion.group_models import ThreadGroup, ThreadGroupMember
from discussion.groups import deal, groups_for_size, place
from discussion.models import Comment, PromptDelivery
from discussion.operations import Actor, HasGroupPosts, NotInClass, Split
from discussion.participation import Requirement
from tests.discussion.conftest import Thread, place_of
from tests.support.browsing import Client
from tests.support.people import People, Person

SignIn = Callable[[Person], Client]
Write = Callable[..., int]
Does = Callable[..., None]
Splits = Callable[..., list[int]]


def groups_of(app: Flask, thread: Thread) -> dict[int, int]:
    """The number of each student's group, by the place in the class."""
    with app.app_context():
        rows = db.session.execute(
            select(ThreadGroupMember.enrollment_id, ThreadGroup.number)
            .join(ThreadGroup, ThreadGroup.id == ThreadGroupMember.group_id)
            .where(ThreadGroup.delivery_id == thread.delivery)
        )
        return {row[0]: row[1] for row in rows}


@pytest.mark.parametrize(("students", "groups"), [(24, 5), (7, 3), (2, 2), (1, 2)])
def test_students_are_dealt_evenly_and_the_same_way_each_time(students: int, groups: int) -> None:
    dealt = deal(range(students), groups, 7)
    assert sorted(each for group in dealt for each in group) == list(range(students))
    assert max(map(len, dealt)) - min(map(len, dealt)) <= 1
    assert dealt == deal(reversed(range(students)), groups, 7)


def test_another_seed_deals_otherwise_and_groups_are_never_larger_than_asked() -> None:
    assert deal(range(24), 4, 1) != deal(range(24), 4, 2)
    assert [groups_for_size(students, 4) for students in (24, 25, 3, 0)] == [6, 7, 2, 2]


def test_newcomers_fill_the_smallest_groups_first() -> None:
    assert place([7, 8, 9], {1: 3, 2: 1, 3: 2}) == {7: 2, 8: 2, 9: 3}


def test_a_class_is_split_by_chance_as_the_kept_seed_says(
    app: Flask, people: People, thread: Thread, sign_in: SignIn
) -> None:
    instructor = sign_in(people.instructor)
    assert "The class talks in one thread." in instructor.get(f"{thread.url}/groups").text
    assert instructor.post(f"{thread.url}/groups", data={"way": "count", "number": "2"}).status_code == 303
    with app.app_context():
        (seed,) = set(db.session.scalars(select(ThreadGroup.seed)))
    assert seed is not None
    both = [place_of(app, people.student), place_of(app, people.classmate)]
    dealt = deal(both, 2, seed)
    assert groups_of(app, thread) == {who: at for at, group in enumerate(dealt, 1) for who in group}
    refused = instructor.post(f"{thread.url}/groups", data={"way": "size", "number": "1"})
    assert refused.status_code == 422
    assert "Choose a number from 2 to 100." in refused.text
    assert instructor.post(f"{thread.url}/groups/removal").status_code == 303
    assert groups_of(app, thread) == {}


def test_lists_that_are_handed_in_become_groups_and_whoever_is_on_none_comes_into_the_smallest(
    app: Flask, people: People, thread: Thread, staff: Actor
) -> None:
    with app.app_context():
        third = enroll(people.stranger.id, people.section).id
        commit()
    one, two = place_of(app, people.student), place_of(app, people.classmate)
    with app.app_context():
        operations.split_thread(staff, thread.delivery, Split([[one, two], []]))
        commit()
        acts = db.session.scalars(select(AuditEntry).where(AuditEntry.action == "discussion.split")).all()
        assert [act.detail["groups"] for act in acts] == [[[one, two], []]]
    assert groups_of(app, thread) == {one: 1, two: 1, third: 2}
    for wrong in ([[one], [one]], [[one, place_of(app, people.assistant)]], [[place_of(app, people.other_student)]]):
        with app.app_context(), pytest.raises(NotInClass):
            operations.split_thread(staff, thread.delivery, Split(wrong))
    assert groups_of(app, thread) == {one: 1, two: 1, third: 2}


def test_who_joins_later_comes_into_the_smallest_group(
    app: Flask, people: People, thread: Thread, split: Splits, does: Does
) -> None:
    split()
    does(remove_person, people.instructor.id, place_of(app, people.classmate))
    with app.app_context():
        newcomer = enroll(people.stranger.id, people.section).id
        commit()
    assert groups_of(app, thread)[newcomer] == 2
    with app.app_context():
        enroll(people.classmate.id, people.section)
        commit()
    assert groups_of(app, thread)[place_of(app, people.classmate)] == 2


def test_a_thread_in_whose_groups_somebody_wrote_is_not_split_anew_or_joined(
    app: Flask, people: People, thread: Thread, split: Splits, staff: Actor, sign_in: SignIn
) -> None:
    split()
    sign_in(people.student).post(f"{thread.url}/comments", data={"body": "From the first."})
    instructor = sign_in(people.instructor)
    for path, data in (("groups", {"way": "count", "number": "2"}), ("groups/removal", {})):
        assert instructor.post(f"{thread.url}/{path}", data=data).status_code == 409, path
    with app.app_context(), pytest.raises(HasGroupPosts):
        operations.split_thread(staff, thread.delivery, Split([[]]))
    assert "People have written in the groups" in instructor.get(f"{thread.url}/groups").text


def test_staff_see_all_groups_named_choose_one_and_write_for_one_or_all(
    people: People, thread: Thread, split: Splits, sign_in: SignIn
) -> None:
    first, second = split()
    student, classmate, assistant = (sign_in(who) for who in (people.student, people.classmate, people.assistant))
    student.post(f"{thread.url}/comments", data={"body": "From the first."})
    theirs = classmate.post(f"{thread.url}/comments", data={"body": "From the second."}).location.rpartition("#c")[2]
    assistant.post(f"{thread.url}/comments", data={"body": "For the first.", "group": str(first)})
    assistant.post(f"{thread.url}/comments", data={"body": "For all.", "group": ""})
    assistant.post(f"{thread.url}/comments", data={"body": "For the asker.", "parent": theirs, "group": str(first)})
    assert texts(student.get(thread.url).text) == ["From the first.", "For the first.", "For all."]
    assert texts(classmate.get(thread.url).text) == ["From the second.", "For the asker.", "For all."]
    page = assistant.get(thread.url).text
    assert len(texts(page)) == 5
    assert page.count('<p class="meta">Group 1</p>') == 2
    assert page.count('<p class="meta">Group 2</p>') == 1
    assert texts(assistant.get(f"{thread.url}?show=group-{second}").text) == ["From the second.", "For the asker."]
    for client in (student, classmate):
        client.post(f"{thread.url}/comments", data={"body": "No choice.", "group": str(first + second)})
        assert '<p class="meta">Group' not in client.get(thread.url).text
    student.post(f"{thread.url}/comments", data={"body": "Into the other?", "group": str(second)})
    assert "Into the other?" not in classmate.get(thread.url).text


@pytest.mark.parametrize("who", ["assistant", "student"])
def test_the_group_that_was_chosen_is_kept_when_a_post_is_looked_at_before_or_refused(
    people: People, thread: Thread, split: Splits, sign_in: SignIn, who: str
) -> None:
    _first, second = split()
    client = sign_in(getattr(people, who))
    chosen = f'<option value="{second}" selected>Group 2</option>'
    looked_at = client.post(f"{thread.url}/preview", data={"body": "A *word*.", "group": str(second)})
    assert looked_at.status_code == 200
    for fragment in ({}, {"X-Fragment": "1"}):
        refused = client.post(f"{thread.url}/comments", data={"body": "", "group": str(second)}, headers=fragment)
        assert refused.status_code == 422
        assert (chosen in refused.text) == (who == "assistant")
        assert client.post(f"{thread.url}/comments", data={"body": ""}, headers=fragment).status_code == 422
    assert (chosen in looked_at.text) == (who == "assistant")


@pytest.mark.parametrize("who", ["assistant", "student"])
def test_a_thread_with_groups_and_a_rule_takes_few_statements_however_long_it_is(
    people: People,
    thread: Thread,
    split: Splits,
    ask: Splits,
    write: Write,
    sign_in: SignIn,
    count_statements: Any,
    who: str,
) -> None:
    split()
    ask(Requirement(0, "reply", 2, datetime(2999, 11, 19, tzinfo=UTC)))
    client, counts = sign_in(getattr(people, who)), []
    for posts in (1, 30):
        for number in range(posts):
            write(people.student, f"Number {number}.")
        with count_statements() as seen:
            assert client.get(thread.url).status_code == 200
        counts.append(len(seen))
    assert counts[0] == counts[1] <= 15


def texts(page: str) -> list[str]:
    """The words of the posts of a page, in order."""
    return re.findall(r'<div class="prose"[^>]*><p>([^<]*)</p>', page[page.index('id="posts"') :])


def test_the_database_holds_a_group_to_its_thread_and_a_student_to_one(
    app: Flask, people: People, thread: Thread, split: Splits, write: Write
) -> None:
    first, second = split()
    write(people.student, "Mine.")
    one, other = place_of(app, people.student), place_of(app, people.other_student)
    with app.app_context():
        elsewhere = db.session.get_one(PromptDelivery, thread.elsewhere).assignment_id
        for wrong in (
            ThreadGroupMember(delivery_id=thread.delivery, enrollment_id=one, group_id=second),
            ThreadGroupMember(delivery_id=thread.elsewhere, enrollment_id=other, group_id=first),
            ThreadGroup(delivery_id=thread.delivery, number=1),
            ThreadGroup(delivery_id=thread.delivery, number=0),
        ):
            db.session.add(wrong)
            with pytest.raises(IntegrityError):
                db.session.flush()
            db.session.rollback()
        with pytest.raises(IntegrityError):
            db.session.execute(update(Comment).values(delivery_id=thread.elsewhere, assignment_id=elsewhere))
        db.session.rollback()
        assert queries.list_groups(thread.delivery) == {first: 1, second: 2}
