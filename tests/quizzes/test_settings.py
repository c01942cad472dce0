"""A quiz in classes: giving it, its rules in words, changing them, release, and who may do that."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from articles.drafts import prepare
from articles.edits import Edited, edit_of
from articles.importing.formats import Source
from articles.models import ArticleVersion, VersionSentence
from articles.operations.assignments import Dates, assign_article, change_dates
from articles.operations.texts import create_article, save_version
from articles.queries import list_blocks
from classroom.operations.sections import NewSection, archive_section, create_section
from core.clock import now
from core.database import commit, db
from core.points import POINT
from quizzes.deliveries import DeliveryRules
from quizzes.models import QuizDelivery
from quizzes.operations.authoring import create_quiz
from quizzes.operations.questions import add_question
from quizzes.question_types.true_false import TrueFalseContent
from quizzes.questions import QuestionDraft, QuestionWords
from tests.support.browsing import Client
from tests.support.moments import Clock
from tests.support.people import People, Person
from tests.support.reading import Reading

SignIn = Callable[[Person | str], Client]
RULES = {
    "limit": "some",
    "minutes": "20",
    "attempts": "some",
    "attempts_allowed": "2",
    "which_counts": "average",
    "layout": "all",
    "shuffle_questions": "y",
    "late_credit_percent": "80",
    "release_score": "at_once",
    "release_correctness": "after_due",
    "release_feedback": "by_instructor",
    "release_key": "never",
    "access_code": "harbour",
    "certainty": "off",
    "second_try": "none",
}


@pytest.fixture
def draft(app: Flask, people: People, reading: Reading) -> int:
    """A quiz on the reading's article that no class has."""
    with app.app_context():
        quiz_id = create_quiz(people.instructor.id, reading.article, "Second look").id
        commit()
    return quiz_id


@pytest.fixture
def second_class(app: Flask, people: People, reading: Reading) -> int:
    """The article's assignment in another class of the instructor's."""
    with app.app_context():
        section = create_section(people.instructor.id, NewSection("Evening Class", "Asia/Tokyo"))
        assignment_id = assign_article(section.id, reading.article, reading.version, Dates()).id
        commit()
    return assignment_id


def _delivery(app: Flask, quiz: int, assignment: int) -> QuizDelivery | None:
    with app.app_context():
        wanted = select(QuizDelivery).where(QuizDelivery.quiz_id == quiz, QuizDelivery.assignment_id == assignment)
        return db.session.scalars(wanted).one_or_none()


def _page(reading: Reading, quiz: int) -> str:
    return f"/quizzes/{quiz}/settings/{reading.assignment}"


def test_a_quiz_is_given_to_a_class_with_all_its_rules(
    app: Flask, people: People, reading: Reading, sign_in: SignIn, draft: int
) -> None:
    client = sign_in(people.instructor)
    assert "cannot take this quiz yet" in client.get(f"/quizzes/{draft}/settings").text
    assert client.post(_page(reading, draft), data=RULES).status_code == 303
    delivery = _delivery(app, draft, reading.assignment)
    assert delivery is not None
    assert DeliveryRules.of(delivery) == DeliveryRules(
        time_limit_seconds=1200,
        attempts_allowed=2,
        which_counts="average",
        shuffle_questions=True,
        shuffle_options=False,
        layout="all",
        late_credit_percent=80,
        release_score="at_once",
        release_correctness="after_due",
        release_feedback="by_instructor",
        release_key="never",
        access_code="harbour",
    )


def test_one_sentence_restates_everything(
    app: Flask, people: People, reading: Reading, sign_in: SignIn, draft: int, clock: Clock
) -> None:
    with app.app_context():
        start = now()
        change_dates(reading.assignment, Dates(None, start + timedelta(days=1), start + timedelta(days=2)))
        commit()
    client = sign_in(people.instructor)
    client.post(_page(reading, draft), data=RULES)
    text = " ".join(client.get(_page(reading, draft)).text.split())
    assert "Students in <strong>Reading the News</strong>" in text
    assert "<strong>once it is published</strong>" in text
    assert "<strong>twice</strong>" in text
    assert "until <strong>Fri 20 Nov, 10:00</strong>" in text
    assert "with <strong>20 minutes</strong> each time" in text
    assert "the code <strong>harbour</strong>" in text
    assert "The average counts." in text
    assert "late work earns <strong>80 %</strong>" in text
    assert "They see <strong>their score</strong> <strong>as soon as they hand in</strong>." in text
    assert "They never see <strong>the right answers</strong>." in text
    assert f'<a href="/readings/{reading.assignment}/dates">Change the dates</a>' in text


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"minutes": ""}, "Give a number of minutes from 1 to 1440."),
        ({"minutes": "0"}, "Give a number of minutes from 1 to 1440."),
        ({"minutes": "soon"}, "Write a whole number"),
        ({"attempts_allowed": "0"}, "Give a number of attempts from 1 to 100."),
        ({"late_credit_percent": "101"}, "Give a per cent from 0 to 100."),
        ({"late_credit_percent": ""}, "Give a per cent from 0 to 100."),
        ({"limit": "none", "minutes": "47"}, "You typed a number, and “No limit” is chosen."),
        ({"second_try": "none", "second_try_percent": "47"}, "You typed a number, and “No” is chosen."),
        ({"release_score": "never"}, "right and wrong are hidden too"),
        ({"access_code": "x" * 61}, "Keep it to 60 characters."),
        ({"release_key": "tomorrow"}, "Not a valid choice"),
    ],
)
def test_refused_rules_come_back_with_what_was_typed(
    app: Flask, people: People, reading: Reading, sign_in: SignIn, draft: int, changes: dict[str, str], message: str
) -> None:
    answer = sign_in(people.instructor).post(_page(reading, draft), data={**RULES, **changes})
    assert answer.status_code == 422
    assert message in answer.text
    assert "<title>Error:" in answer.text
    assert changes.get("access_code", "harbour") in answer.text
    assert _delivery(app, draft, reading.assignment) is None


def test_a_class_is_given_no_more_quizzes_than_its_gradebook_shows(
    app: Flask, people: People, reading: Reading, sign_in: SignIn, draft: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("quizzes.operations.deliveries.MOST_PER_CLASS", 1)
    refused = sign_in(people.instructor).post(_page(reading, draft), data=RULES)
    assert refused.status_code == 422
    assert all(words in refused.text for words in ("A class has 500 quizzes at most", "harbour"))
    assert _delivery(app, draft, reading.assignment) is None


def test_rules_are_changed_later_and_started_students_are_counted(
    app: Flask, people: People, reading: Reading, sign_in: SignIn
) -> None:
    client = sign_in(people.instructor)
    page = client.get(_page(reading, reading.quiz)).text
    assert "Two students have already started." in page
    assert client.post(_page(reading, reading.quiz), data=RULES).status_code == 303
    delivery = _delivery(app, reading.quiz, reading.assignment)
    assert delivery is not None
    assert (delivery.id, delivery.attempts_allowed) == (reading.quiz_delivery, 2)


def test_other_classes_get_the_same_settings_only_when_ticked(
    app: Flask, people: People, reading: Reading, sign_in: SignIn, draft: int, second_class: int
) -> None:
    client = sign_in(people.instructor)
    client.post(_page(reading, draft), data=RULES)
    assert _delivery(app, draft, second_class) is None
    client.post(_page(reading, draft), data={**RULES, "minutes": "30", "also": str(second_class)})
    for assignment in (reading.assignment, second_class):
        delivery = _delivery(app, draft, assignment)
        assert delivery is not None
        assert delivery.time_limit_seconds == 1800
    refused = client.post(_page(reading, draft), data={**RULES, "also": "99999"})
    assert refused.status_code == 422


def test_a_class_that_reads_an_older_text_does_not_get_passages_that_are_not_in_it(
    app: Flask, people: People, reading: Reading, sign_in: SignIn
) -> None:
    with app.app_context():
        article = create_article(people.instructor.id, prepare(Source("One. Two.", "plain"), "Short", "en"))
        old = db.session.scalars(select(ArticleVersion.id).where(ArticleVersion.article_id == article.id)).one()
        assignment_id = assign_article(people.section, article.id, old, Dates()).id
        new = save_version(
            article.id,
            people.instructor.id,
            edit_of(Edited(old, 1, list_blocks(old), ()), prepare(Source("Quite different.", "plain"), "S", "en")),
        )
        sentence = db.session.scalars(
            select(VersionSentence.sentence_id).where(VersionSentence.version_id == new.id)
        ).one()
        quiz_id = create_quiz(people.instructor.id, article.id, "On the new text").id
        content = TrueFalseContent(right=True)
        words = QuestionWords.of("Is it different?")
        draft = QuestionDraft("true_false", words, content, POINT, (sentence, sentence))
        add_question(quiz_id, people.instructor.id, draft)
        commit()
    answer = sign_in(people.instructor).post(f"/quizzes/{quiz_id}/settings/{assignment_id}", data=RULES)
    assert answer.status_code == 422
    assert "reads an older version of the article, without a passage of question 1." in answer.text
    assert _delivery(app, quiz_id, assignment_id) is None


def test_release_now_is_recorded_once(
    app: Flask, people: People, reading: Reading, sign_in: SignIn, clock: Clock
) -> None:
    client = sign_in(people.instructor)
    client.post(_page(reading, reading.quiz), data=RULES)
    assert "Release now" in client.get(_page(reading, reading.quiz)).text
    assert client.post(f"/deliveries/{reading.quiz_delivery}/release").status_code == 303
    first = _delivery(app, reading.quiz, reading.assignment)
    assert first is not None
    assert first.released_at is not None
    clock.forward(minutes=5)
    client.post(f"/deliveries/{reading.quiz_delivery}/release")
    second = _delivery(app, reading.quiz, reading.assignment)
    assert second is not None
    assert second.released_at == first.released_at
    assert "Release now" not in client.get(_page(reading, reading.quiz)).text


def test_a_delivery_without_attempts_is_taken_away_and_one_with_attempts_stays(
    app: Flask, people: People, reading: Reading, sign_in: SignIn, draft: int
) -> None:
    client = sign_in(people.instructor)
    client.post(_page(reading, draft), data=RULES)
    delivery = _delivery(app, draft, reading.assignment)
    assert delivery is not None
    assert "Take it away" in client.get(f"/deliveries/{delivery.id}/removal").text
    assert client.post(f"/deliveries/{delivery.id}/removal").status_code == 303
    assert _delivery(app, draft, reading.assignment) is None
    refused = client.post(f"/deliveries/{reading.quiz_delivery}/removal")
    assert refused.status_code == 409
    assert "Their work is kept." in refused.text
    assert _delivery(app, reading.quiz, reading.assignment) is not None


@pytest.mark.parametrize(
    ("who", "sees", "changes"),
    [("assistant", 200, 403), ("student", 403, 403), ("stranger", 404, 404), ("other_instructor", 404, 404)],
)
def test_staff_see_the_settings_and_instructors_change_them(
    app: Flask, people: People, reading: Reading, sign_in: SignIn, who: str, sees: int, changes: int
) -> None:
    client = sign_in(getattr(people, who))
    assert client.get(f"/quizzes/{reading.quiz}/settings").status_code == sees
    assert client.get(_page(reading, reading.quiz)).status_code == sees
    assert client.post(_page(reading, reading.quiz), data=RULES).status_code == changes
    assert client.post(f"/deliveries/{reading.quiz_delivery}/release").status_code == changes
    assert client.post(f"/deliveries/{reading.quiz_delivery}/removal").status_code == changes
    delivery = _delivery(app, reading.quiz, reading.assignment)
    assert delivery is not None
    assert delivery.attempts_allowed == 3


def test_an_archived_class_is_read_only(app: Flask, people: People, reading: Reading, sign_in: SignIn) -> None:
    with app.app_context():
        archive_section(people.instructor.id, people.section)
        commit()
    client = sign_in(people.instructor)
    assert "This class is archived." in client.get(_page(reading, reading.quiz)).text
    assert client.post(_page(reading, reading.quiz), data=RULES).status_code == 403
    assert client.post(f"/deliveries/{reading.quiz_delivery}/release").status_code == 403


def test_the_settings_take_few_statements(
    people: People, reading: Reading, sign_in: SignIn, second_class: int, count_statements: Callable[[], Any]
) -> None:
    client = sign_in(people.instructor)
    with count_statements() as seen:
        assert client.get(f"/quizzes/{reading.quiz}/settings").status_code == 200
    assert len(seen) <= 5
    assert not seen.writes()
