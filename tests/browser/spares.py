"""What the demonstration lacks and some pages need to be seen."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Flask
from sqlalchemy import select

from articles.drafts import prepare
from articles.importing.formats import Source
from articles.models import Article, Assignment
from articles.operations.texts import create_article
from classroom.models import Enrollment, User
from classroom.operations.accounts import request_reset
from core import clock
from core.database import commit, db
from core.points import POINT
from discussion.comment_text import compose
from discussion.models import PromptDelivery
from discussion.operations.comments import DiscussionRef, add_comment
from quizzes.deliveries import DeliveryRules
from quizzes.models import Attempt, Quiz, QuizDelivery
from quizzes.operations.attempts import start_attempt
from quizzes.operations.authoring import create_quiz
from quizzes.operations.deliveries import deliver_quiz
from quizzes.operations.draws import add_draws
from quizzes.operations.tags import add_tags
from quizzes.queries.deliveries import get_delivery_for
from quizzes.queries.items import list_items
from quizzes.questions import QuestionWords


@dataclass(frozen=True)
class Spare:
    """What the demonstration lacks: a text nobody points at, a quiz nobody has begun, a post of this minute."""

    article: int
    quiz: int
    delivery: int
    comment: int
    reset_token: str


def make_spare(app: Flask) -> Spare:
    """Add what is lacking to a demonstration that has been loaded."""
    with app.app_context():
        author = db.session.scalars(select(User.id).where(User.email == "instructor@example.org")).one()
        student = db.session.scalars(select(User.id).where(User.email == "student@example.org")).one()
        article, assignment = db.session.execute(
            select(Article.id, Assignment.id).join(Assignment, Assignment.article_id == Article.id)
        ).first() or (0, 0)
        spare_text = create_article(
            author, prepare(Source("One sentence. And another.", "plain"), "A spare text", "en")
        )
        quiz = create_quiz(author, article, "A second look").id
        delivery = deliver_quiz(quiz, assignment, DeliveryRules()).id
        first = db.session.scalars(select(Quiz.id).order_by(Quiz.id).limit(1)).one()
        add_tags([row.question_id for row in list_items(first)], ["war"])
        add_draws(quiz, author, "war", (1, POINT, QuestionWords.of("A question drawn from “war”")))
        _start_in_the_second_class()
        spare = Spare(spare_text.id, quiz, delivery, _post(student), request_reset(student))
        commit()
    return spare


def _post(student: int) -> int:
    """A post so new that its author may still change it."""
    place = select(Enrollment.id, Assignment.id, PromptDelivery.id, Assignment.version_id)
    place = place.join(PromptDelivery, PromptDelivery.assignment_id == Assignment.id)
    place = place.join(Enrollment, Enrollment.section_id == Assignment.section_id)
    enrollment, *thread = db.session.execute(place.where(Enrollment.user_id == student)).first() or (0, 0, 0, 0)
    return add_comment(enrollment, DiscussionRef(*thread), compose("Written just now, on ¶ 4.3."))


def _start_in_the_second_class() -> None:
    """Let somebody who has not begun the quiz begin it, where all questions stand on one page."""
    delivery, section = db.session.execute(
        select(QuizDelivery.id, Assignment.section_id)
        .join(Assignment, Assignment.id == QuizDelivery.assignment_id)
        .join(Quiz, Quiz.id == QuizDelivery.quiz_id)
        .where(Quiz.published_at.is_not(None))
        .order_by(Assignment.section_id.desc())
    ).first() or (0, 0)
    began = select(Attempt.enrollment_id).where(Attempt.delivery_id == delivery)
    idle = select(Enrollment.user_id).where(
        Enrollment.section_id == section, Enrollment.role == "student", Enrollment.id.not_in(began)
    )
    student = db.session.scalars(idle.order_by(Enrollment.id).limit(1)).one()
    start_attempt(get_delivery_for(student, delivery), [], clock.now())
