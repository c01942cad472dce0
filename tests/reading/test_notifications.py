"""Readings, quizzes and prompts that opened, and what is due: told by the worker, each once, to whom it concerns."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from articles.drafts import prepare
from articles.importing.formats import Source
from articles.models import ArticleVersion
from articles.operations.assignments import Dates, assign_article, change_dates
from articles.operations.own_dates import keep_dates_of_student
from articles.operations.texts import create_article
from classroom.allowances import Allowance
from classroom.models import Enrollment, Notification
from classroom.operations.accommodations import set_allowance
from classroom.operations.enrollments import enroll
from classroom.operations.sections import archive_section
from core.database import commit, db
from core.jobs import run_task
from core.points import POINT
from discussion.operations import DeliverySettings, PromptDraft, create_prompt, deliver_prompt
from quizzes.deliveries import DeliveryRules
from quizzes.operations.authoring import create_quiz, publish_quiz, unpublish_quiz
from quizzes.operations.deliveries import deliver_quiz
from quizzes.operations.questions import add_question
from quizzes.question_types.open_answer import OpenAnswerContent
from quizzes.questions import QuestionDraft, QuestionWords
from reading.jobs import TASKS
from tests.support.reading import make_reading
from tests.support.telling import has_dot, new_sentences, sentences, work


@pytest.fixture
def term(clock, app, people):
    """A class that began a month ago; the clock stands still."""
    clock.forward(days=30)
    return clock


@pytest.fixture
def given(term, app, people):
    """The usual reading, given now."""
    return make_reading(app, people)


def do(app, operation, *arguments):
    with app.app_context():
        made = operation(*arguments)
        commit()
        return made


def test_a_new_reading_is_told_to_the_class_once_and_its_quiz_and_prompt_with_it(app, people, term, given, sign_in):
    stranger, other = sign_in(people.stranger), sign_in(people.other_student)
    for _round in range(2):
        work(app)
        term.forward(minutes=5)
    for person in (people.student, people.classmate):
        client = sign_in(person)
        assert (sentences(client), has_dot(client)) == (["New reading: “A new bridge”"], True)
    assert [sentences(client) for client in (stranger, other, sign_in(people.instructor))] == [[], [], []]


def test_a_reading_is_told_when_it_opens_and_not_before(app, people, term, given, sign_in):
    do(app, change_dates, given.assignment, Dates(opens_at=term.now() + timedelta(hours=3)))
    me = sign_in(people.student)
    work(app)
    assert (sentences(me), has_dot(me)) == ([], False)
    term.forward(hours=3)
    work(app)
    assert len(sentences(me)) == 1


def test_who_joins_later_is_not_told_what_has_been_there(app, people, term, given, sign_in):
    term.forward(minutes=1)
    do(app, enroll, people.stranger.id, people.section)
    work(app)
    assert sentences(sign_in(people.stranger)) == []
    assert len(sentences(sign_in(people.student))) == 1


def test_what_opened_while_no_worker_ran_for_long_is_no_news(app, people, term, given, sign_in):
    term.forward(days=3)
    work(app)
    assert sentences(sign_in(people.student)) == []


def test_a_quiz_and_a_prompt_that_come_later_are_told_by_themselves(app, people, term, given, sign_in):
    work(app)
    term.forward(days=1)
    with app.app_context():
        quiz = create_quiz(people.instructor.id, given.article, "A second look").id
        question = QuestionDraft("open_answer", QuestionWords.of("Why?"), OpenAnswerContent(), POINT)
        add_question(quiz, people.instructor.id, question)
        deliver_quiz(quiz, given.assignment, DeliveryRules())
        prompt = create_prompt(people.instructor.id, PromptDraft(given.article, given.version, "Who pays?"))
        deliver_prompt(people.instructor.id, prompt, given.assignment, DeliverySettings(posts_before_seeing=1))
        commit()
    work(app)
    me = sign_in(people.student)
    me.post("/notifications/read-marks", data={})
    assert sentences(me) == ["New prompt on “A new bridge”: “Who pays?”", "New reading: “A new bridge”"]
    term.forward(hours=1)
    do(app, publish_quiz, quiz)
    term.forward(seconds=1)
    work(app)
    assert new_sentences(me) == ["New quiz on “A new bridge”: “A second look”"]
    do(app, unpublish_quiz, quiz)
    assert len(sentences(me)) == 2


def test_what_one_has_begun_already_is_no_news(app, people, term, given, sign_in):
    term.forward(hours=1)
    with app.app_context():
        prompt = create_prompt(people.instructor.id, PromptDraft(given.article, given.version, "Who pays?"))
        thread = deliver_prompt(people.instructor.id, prompt, given.assignment, DeliverySettings())
        commit()
    me = sign_in(people.student)
    me.post(f"/discussions/{thread}/comments", data={"body": "The crown."})
    term.forward(seconds=1)
    work(app)
    assert "New prompt on “A new bridge”: “Who pays?”" in set(sentences(me)) - set(new_sentences(me))


@pytest.fixture
def due(app, term, given):
    """The reading is due in thirty hours."""
    when = term.now() + timedelta(hours=30)
    do(app, change_dates, given.assignment, Dates(due_at=when, closes_at=when + timedelta(hours=2)))
    return when


def reminders(client):
    return [words for words in sentences(client) if " due " in words and not words.startswith("New reading")]


DUE = "“A new bridge” is due Sat 19 Dec, 16:00: one quiz to hand in"


def test_a_student_is_reminded_once_within_a_day_while_something_is_missing(app, people, term, given, due, sign_in):
    me = sign_in(people.student)
    work(app)
    assert reminders(me) == []
    term.forward(hours=7)
    work(app)
    assert reminders(me) == [DUE]
    assert has_dot(me)
    me.post("/notifications/read-marks", data={})
    term.forward(hours=1)
    work(app)
    assert not has_dot(me)
    assert reminders(sign_in(people.classmate)) == []  # handed in and posted
    me.post(f"/attempts/{given.attempt}/submission")
    assert reminders(me) == []


def test_a_reminder_follows_the_students_own_dates(app, people, term, given, due, sign_in):
    me = sign_in(people.student)
    with app.app_context():
        place = db.session.scalars(select(Enrollment.id).where(Enrollment.user_id == people.student.id)).one()
        set_allowance(people.instructor.id, place, Allowance(extra_days=1))
        keep_dates_of_student(place)
        commit()
    term.forward(hours=7)
    work(app)
    assert reminders(me) == []
    term.forward(hours=24)
    work(app)
    assert reminders(me) == [DUE.replace("Sat 19", "Sun 20")]


def test_a_reading_that_is_over_is_not_reminded_of(app, people, term, given, due, sign_in):
    me = sign_in(people.student)
    term.set(due - timedelta(hours=3))
    work(app)
    assert reminders(me) == [DUE]
    term.set(due + timedelta(hours=1))
    assert reminders(me) == [DUE.replace("is due", "was due")]
    term.set(due + timedelta(hours=3))
    assert reminders(me) == []


def test_a_reading_with_nothing_to_do_is_not_reminded_of(app, people, term, sign_in):
    with app.app_context():
        article = create_article(people.instructor.id, prepare(Source("One sentence.", "plain"), "A notice", "en")).id
        version = db.session.scalars(select(ArticleVersion.id)).one()
        assign_article(people.section, article, version, Dates(due_at=term.now() + timedelta(hours=5)))
        commit()
    work(app)
    assert reminders(sign_in(people.student)) == []


def test_a_prompt_that_closes_on_a_day_of_its_own_is_reminded_of(app, people, term, given, sign_in):
    when = term.now() + timedelta(hours=20)
    with app.app_context():
        prompt = create_prompt(people.instructor.id, PromptDraft(given.article, given.version, "Who pays?"))
        thread = deliver_prompt(people.instructor.id, prompt, given.assignment, DeliverySettings(closes_at=when))
        commit()
    me = sign_in(people.student)
    work(app)
    assert "“Who pays?” closes Sat 19 Dec, 06:00, and your post is missing" in sentences(me)
    me.post(f"/discussions/{thread}/comments", data={"body": "The crown."})
    assert not [words for words in sentences(me) if "closes" in words]


def test_an_archived_class_is_told_nothing(app, people, term, given, due, sign_in):
    term.forward(hours=7)
    do(app, archive_section, people.instructor.id, people.section)
    work(app)
    with app.app_context():
        assert db.session.scalar(select(func.count(Notification.id))) == 0


def test_a_class_is_told_in_one_statement_however_large_and_looking_writes_nothing(
    app, people, term, given, count_statements
):
    with count_statements() as seen:
        assert run_task(app, TASKS[0])
    assert len(seen.writes()) == 1
    with count_statements() as seen:
        assert [run_task(app, task) for task in TASKS] == [True] * len(TASKS)
    assert len(seen) == len(TASKS)
    assert not seen.writes()
