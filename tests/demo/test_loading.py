"""The demonstration, loaded by its command."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask
from sqlalchemy import Engine, func, select

from articles.models import Assignment, VersionSentence
from classroom.models import Enrollment, Section, User
from core import clock
from core.audit import AuditEntry
from core.database import db
from demo import data
from demo.posts import read_posts
from discussion.models import Comment, CommentRead, CommentSpan, PromptDelivery
from discussion.outlines import PART
from discussion.participation import DONE, MISSED, OPEN
from discussion.participation_models import ParticipationRequirement
from discussion.queries import get_discussion_for, read_class_ledger
from quizzes.models import (
    Attempt,
    BankShare,
    GradeDraft,
    Question,
    QuestionTag,
    QuestionVersion,
    QuizDelivery,
    Regrade,
    Response,
    ScoreChange,
    SecondTry,
)
from quizzes.question_types import TYPES
from tests.support.browsing import client_of, sign_in
from tests.support.databases import SETTINGS, Database, make_app

PASSWORD = "plum-harbor-nine"
PROMISED = ("instructor", "assistant", "student", "classmate", "stranger")


def load(app: Flask) -> Result:
    return app.test_cli_runner().invoke(args=["demo", "load"])


@pytest.fixture
def empty_app(database: Database) -> Flask:
    return database.make_app(COLLOQUY_DEMO_PASSWORD=PASSWORD)


@pytest.fixture(scope="module")
def demonstration(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """One installation with the demonstration in it, for the tests that only look."""
    folder = tmp_path_factory.mktemp("demonstration")
    own = {"DATABASE_URL": f"sqlite:///{folder}/demo.sqlite3", "COLLOQUY_INSTANCE": str(folder)}
    app = make_app({**SETTINGS, **own, "COLLOQUY_DEMO_PASSWORD": PASSWORD})
    with app.app_context():
        db.create_all()
    result = load(app)
    assert result.exit_code == 0, result.output
    yield app
    with app.app_context():
        db.engine.dispose()


@pytest.fixture
def engine(demonstration: Flask) -> Engine:
    with demonstration.app_context():
        return db.engine


def all_rows(engine: Engine, statement: object) -> list[tuple[object, ...]]:
    with engine.connect() as connection:
        return [tuple(row) for row in connection.execute(statement)]  # type: ignore[call-overload]


def count(engine: Engine, model: type, *where: object) -> int:
    with engine.connect() as connection:
        return connection.execute(select(func.count()).select_from(model).where(*where)).scalar_one()  # type: ignore[arg-type]


def test_the_promised_accounts_can_sign_in_and_only_the_stranger_is_in_no_class(
    demonstration: Flask, engine: Engine
) -> None:
    for name in PROMISED:
        browser = client_of(demonstration)
        answer = browser.post("/login", data={"username": f"{name}@example.org", "password": PASSWORD})
        assert answer.status_code == 303, name
    places = select(User.email, Section.name).join(Enrollment, Enrollment.user_id == User.id).join(Section)
    classes: dict[object, list[object]] = {}
    for email, section in all_rows(engine, places.where(User.email.is_not(None)).order_by(Section.id)):
        classes.setdefault(email, []).append(section)
    first, second = "SOC 251, Section A", "SOC 251, Section B"
    assert classes == {
        "instructor@example.org": [first, second],
        "assistant@example.org": [first],
        "student@example.org": [first],
        "classmate@example.org": [first],
    }


def test_two_classes_of_24_and_18_read_the_same_articles(engine: Engine) -> None:
    students = (
        select(func.count()).select_from(Enrollment).where(Enrollment.role == "student").group_by(Enrollment.section_id)
    )
    assert sorted(all_rows(engine, students)) == [(18,), (24,)]
    given = all_rows(engine, select(Assignment.version_id, func.count()).group_by(Assignment.version_id))
    assert [times for _version, times in given] == [2, 2, 2]
    first = min(version for version, _times in given)  # type: ignore[type-var]
    assert 55 <= count(engine, VersionSentence, VersionSentence.version_id == first) <= 70


def test_attempts_are_in_every_state(engine: Engine) -> None:
    now = datetime.now(UTC)
    rows = all_rows(
        engine,
        select(Attempt.enrollment_id, Attempt.number, Attempt.submitted_at, Attempt.ungraded, Assignment.due_at)
        .join(QuizDelivery, QuizDelivery.id == Attempt.delivery_id)
        .join(Assignment, Assignment.id == QuizDelivery.assignment_id)
        .where(Assignment.version_id == select(func.min(Assignment.version_id)).scalar_subquery()),
    )
    handed_in = [row for row in rows if row[2] is not None]
    assert len({row[0] for row in rows}) < count(engine, Enrollment, Enrollment.role == "student"), "not started"
    assert len(rows) - len(handed_in) >= 2, "in progress"
    assert any(submitted > due for _e, _n, submitted, _u, due in handed_in), "late"
    assert any(submitted <= due for _e, _n, submitted, _u, due in handed_in), "in time"
    assert any(number == 2 for _e, number, _s, _u, _d in rows), "a second attempt"
    assert any(ungraded for _e, _n, _s, ungraded, _d in handed_in), "waiting for a person"
    assert any(not ungraded for _e, _n, _s, ungraded, _d in handed_in), "graded"
    assert all(submitted <= now for _e, _n, submitted, _u, _d in handed_in)


def test_every_question_type_is_answered_and_every_sign_earns_what_it_says(engine: Engine) -> None:
    rows = all_rows(
        engine,
        select(QuestionVersion.type, Response.fraction)
        .join(QuestionVersion, QuestionVersion.id == Response.question_version_id)
        .join(Attempt, Attempt.id == Response.attempt_id)
        .where(Response.answer.is_not(None)),
    )
    assert {row[0] for row in rows} == set(TYPES)
    expected = sum(sign == "+" for section in "ab" for a in data.read_reading(section).attempts for sign in a.pattern)
    full = sum(fraction == 10**10 for kind, fraction in rows if kind != "open_answer")
    assert full >= expected
    assert count(engine, ScoreChange) > 20


def test_a_second_quiz_draws_anew_in_every_attempt_and_one_was_closed_by_the_worker(engine: Engine) -> None:
    drawing = select(QuizDelivery.id).where(QuizDelivery.access_code != "")
    attempts = all_rows(engine, select(Attempt.layout, Attempt.submitted_at).where(Attempt.delivery_id.in_(drawing)))
    assert len(attempts) >= 15
    assert all(len(layout) == 5 and submitted is not None for layout, submitted in attempts)  # type: ignore[arg-type]
    asked = {row["version"] for layout, _submitted in attempts for row in layout}  # type: ignore[attr-defined]
    assert len(asked) > 5
    closed = select(Attempt.submitted_at, Attempt.limit_ends_at).where(Attempt.delivery_id.in_(drawing))
    assert any(submitted == ends for submitted, ends in all_rows(engine, closed))


def test_questions_are_tagged_shared_and_copied(engine: Engine) -> None:
    tagged = {row[0] for row in all_rows(engine, select(QuestionTag.tag))}
    assert {"armistice", "dates", "figures", "vocabulary"} <= tagged
    assert count(engine, BankShare, BankShare.granted_at.is_not(None)) == 1
    assert count(engine, BankShare, BankShare.granted_at.is_(None)) == 1
    lent = all_rows(engine, select(Question.owner_id).join(QuestionVersion).where(QuestionVersion.stem.like("%least?")))
    assert len(lent) == len(set(lent)) == 2


def test_some_grades_are_drafts_one_decision_is_undone_and_second_tries_count(engine: Engine) -> None:
    assert count(engine, GradeDraft) == 3
    assert count(engine, SecondTry) >= 2
    assert count(engine, Regrade, Regrade.undone_at.is_not(None)) == 1
    assert count(engine, Regrade, Regrade.undone_at.is_(None)) == 3  # one, and one at each of two draws


def test_the_discussions_hold_replies_citations_and_what_staff_did(engine: Engine) -> None:
    posts = Comment.delivery_id.is_not(None)
    assert count(engine, Comment, posts) == len(read_posts())
    assert count(engine, Comment, posts, Comment.parent_id.is_not(None)) >= 15
    assert count(engine, Comment, Comment.endorsed_at.is_not(None)) >= 5
    assert count(engine, Comment, Comment.hidden_at.is_not(None)) == 1
    deleted = select(Comment.id).where(Comment.deleted_at.is_not(None))
    assert len(all_rows(engine, deleted)) == 1
    assert count(engine, Comment, Comment.parent_id.in_(deleted)) == 1
    assert count(engine, CommentSpan) >= 25
    assert count(engine, PromptDelivery, PromptDelivery.posts_before_seeing == 1) == 3


def test_one_discussion_is_longer_than_a_page_and_one_asks_for_approval_where_posts_wait(engine: Engine) -> None:
    per_thread = select(Comment.delivery_id, func.count()).where(Comment.delivery_id.is_not(None))
    assert max(row[1] for row in all_rows(engine, per_thread.group_by(Comment.delivery_id))) > PART
    asking = select(PromptDelivery.id).where(PromptDelivery.approves_first)
    waiting = select(Comment.delivery_id).where(Comment.waits)
    assert all_rows(engine, waiting) == all_rows(engine, asking)
    assert count(engine, AuditEntry, AuditEntry.action == "comment.approve") == 1


def test_the_student_has_something_left_to_read(engine: Engine) -> None:
    student = select(Enrollment.id).join(User).where(User.email == "student@example.org").scalar_subquery()
    thread = (
        select(Comment.delivery_id)
        .where(Comment.enrollment_id == student, Comment.delivery_id.is_not(None))
        .limit(1)
        .scalar_subquery()
    )
    posts = select(Comment.id).where(Comment.delivery_id == thread)
    read = count(engine, CommentRead, CommentRead.enrollment_id == student, CommentRead.comment_id.in_(posts))
    others = count(engine, Comment, Comment.delivery_id == thread, Comment.enrollment_id != student)
    assert 0 < read < others


def test_it_is_loaded_into_an_empty_installation_only(empty_app: Flask, database: Database) -> None:
    assert load(empty_app).exit_code == 0
    before = count(database.engine, User)
    assert before == 46
    result = load(empty_app)
    assert result.exit_code == 3
    assert "was not loaded" in result.stderr
    assert count(database.engine, User) == before


@pytest.mark.sqlite_only
def test_a_password_of_its_own_is_made_and_kept_for_this_account_alone(database: Database, tmp_path: Path) -> None:
    app = database.make_app(COLLOQUY_INSTANCE=str(tmp_path / "new"))
    assert load(app).exit_code == 0
    kept = tmp_path / "new" / "demo-password"
    password = kept.read_text(encoding="utf-8").strip()
    assert len(password) == len("abcd-efgh-jkmn")
    assert kept.stat().st_mode & 0o777 == 0o600
    assert sign_in(app, "student@example.org", password).get("/").status_code == 200


def test_it_is_loaded_wholly_or_not_at_all(
    empty_app: Flask, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("the power went")

    monkeypatch.setattr("demo.loading.load_threads", fail)
    assert isinstance(load(empty_app).exception, RuntimeError)
    assert count(database.engine, User) == 0
    assert count(database.engine, Attempt) == 0


@pytest.mark.sqlite_only
@pytest.mark.parametrize("hour", [4, 23])
def test_at_whatever_hour_it_is_loaded_nothing_lies_in_the_future(
    empty_app: Flask, database: Database, clock, hour
) -> None:
    moment = datetime(2026, 11, 2, hour, 5, tzinfo=UTC)
    clock.set(moment)
    assert load(empty_app).exit_code == 0
    engine = database.engine
    assert count(engine, Comment, Comment.created_at > moment) == 0
    assert count(engine, Attempt, Attempt.started_at > moment) == 0
    assert count(engine, Attempt, Attempt.submitted_at > moment + timedelta(seconds=1)) == 0
    parent = Comment.__table__.alias()
    replies = select(Comment.created_at, parent.c.created_at).join(parent, parent.c.id == Comment.parent_id)
    assert all(reply > answered for reply, answered in all_rows(engine, replies))


@pytest.mark.sqlite_only
def test_a_second_installation_has_the_same_people_answers_and_words(database: Database) -> None:
    moment = datetime.now(UTC)

    def contents() -> list[object]:
        with clock.at(moment):  # what happened two hours before and what happened at noon change places as time goes by
            assert load(database.make_app(COLLOQUY_DEMO_PASSWORD=PASSWORD)).exit_code == 0
        return [
            all_rows(database.engine, statement)
            for statement in (
                select(User.name, User.username, User.email).order_by(User.id),
                select(Attempt.layout, Attempt.points, Attempt.number).order_by(Attempt.id),
                select(Response.answer, Response.points).order_by(Response.id),
                select(Comment.body_html, Comment.parent_id).order_by(Comment.id),
            )
        ]

    first = contents()
    database.empty()
    assert contents() == first


def test_students_take_part_in_every_way_and_staff_decided_about_two(demonstration: Flask, engine: Engine) -> None:
    with demonstration.app_context():
        teacher = db.session.scalars(select(User.id).where(User.email == "instructor@example.org")).one()
        thread = db.session.scalars(select(ParticipationRequirement.delivery_id)).first()
        ledger = read_class_ledger(get_discussion_for(teacher, thread or 0))
    standings = [standing for line in ledger.lines for standing in line.standings]
    assert {standing.state for standing in standings} == {DONE, OPEN, MISSED}
    rulings = [ruling for standing in standings for ruling in standing.rulings]
    assert sorted(ruling.comment_id is None for ruling in rulings) == [False, True]
