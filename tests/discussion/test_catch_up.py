"""What a student who was away has to catch up on: discussions, through the door and behind the gate."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from classroom.models import Enrollment
from core.database import commit, db
from discussion.models import AGREE, FORCED
from discussion.operations import (
    Actor,
    Split,
    approve_comment,
    endorse_comment,
    hide_comment,
    open_gate,
    react,
    set_requirements,
    split_thread,
)
from discussion.participation import Requirement
from discussion.standing_out import Candidate, standing_out
from tests.support.people import make_students
from tests.support.statements import CountStatements

DAY = timedelta(days=1)


@pytest.fixture
def act(app, people, thread):
    """`act(endorse_comment, comment)` does it as the instructor; `act.react(person, comment)` as somebody."""

    class Acts:
        def __call__(self, operation, *what) -> None:
            with app.app_context():
                operation(Actor(people.instructor.id, people.section), *what)
                commit()

        def react(self, person, comment) -> None:
            with app.app_context():
                react(self.place(person), thread.delivery, comment, AGREE)
                commit()

        def place(self, person) -> int:
            with app.app_context():
                own = select(Enrollment.id).where(
                    Enrollment.user_id == person.id, Enrollment.section_id == people.section
                )
                return db.session.scalars(own).one()

    return Acts()


@pytest.fixture
def page(people, thread, sign_in):
    """`page(person)` is what the page says to the person, the student unless another is named."""

    def asked(person=None) -> str:
        answer = sign_in(person or people.student).get(f"/readings/{thread.assignment}/catch-up")
        assert answer.status_code == 200
        return answer.text.split("<main")[1]

    return asked


@pytest.fixture
def post(thread, sign_in):
    """`post(person, "text")` posts through the door, as the thread's rules have it; the id of the post."""

    def posted(person, body: str, **more: str) -> int:
        answer = sign_in(person).post(f"{thread.url}/comments", data={"body": body, **more})
        assert answer.status_code == 303, answer.text
        return int(answer.location.rpartition("#c")[2])

    return posted


def test_a_prompt_without_an_own_post_is_to_do(people, thread, write, page) -> None:
    before = page()
    assert "Not answered yet" in before
    assert "One thing is still to do." in before
    write(people.student, "It was.")
    assert "Still to do" not in page()


def test_a_thread_that_is_closed_is_not_to_do(given, clock, page) -> None:
    given(closes_at=clock.now() + DAY)
    assert "Open until Thu 19 Nov, 10:00" in page()
    clock.forward(days=1, seconds=2)
    assert "Still to do" not in page()


def test_boxes_that_are_open_are_to_do_and_tick(people, thread, write, act, clock, page) -> None:
    rules = [Requirement(0, "post", 2, clock.now() + DAY), Requirement(0, "reply", 1, clock.now() - DAY)]
    act(set_requirements, thread.delivery, rules)
    write(people.student, "It was.")
    said = page()
    assert "2 posts of your own: 1 of 2, until Thu 19 Nov, 10:00" in said
    assert "reply to a classmate" not in said  # its time is over
    write(people.student, "And it was fair.")
    assert "Still to do" not in page()


def test_what_staff_endorsed_comes_first_then_what_people_reacted_to_and_quoted(
    app, people, thread, write, act, page
) -> None:
    one, two, three = make_students(app, people.section, 3)
    plain = write(one, "Nobody minds this.")
    liked = write(one, "Many like this.")
    quoted = write(two, "This is quoted twice.")
    endorsed = write(three, "This is endorsed.")
    act.react(two, liked)
    for person in (one, three):
        write(person, f"> [Quoted](/comments/{quoted})\n>\n> This is quoted\n\nI see it so, too.")
    act(endorse_comment, endorsed)
    said = page()
    order = [said.index(f"/comments/{each}") for each in (endorsed, quoted, liked)]
    assert order == sorted(order)
    assert f"/comments/{plain}" not in said
    assert "quoted in 2 posts" in said
    assert "1 person reacted" in said
    assert "Student 0003" in said


def test_the_sentence_that_a_post_points_at_is_quoted(people, thread, write, act, page) -> None:
    act(endorse_comment, write(people.classmate, "See ¶ 1.2 for that."))
    said = page()
    assert "Most people chose the new bridge." in said
    second = thread.sentences[1]
    assert f"?marked={second}-{second}#s{second}" in said


def test_behind_the_gate_nothing_is_told_and_after_posting_all(people, thread, given, write, act, page) -> None:
    given(posts_before_seeing=1)
    act(endorse_comment, write(people.classmate, "Behind the gate."))
    before = page()
    for word in ("Behind the gate", people.classmate.name, "Endorsed", "/comments/"):
        assert word not in before, word
    assert "Not open to you yet" in before
    assert "Opens when you have written one post of your own." in before
    write(people.student, "Mine.")
    after = page()
    assert "Behind the gate" in after
    assert people.classmate.name in after


def test_a_gate_that_staff_open_is_open_here(people, thread, given, write, act, page) -> None:
    given(posts_before_seeing=2)
    act(endorse_comment, write(people.classmate, "Behind the gate."))
    assert "Behind the gate" not in page()
    act(open_gate, thread.delivery)
    assert "Behind the gate" in page()


def test_neither_the_words_nor_the_numbers_of_what_is_kept_back_are_told(
    people, thread, given, write, post, act, page
) -> None:
    hidden = write(people.classmate, "What is hidden.")
    act(endorse_comment, hidden)
    act(hide_comment, hidden, "Not here.")
    shown = write(people.classmate, "What can be read.")
    given(approves_first=True)
    act.react(people.student, shown)
    waiting = post(people.classmate, f"> [Quoted](/comments/{shown})\n>\n> What\n\nWhat waits.")
    act.react(people.instructor, waiting)
    said = page()
    assert "What can be read." in said
    assert "What is hidden." not in said
    assert "What waits." not in said
    assert "quoted in" not in said  # by what waits alone
    act(approve_comment, waiting)
    assert "quoted in 1 post" in page()


def test_a_quotation_of_a_hidden_post_is_left_out(people, thread, write, act, page) -> None:
    hidden = write(people.classmate, "Something rude.")
    act(endorse_comment, write(people.classmate, f"> [Quoted](/comments/{hidden})\n>\n> Something rude.\n\nNo."))
    act(hide_comment, hidden, "Rude.")
    said = page()
    assert "No." in said
    assert "rude" not in said.lower()


def test_an_anonymous_author_stays_anonymous(people, thread, given, post, act, page) -> None:
    given(anonymity=FORCED)
    act(endorse_comment, post(people.classmate, "Without my name.", anonymous="y"))
    said = page()
    assert "Without my name." in said
    assert "Classmate 1" in said
    assert people.classmate.name not in said


def test_another_groups_posts_are_not_here(people, thread, write, act, page) -> None:
    lists = [[act.place(people.student)], [act.place(people.classmate)]]
    act(split_thread, thread.delivery, Split(lists))
    act(endorse_comment, write(people.classmate, "For the other group."))
    assert "For the other group." not in page()


def test_own_posts_are_not_what_the_class_said(people, thread, write, act, page) -> None:
    act(endorse_comment, write(people.student, "My own, endorsed."))
    assert "My own, endorsed." not in page()
    assert "No post stands out yet." in page()


def test_how_often_a_post_is_quoted_is_the_same_number_for_everybody(people, thread, write, page) -> None:
    said = write(people.classmate, "Often quoted.")
    words = f"> [Quoted](/comments/{said})\n>\n> Often\n\n"
    write(people.student, words + "Yes.")
    write(people.instructor, words + "No.")
    assert "quoted in 2 posts" in page()


def test_an_own_quotation_that_waits_for_approval_is_not_counted(people, thread, given, write, post, page) -> None:
    said = write(people.classmate, "Often quoted.")
    given(approves_first=True)
    post(people.student, f"> [Quoted](/comments/{said})\n>\n> Often\n\nYes.")
    assert "quoted in" not in page()


def test_more_posts_and_people_take_no_more_statements(
    app, people, thread, write, act, page, clock, sign_in, count_statements: CountStatements
) -> None:
    act(set_requirements, thread.delivery, [Requirement(0, "post", 3, clock.now() + DAY)])
    hidden = write(people.classmate, "Rude.")
    act(hide_comment, hidden, "Rude.")
    words = f"> [Quoted](/comments/{hidden})\n>\n> Rude.\n\nSee ¶ 1.2."
    act(endorse_comment, write(people.classmate, words))
    me, address = sign_in(people.student), f"/readings/{thread.assignment}/catch-up"
    me.get(address)
    with count_statements() as few:
        me.get(address)
    for person in make_students(app, people.section, 5):
        act(endorse_comment, write(person, words))
    with count_statements() as many:
        me.get(address)
    assert len(many) == len(few) < 15


def test_of_equals_the_earlier_stands_first_and_no_more_than_asked_for() -> None:
    posts = [
        Candidate(3, False, 2, ""),
        Candidate(2, False, 2, ""),
        Candidate(1, False, 0, ""),
        Candidate(4, True, 0, ""),
    ]
    assert [post.id for post in standing_out(posts, 5)] == [4, 2, 3]
    assert [post.id for post in standing_out(posts, 1)] == [4]
