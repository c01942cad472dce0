"""What a student who was away has to catch up on: quizzes, through the door."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from articles.models import Assignment
from articles.operations.assignments import Dates
from classroom.models import Enrollment
from classroom.operations.enrollments import enroll, remove_person
from classroom.operations.sections import archive_section
from core import clock as core_clock
from core.database import commit, db
from discussion.models import Prompt
from quizzes.deliveries import DeliveryRules
from quizzes.missed import that_counts
from quizzes.operations.deliveries import release_now
from quizzes.start_pages import AttemptLine
from tests.quizzes.samples import SECRET
from tests.quizzes.sitting import make_sitting, save, start
from tests.support.people import make_students
from tests.support.statements import CountStatements

HOUR = timedelta(hours=1)
ONE = ("single_choice",)
TWO = ("single_choice", "short_answer")


def take(client, sitting, *right: str) -> int:
    """Answer every question, those named as they should be, and hand in."""
    attempt = start(client, sitting)
    for name, item in sitting.items.items():
        save(client, attempt, item, sitting.fields(name, "right" if name in right else "wrong"))
    client.post(f"/attempts/{attempt}/submission")
    return attempt


def page_of(client, sitting) -> str:
    answer = client.get(f"/readings/{sitting.assignment}/catch-up")
    assert answer.status_code == 200
    return answer.text.split("<main")[1]


def test_a_quiz_that_is_open_is_to_do_with_its_dates(app, people, clock, sign_in) -> None:
    now = clock.now()
    sitting = make_sitting(app, people, None, Dates(None, now + HOUR, now + 2 * HOUR), ONE)
    page = page_of(sign_in(people.student), sitting)
    assert "One thing is still to do." in page
    assert "Due Wed 18 Nov, 11:00" in page
    assert "Open until Wed 18 Nov, 12:00" in page
    assert f'href="/deliveries/{sitting.delivery}"' in page
    assert "Look at again" not in page


def test_a_quiz_that_is_late_says_so_and_what_late_work_counts(app, people, clock, sign_in) -> None:
    now = clock.now()
    sitting = make_sitting(app, people, DeliveryRules(late_credit_percent=50), Dates(None, now - HOUR, None), ONE)
    page = page_of(sign_in(people.student), sitting)
    assert "Was due Wed 18 Nov, 09:00" in page
    assert "Late work counts 50 %" in page


def test_an_attempt_in_progress_is_to_do_and_nothing_of_it_is_told(app, people, sign_in) -> None:
    sitting = make_sitting(app, people, None, None, ONE)
    me = sign_in(people.student)
    attempt = start(me, sitting)
    save(me, attempt, sitting.items["single_choice"], sitting.fields("single_choice", "wrong"))
    page = page_of(me, sitting)
    assert f'href="/attempts/{attempt}"' in page
    assert "Not yet" not in page
    assert SECRET not in page


def test_a_quiz_that_is_closed_without_an_attempt_is_no_more_to_do(app, people, clock, sign_in) -> None:
    sitting = make_sitting(app, people, None, Dates(None, clock.now() + HOUR, clock.now() + HOUR), ONE)
    clock.forward(hours=2)
    page = page_of(sign_in(people.student), sitting)
    assert "Still to do" not in page
    assert "You have handed nothing in." in page
    assert "Nothing to catch up on" not in page


def test_missed_questions_come_with_feedback_passage_and_the_way_to_the_result(app, people, sign_in) -> None:
    sitting = make_sitting(app, people, None, None, TWO)
    me = sign_in(people.student)
    attempt = take(me, sitting, "short_answer")
    page = page_of(me, sitting)
    assert "One question is worth another look." in page
    assert "What about single_choice?" in page
    assert "What about short_answer?" not in page
    assert f"{SECRET} 2" in page  # what was said about the option that was chosen
    first, last = sitting.sentences[1:3]
    assert f'href="/readings/{sitting.assignment}?marked={first}-{last}#s{first}"' in page
    assert f'href="/attempts/{attempt}/result#q1"' in page


def test_with_everything_right_there_is_nothing_to_look_at_again(app, people, sign_in) -> None:
    sitting = make_sitting(app, people, None, None, TWO)
    me = sign_in(people.student)
    take(me, sitting, *TWO)
    page = page_of(me, sitting)
    assert "Nothing to catch up on" in page
    assert "No points lost." in page
    assert "Look at again" not in page


@pytest.mark.parametrize(
    ("held", "words"),
    [
        ("release_score", "Your score is shown after Wed 18 Nov, 12:00."),
        ("release_correctness", "Which answers are right is shown after Wed 18 Nov, 12:00."),
    ],
)
def test_what_is_not_released_is_not_told_but_when_it_will_be(app, people, clock, sign_in, held, words) -> None:
    dates = Dates(None, clock.now() + HOUR, clock.now() + 2 * HOUR)
    sitting = make_sitting(app, people, DeliveryRules(**{held: "after_close"}), dates, ONE)
    me = sign_in(people.student)
    take(me, sitting)
    page = page_of(me, sitting)
    assert words in page
    assert "Nothing to catch up on" not in page
    for word in (SECRET, "Not yet", "What about", "another look", "Go to the passage"):
        assert word not in page, word
    assert ("0 of 1 points" in page) == (held == "release_correctness")
    clock.forward(hours=2, seconds=11)
    assert "What about single_choice?" in page_of(me, sitting)


def test_what_the_instructor_releases_is_told_then(app, people, sign_in) -> None:
    sitting = make_sitting(app, people, DeliveryRules(release_score="by_instructor"), None, ONE)
    me = sign_in(people.student)
    take(me, sitting)
    assert "Your score is shown when your instructor releases it." in page_of(me, sitting)
    with app.app_context():
        release_now(sitting.delivery)
        commit()
    assert "What about single_choice?" in page_of(me, sitting)


def test_feedback_that_is_held_back_is_not_here_either(app, people, sign_in) -> None:
    sitting = make_sitting(app, people, DeliveryRules(release_feedback="never"), None, ONE)
    me = sign_in(people.student)
    take(me, sitting)
    page = page_of(me, sitting)
    assert "What about single_choice?" in page
    assert SECRET not in page
    assert "Go to the passage" not in page


def test_the_key_is_never_here(app, people, sign_in) -> None:
    rules = DeliveryRules(attempts_allowed=2, release_key="at_once")
    sitting = make_sitting(app, people, rules, None, ("evidence", "single_choice"))
    me = sign_in(people.student)
    take(me, sitting)
    page = page_of(me, sitting)
    assert "What would have been right" not in page
    assert "Option 1" not in page
    assert "What about evidence?" in page


def test_the_attempt_that_counts_is_looked_at(app, people, sign_in) -> None:
    sitting = make_sitting(app, people, DeliveryRules(attempts_allowed=None), None, TWO)
    me = sign_in(people.student)
    better, _worse = take(me, sitting, "short_answer"), take(me, sitting)
    page = page_of(me, sitting)
    assert f"/attempts/{better}/result#q1" in page
    assert "What about short_answer?" not in page


def lines(*points: int | None) -> list[AttemptLine]:
    now = core_clock.now()
    return [AttemptLine(n, n, now, False, each, 10, False, None) for n, each in enumerate(points, start=1)]


@pytest.mark.parametrize(
    ("which", "points", "number"),
    [
        ("first", (1, 2), 1),
        ("last", (2, 1), 2),
        ("highest", (1, 3, 3), 2),
        ("average", (3, 1), 2),
        ("highest", (None, None), 2),
        ("first", (None, 1), 2),  # the first can still be saved
    ],
)
def test_which_attempt_counts(which, points, number) -> None:
    found = that_counts(lines(*points), which)
    assert found is not None
    assert found.number == number


def test_without_an_attempt_none_counts() -> None:
    assert that_counts([], "highest") is None


def test_the_prompt_of_what_split_the_class_shows_the_split_and_the_passage(app, people, clock, sign_in) -> None:
    sitting = make_sitting(app, people, None, Dates(None, None, clock.now() + HOUR), ONE)
    for at, student in enumerate(make_students(app, people.section, 12)):
        take(sign_in(student), sitting, *(ONE if at < 7 else ()))
    clock.forward(hours=2)
    assert "What split the class" not in page_of(sign_in(people.student), sitting)
    made = sign_in(people.instructor).post(
        f"/readings/{sitting.assignment}/results/discussion", data={"item": sitting.items["single_choice"]}
    )
    assert made.status_code == 303
    page = page_of(sign_in(people.student), sitting)
    split = page.split("What split the class")[1]
    assert "This is how 12 of us answered:" in split
    assert "(58 %)" in split
    assert "Most people chose the new bridge." in split
    assert f'href="{made.location}"' in split
    with app.app_context():
        prompt = db.session.scalars(select(Prompt.id).order_by(Prompt.id.desc())).first()
    words = {"title": "What split us", "body": "Look at ¶ 1.2 again."}
    assert sign_in(people.instructor).post(f"/prompts/{prompt}/edit", data=words).status_code == 303
    split = page_of(sign_in(people.student), sitting).split("What split the class")[1]
    assert f'Look at <a class="ref" href="/readings/{sitting.assignment}#s' in split


def test_more_attempts_and_answers_take_no_more_statements(
    app, people, sign_in, count_statements: CountStatements
) -> None:
    sitting = make_sitting(app, people, DeliveryRules(attempts_allowed=None), None, TWO)
    me = sign_in(people.student)
    take(me, sitting)
    page_of(me, sitting)
    with count_statements() as few:
        page_of(me, sitting)
    for _turn in range(4):
        take(me, sitting)
    with count_statements() as many:
        page_of(me, sitting)
    assert len(many) == len(few) < 15
    assert many.writes() == []


def place_of(person, section: int) -> int:
    own = select(Enrollment.id).where(Enrollment.user_id == person.id, Enrollment.section_id == section)
    return db.session.scalars(own).one()


def test_in_an_archived_class_nothing_is_to_do_and_the_rest_can_be_read(app, people, sign_in) -> None:
    sitting = make_sitting(app, people, DeliveryRules(attempts_allowed=2), None, ONE)
    me = sign_in(people.student)
    take(me, sitting)
    with app.app_context():
        archive_section(people.instructor.id, people.section)
        commit()
    page = page_of(me, sitting)
    assert "This class is archived." in page
    assert "What about single_choice?" in page
    theirs = page_of(sign_in(people.classmate), sitting)
    assert "Still to do" not in theirs


def test_it_is_not_there_for_who_has_left_and_refused_to_who_does_not_study(app, people, sign_in) -> None:
    sitting = make_sitting(app, people, None, None, ONE)
    address = f"/readings/{sitting.assignment}/catch-up"
    with app.app_context():
        enroll(people.stranger.id, people.section, "observer")
        commit()
    assert sign_in(people.stranger).get(address).status_code == 403
    assert sign_in(people.instructor).get(address).status_code == 403
    me = sign_in(people.student)
    assert me.get(address).status_code == 200
    with app.app_context():
        remove_person(people.instructor.id, place_of(people.student, people.section))
        commit()
    assert me.get(address).status_code == 404
    assert sign_in(people.other_student).get(address).status_code == 404


def test_a_reading_that_is_not_open_yet_is_not_there(app, people, clock, sign_in) -> None:
    sitting = make_sitting(app, people, None, None, ONE)
    with app.app_context():
        db.session.get_one(Assignment, sitting.assignment).opens_at = clock.now() + HOUR
        commit()
    assert sign_in(people.student).get(f"/readings/{sitting.assignment}/catch-up").status_code == 404
