"""The demonstration, served for a whole test process, and the ids of what is in it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import Select, select

from articles.models import Assignment
from classroom.models import DIGEST, Enrollment, Label, Section, User
from classroom.signed_links import address_token, unsubscribe_token
from core.database import db
from discussion.group_models import ThreadGroup
from discussion.models import Comment, Prompt, PromptDelivery
from discussion.participation_models import REPLY, ParticipationRequirement, ParticipationRuling
from discussion.projected_models import ProjectedComment
from quizzes.models import Attempt, Item, QuestionVersion, Quiz, QuizDelivery, Regrade, Response
from results.need_models import StaffMessage
from tests.browser.spares import Spare, make_spare
from tests.support.browsing import sign_in
from tests.support.databases import ROOT, SETTINGS, make_app
from tests.support.serving import served_by_threads
from tests.support.telling import work

PASSWORD = "plum-harbor-nine"
FIRST, SECOND = 0, 1


@dataclass(frozen=True)
class Demonstration:
    """The application with the demonstration in it, its address, and what is spare in it."""

    app: Flask
    url: str
    spare: Spare

    def ids(self, statement: Select[tuple[int]]) -> list[int]:
        """Every id that a statement finds, in its order."""
        with self.app.app_context():
            return list(db.session.scalars(statement))

    def one(self, statement: Select[tuple[int]]) -> int:
        """The first id that a statement finds."""
        return self.ids(statement.limit(1))[0]

    def session_cookie(self, username: str) -> str:
        """The cookie of somebody who has just signed in."""
        cookie = sign_in(self.app, username, PASSWORD).get_cookie("session")
        assert cookie is not None
        return cookie.value

    def address_token(self, email: str) -> str:
        """What the link holds that is mailed to somebody's address."""
        user_id = self.one(select(User.id).where(User.email == email))
        with self.app.app_context():
            return address_token(user_id, email)

    def way_out(self, email: str) -> str:
        """What the link holds that stops somebody's digest."""
        user_id = self.one(select(User.id).where(User.email == email))
        with self.app.app_context():
            return unsubscribe_token(user_id, DIGEST)

    @cached_property
    def sections(self) -> list[int]:
        """Both classes; the first has everybody whose account the README names."""
        return self.ids(select(Section.id).order_by(Section.id))

    @cached_property
    def article(self) -> int:
        """The text that both classes read."""
        return self.one(select(Assignment.article_id).order_by(Assignment.id))

    @cached_property
    def assignments(self) -> list[int]:
        """The text that both classes read now, in each of them."""
        of_article = select(Assignment.id).where(Assignment.article_id == self.article)
        return self.ids(of_article.order_by(Assignment.section_id))

    @cached_property
    def quiz(self) -> int:
        """The quiz with every question type."""
        return self.one(select(Quiz.id).order_by(Quiz.id))

    @cached_property
    def deliveries(self) -> list[int]:
        """The quiz in each class: one question per page in the first, all on one page in the second."""
        return self.ids(select(QuizDelivery.id).where(QuizDelivery.quiz_id == self.quiz).order_by(QuizDelivery.id))

    @cached_property
    def items(self) -> list[int]:
        """The quiz's questions in order."""
        return self.ids(select(Item.id).where(Item.quiz_id == self.quiz).order_by(Item.position))

    @cached_property
    def second(self) -> tuple[int, int]:
        """The quiz that draws its questions, and its delivery."""
        found = select(QuizDelivery.quiz_id, QuizDelivery.id).where(QuizDelivery.access_code != "")
        with self.app.app_context():
            quiz_id, delivery_id = db.session.execute(found).first() or (0, 0)
            return quiz_id, delivery_id

    @cached_property
    def second_items(self) -> list[int]:
        """The questions of the quiz that draws: a pattern, gaps of two kinds, two draws, one that was lent."""
        return self.ids(select(Item.id).where(Item.quiz_id == self.second[0]).order_by(Item.position))

    @cached_property
    def edited(self) -> int:
        """A question with two versions."""
        return self.one(select(QuestionVersion.question_id).where(QuestionVersion.number == 2))

    @cached_property
    def lender(self) -> int:
        """The co-instructor who shares questions."""
        return self.one(select(User.id).where(User.username == "ferrer"))

    @cached_property
    def rescored_draw(self) -> int:
        """A question that draws asked and that was scored anew."""
        decided = select(QuestionVersion.question_id).join(Regrade, Regrade.question_version_id == QuestionVersion.id)
        return self.one(decided.where(Regrade.delivery_id == self.second[1]).order_by(Regrade.id))

    @cached_property
    def drawn_item(self) -> int:
        """The draw of the spare quiz."""
        return self.one(select(Item.id).where(Item.quiz_id == self.spare.quiz))

    @cached_property
    def open_item(self) -> int:
        """The question that is graded by hand."""
        joined = select(Item.id).join(QuestionVersion, QuestionVersion.question_id == Item.question_id)
        return self.one(joined.where(Item.quiz_id == self.quiz, QuestionVersion.type == "open_answer"))

    @cached_property
    def prompts(self) -> list[int]:
        """The prompts on the text."""
        return self.ids(select(Prompt.id).order_by(Prompt.id))

    @cached_property
    def requirement(self) -> int:
        """The replies that the first thread asks for."""
        return self.one(select(ParticipationRequirement.id).where(ParticipationRequirement.kind == REPLY))

    @cached_property
    def voided(self) -> dict[str, object]:
        """A post that ticks no box of a rule any more, and where."""
        row = ParticipationRuling
        found = select(row.enrollment_id, row.requirement_id, row.comment_id).where(row.comment_id.is_not(None))
        with self.app.app_context():
            student, requirement, post = db.session.execute(found).first() or (0, 0, 0)
        where = {"delivery_id": self.threads[0], "enrollment_id": student}
        return {**where, "requirement_id": requirement, "comment_id": post}

    @cached_property
    def split(self) -> int:
        """A discussion in groups."""
        return self.one(select(ThreadGroup.delivery_id))

    @cached_property
    def threads(self) -> list[int]:
        """The prompts in the first class."""
        return self.ids(
            select(PromptDelivery.id)
            .where(PromptDelivery.assignment_id == self.assignments[FIRST])
            .order_by(PromptDelivery.id)
        )

    def attempt_at_second(self, email: str) -> int:
        """Somebody's attempt at the quiz that draws."""
        own = select(Attempt.id).join(Enrollment, Enrollment.id == Attempt.enrollment_id)
        own = own.join(User, User.id == Enrollment.user_id).where(User.email == email)
        return self.one(own.where(Attempt.delivery_id == self.second[1]))

    def attempt(self, place: int, is_handed_in: bool, username: str | None = None) -> tuple[int, str]:
        """An attempt at the quiz in a class, and what its student signs in with."""
        found = (
            select(Attempt.id, Attempt.enrollment_id)
            .join(Enrollment, Enrollment.id == Attempt.enrollment_id)
            .join(User, User.id == Enrollment.user_id)
            .where(Attempt.delivery_id == self.deliveries[place])
            .where(Attempt.submitted_at.is_not(None) if is_handed_in else Attempt.submitted_at.is_(None))
            .order_by(Attempt.id)
        )
        if username:
            found = found.where(User.email == username)
        with self.app.app_context():
            attempt, enrollment = db.session.execute(found).first() or (0, 0)
            user = db.session.scalars(
                select(User).join(Enrollment, Enrollment.user_id == User.id).where(Enrollment.id == enrollment)
            ).one()
            return attempt, user.username or user.email or ""

    def comment(self, email: str) -> int:
        """A comment of this person in the first class that still stands."""
        own = select(Comment.id).join(Enrollment, Enrollment.id == Comment.enrollment_id)
        own = own.join(User, User.id == Enrollment.user_id).where(User.email == email, Comment.root_id.is_(None))
        return self.one(
            own.where(Comment.span_id.is_(None), Comment.deleted_at.is_(None), Comment.hidden_at.is_(None)).order_by(
                Comment.id
            )
        )

    @property
    def message(self) -> int:
        """What staff wrote to the student."""
        return self.one(select(StaffMessage.id).order_by(StaffMessage.id))

    def note(self, visibility: str) -> int:
        """The student's note of this visibility in the first class."""
        own = select(Comment.id).join(Enrollment, Enrollment.id == Comment.enrollment_id)
        own = own.join(User, User.id == Enrollment.user_id).where(User.email == "student@example.org")
        return self.one(own.where(Comment.span_id.is_not(None), Comment.visibility == visibility).order_by(Comment.id))

    def responses(self, attempt: int) -> list[int]:
        """The answers of an attempt."""
        return self.ids(select(Response.id).where(Response.attempt_id == attempt).order_by(Response.id))

    def decisions(self) -> list[tuple[int, int]]:
        """How items were scored anew in the first class: (item, decision), the oldest first."""
        with self.app.app_context():
            here = select(Regrade.item_id, Regrade.id).where(Regrade.delivery_id == self.deliveries[FIRST])
            return [(item_id, regrade_id) for item_id, regrade_id in db.session.execute(here.order_by(Regrade.id))]

    def place_of(self, email: str) -> int:
        """Somebody's place in their class."""
        return self.one(select(Enrollment.id).join(User, User.id == Enrollment.user_id).where(User.email == email))

    def projected(self) -> int:
        """A post on the projector of the first class."""
        of_first = ProjectedComment.assignment_id == self.assignments[FIRST]
        return self.one(select(ProjectedComment.comment_id).where(of_first).order_by(ProjectedComment.slot))

    def label(self) -> int:
        """The label that was given first in the first class."""
        return self.one(select(Label.id).where(Label.section_id == self.sections[FIRST]).order_by(Label.id))

    def join_code(self) -> str:
        """The first class's code."""
        with self.app.app_context():
            return db.session.get_one(Section, self.sections[FIRST]).join_code


@contextmanager
def demonstration_in(folder: Path) -> Iterator[Demonstration]:
    """Load the demonstration into a database of its own and serve it."""
    own = {"DATABASE_URL": f"sqlite:///{folder}/demo.sqlite3", "COLLOQUY_INSTANCE": str(folder)}
    app = make_app({**SETTINGS, **own, "COLLOQUY_DEMO_PASSWORD": PASSWORD})
    with app.app_context():
        upgrade(directory=str(ROOT / "migrations"))
    loaded = app.test_cli_runner().invoke(args=["demo", "load"])
    assert loaded.exit_code == 0, loaded.output
    spare = make_spare(app)
    work(app)  # so that people are told
    with served_by_threads(app) as url:
        yield Demonstration(app, url, spare)
    with app.app_context():
        db.engine.dispose()
