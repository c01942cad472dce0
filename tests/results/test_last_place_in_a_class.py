"""Two give the last quiz, or the last rule, that a class has room for in the very same moment: one is told that it is
full."""

from __future__ import annotations

from datetime import timedelta

from core import clock
from core.database import commit
from core.points import POINT
from discussion.comment_text import compose
from discussion.operations import Actor, ClassIsFull, create_prompt, deliver_prompt, set_requirements
from discussion.operations.prompts import DeliverySettings, PromptDraft
from discussion.participation import Requirement
from quizzes.deliveries import DeliveryRules
from quizzes.operations.authoring import create_quiz
from quizzes.operations.deliveries import ClassIsFullError, deliver_quiz
from tests.support.beside import Beside


def is_refused(app, act) -> bool:
    with app.app_context():
        try:
            act()
        except (ClassIsFull, ClassIsFullError):
            return True
        commit()
        return False


def test_of_two_quizzes_given_at_once_the_last_place_takes_one(app, people, reading, monkeypatch) -> None:
    monkeypatch.setattr("quizzes.operations.deliveries.MOST_PER_CLASS", 2)
    with app.app_context():
        more = [create_quiz(people.instructor.id, reading.article, title).id for title in ("One", "Two")]
        commit()
    one, two = (lambda quiz=quiz: deliver_quiz(quiz, reading.assignment, DeliveryRules()) for quiz in more)
    with app.app_context():
        one()
        other = Beside(lambda: is_refused(app, two))
        commit()
        assert other.end() is True


def test_of_two_rules_given_at_once_the_last_place_takes_one(app, people, reading, monkeypatch) -> None:
    monkeypatch.setattr("discussion.operations.participation.MOST_PER_CLASS", 1)
    author = people.instructor.id
    with app.app_context():
        prompt = create_prompt(author, PromptDraft(reading.article, reading.version, "Again", compose("And?")))
        second = deliver_prompt(author, prompt, reading.assignment, DeliverySettings())
        commit()

    def ask(thread: int) -> None:
        asked = [Requirement(0, "post", 1, clock.now() + timedelta(days=1), POINT)]
        set_requirements(Actor(author, people.section), thread, asked)

    with app.app_context():
        ask(reading.prompt_delivery)
        other = Beside(lambda: is_refused(app, lambda: ask(second)))
        commit()
        assert other.end() is True
