"""A student's own page across the readings of a class: what is next, scores with their reviews, replies."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from articles.operations.assignments import Dates
from classroom.models import Enrollment
from classroom.operations.sections import archive_section
from core.database import commit, db
from discussion.comment_text import compose
from discussion.models import CommentRead
from discussion.operations import (
    Actor,
    DeliverySettings,
    DiscussionRef,
    add_comment,
    deliver_prompt,
    lock_thread,
    mute_student,
    set_requirements,
)
from discussion.participation import Requirement
from quizzes.deliveries import DeliveryRules
from quizzes.models import Quiz, QuizDelivery
from quizzes.operations.authoring import unpublish_quiz
from results.grade_cells import Attempted, Cell, Column, Decision, decided
from results.student_readings import HANDED_IN, LATE, QuizLine, ReadingLine, next_up
from tests.quizzes.sitting import make_sitting, start
from tests.results.test_catch_up import place_of, take
from tests.support.statements import CountStatements

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
ONE = ("single_choice",)


@pytest.fixture
def page(people, sign_in):
    """`page(person)`: what the person's own page says, the student's unless another is named."""

    def asked(person=None) -> str:
        answer = sign_in(person or people.student).get(f"/classes/{people.section}/your-readings")
        assert answer.status_code == 200
        return answer.text.split("<main")[1]

    return asked


def reply(app, people, reading, author, body: str = "A reply.", parent: int | None = None) -> int:
    with app.app_context():
        place = place_of(author, people.section)
        where = DiscussionRef(reading.assignment, reading.prompt_delivery, reading.version)
        made = add_comment(place, where, compose(body, parent or reading.comment))
        commit()
    return made


def test_an_attempt_in_progress_is_next_and_leads_to_it(people, reading, page) -> None:
    mine = page()
    assert f'href="/attempts/{reading.attempt}"' in mine
    assert "Go on with the quiz" in mine


def test_a_quiz_that_is_not_begun_is_next_until_it_closes(app, people, clock, page) -> None:
    dates = Dates(None, clock.now() + HOUR, clock.now() + 2 * HOUR)
    sitting = make_sitting(app, people, None, dates, ONE)
    assert f'<a class="btn" href="/readings/{sitting.assignment}/catch-up">' in page()
    clock.forward(hours=1, minutes=30)
    assert "Was due Wed 18 Nov, 11:00" in page()
    clock.forward(hours=1)
    assert "Nothing needs you." in page()


def test_what_is_handed_in_is_not_next_and_the_score_leads_to_its_review(app, people, page, sign_in) -> None:
    sitting = make_sitting(app, people, None, None, ONE)
    attempt = take(sign_in(people.student), sitting, *ONE)
    mine = page()
    assert "Nothing needs you." in mine
    assert f'<a href="/attempts/{attempt}/result"><b>1</b>' in mine


def test_before_the_release_nothing_says_which_attempt_counts(app, people, page, sign_in) -> None:
    rules = DeliveryRules(attempts_allowed=3, release_score="never")
    sitting = make_sitting(app, people, rules, None, ONE)
    me = sign_in(people.student)
    attempts = [take(me, sitting), take(me, sitting, *ONE), take(me, sitting)]
    mine = page()
    assert "Not released yet" in mine
    assert not [each for each in attempts if f"/attempts/{each}" in mine]
    with app.app_context():
        db.session.get_one(QuizDelivery, sitting.delivery).release_score = "at_once"
        commit()
    assert f"/attempts/{attempts[1]}/result" in page()


def attempted(number: int, points: int, *, late: bool) -> Attempted:
    return Attempted(number, number, True, late, points, points, 10, 0)


def test_late_is_not_said_of_the_attempt_that_counts_before_the_score_is_told() -> None:
    better, worse = attempted(1, 5, late=False), attempted(2, 1, late=True)
    cell = Cell(Column("quiz", 1, 1, "", "", 10), "counted", attempts=[better, worse], counting=better)
    assert QuizLine(cell, is_told=True).state == HANDED_IN
    assert QuizLine(cell, is_told=False).state == LATE


def test_boxes_that_are_open_are_next(clock, app, people, reading, page) -> None:
    with app.app_context():
        asked = [Requirement(0, "post", 2, clock.now() + DAY)]
        set_requirements(Actor(people.instructor.id, people.section), reading.prompt_delivery, asked)
        commit()
    assert "2 posts of your own, 1 of 2, until Thu 19 Nov, 10:00" in page()


@pytest.mark.parametrize("keep_from_posting", ["locked", "muted"])
def test_boxes_of_a_thread_in_which_the_student_cannot_post_are_not_next(
    keep_from_posting, clock, app, people, reading, page
) -> None:
    staff = Actor(people.instructor.id, people.section)
    with app.app_context():
        set_requirements(staff, reading.prompt_delivery, [Requirement(0, "post", 2, clock.now() + DAY)])
        if keep_from_posting == "locked":
            lock_thread(staff, reading.prompt_delivery)
        else:
            mute_student(staff, place_of(people.student, people.section), "Enough.")
        commit()
    assert "2 posts of your own, 1 of 2, until" not in page()


def test_in_an_archived_class_nothing_is_next(app, people, reading, page) -> None:
    with app.app_context():
        archive_section(people.instructor.id, people.section)
        commit()
    mine = page()
    assert "Nothing needs you." in mine
    assert "Go on with the quiz" not in mine


def test_replies_that_are_new_are_here_until_they_are_read(app, people, reading, page) -> None:
    made = reply(app, people, reading, people.classmate, "I doubt it.")
    mine = page()
    assert f"{people.classmate.name} replied to you" in mine
    assert "I doubt it." in mine
    assert f'href="/comments/{made}"' in mine
    assert "I doubt it." not in page(people.classmate)
    with app.app_context():
        db.session.add(CommentRead(enrollment_id=place_of(people.student, people.section), comment_id=made))
        commit()
    assert "New replies to you" not in page()


def test_a_reply_behind_the_gate_is_not_here(app, people, reading, page) -> None:
    reply(app, people, reading, people.classmate, "Behind the gate.")
    with app.app_context():
        deliver_prompt(people.instructor.id, reading.prompt, reading.assignment, DeliverySettings(5))
        commit()
    mine = page()
    assert "Behind the gate." not in mine
    assert "replied to you" not in mine


def test_more_of_everything_takes_no_more_statements(
    app, people, reading, clock, sign_in, count_statements: CountStatements
) -> None:
    with app.app_context():
        asked = [Requirement(0, "post", 2, clock.now() + DAY), Requirement(0, "reply", 1, clock.now() + DAY)]
        set_requirements(Actor(people.instructor.id, people.section), reading.prompt_delivery, asked)
        commit()
    quoting = f"> [Quoted](/comments/{reading.comment})\n>\n> thinks so\n\nWhy?"
    reply(app, people, reading, people.classmate, quoting)
    me, address = sign_in(people.student), f"/classes/{people.section}/your-readings"
    me.get(address)
    with count_statements() as few:
        me.get(address)
    for _turn in range(3):
        start(me, make_sitting(app, people, None, None, ONE))
        reply(app, people, reading, people.classmate, quoting)
    with count_statements() as many:
        me.get(address)
    assert len(many) == len(few) <= 15
    assert many.writes() == []


def test_staff_find_no_way_from_a_student_to_what_is_the_students_own(app, people, reading, sign_in) -> None:
    reply(app, people, reading, people.classmate, "Between us.")
    with app.app_context():
        place = db.session.scalars(select(Enrollment.id).where(Enrollment.user_id == people.student.id)).one()
    staff = sign_in(people.instructor).get(f"/classes/{people.section}/students/{place}/readings").text
    for word in ("catch-up", "your-readings", "/attempts/", "replied to you", "Between us."):
        assert word not in staff, word


def test_what_is_in_progress_comes_first(clock) -> None:
    column = Column("quiz", 1, 1, "", "", 10)
    running = Attempted(1, 1, False, False, 0, 0, 10, 0)
    fresh = ReadingLine(1, "Due first", None, clock.now(), None, 0, [QuizLine(Cell(column, "open"))])
    begun = ReadingLine(
        2, "Begun", None, clock.now() + DAY, None, 0, [QuizLine(Cell(column, "open", attempts=[running]))]
    )
    closed = ReadingLine(3, "Closed", None, None, clock.now() - DAY, 0, [QuizLine(Cell(column, "open"))])
    assert [each.reading.title for each in next_up([fresh, begun, closed], clock.now(), ())] == ["Begun", "Due first"]


def test_a_quiz_that_is_withdrawn_is_only_here_for_who_began_it(app, people, page, sign_in) -> None:
    sitting = make_sitting(app, people, None, None, ONE)
    start(sign_in(people.classmate), sitting)
    with app.app_context():
        unpublish_quiz(sitting.quiz)
        title = db.session.get_one(Quiz, sitting.quiz).title
        commit()
    assert title not in page()
    assert "Nothing needs you." in page()
    assert title in page(people.classmate)


def test_a_quiz_from_which_one_is_excused_is_not_next() -> None:
    excused = decided(Cell(Column("quiz", 1, 1, "", "", 10), "open", possible=10), Decision(1, "excuse", None))
    left = [ReadingLine(1, "", None, None, None, 0, [QuizLine(cell)]) for cell in (excused, excused.plain)]
    assert [each.reading for each in next_up(left, datetime.now(UTC), ())] == left[1:]
