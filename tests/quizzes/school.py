"""A class whose students sit a quiz whose scoring is changed, step by step; every step is its own transaction."""

from random import Random

from sqlalchemy import select

from core import clock as moments
from core.database import commit, db
from core.points import FRACTION_ONE
from quizzes.models import AnswerTally, Attempt, Response, ScoreTally, SecondTry
from quizzes.operations.attempts import Sent, hand_in, save_answers, start_attempt
from quizzes.operations.given_answers import given_answer
from quizzes.operations.questions import revise_question
from quizzes.operations.regrades import Decision, regrade_item, undo_regrade
from quizzes.operations.second_tries import try_again
from quizzes.queries.attempts import get_attempt_for, list_answers, list_own_attempts
from quizzes.queries.deliveries import get_delivery_for
from quizzes.queries.items import list_items
from quizzes.question_types import TYPES
from quizzes.questions import QuestionDraft, QuestionWords
from tests.support.people import make_students

WHY = "The map in the text was misread by the key."


class Classroom:
    """A class, its quiz, and what is done to it; every step is its own transaction."""

    def __init__(self, app, people, sitting, students):
        self.app, self.people, self.sitting, self.students = app, people, sitting, students

    @property
    def item(self):
        return self.sitting.items["single_choice"]

    def start(self, at=0):
        with self.app.app_context():
            delivery = get_delivery_for(self.students[at].id, self.sitting.delivery)
            own = list_own_attempts(delivery.id, delivery.enrollment_id)
            attempt = start_attempt(delivery, own, moments.now(), Random(1))
            commit()
            return attempt

    def save(self, at, attempt, **answers):
        with self.app.app_context():
            row = get_attempt_for(self.students[at].id, attempt)
            sent = [
                Sent(self.sitting.items[name], "w", 0, {"answer": [given] if given else []})
                for name, given in answers.items()
            ]
            outcome = save_answers(row, list_answers(row), sent, moments.now())
            assert not outcome.refused
            commit()

    def finish(self, at, attempt):
        with self.app.app_context():
            hand_in(get_attempt_for(self.students[at].id, attempt), moments.now())
            commit()

    def try_again(self, at, attempt, given, name="single_choice"):
        """Answer once more after re-reading."""
        with self.app.app_context():
            row = get_attempt_for(self.students[at].id, attempt)
            first = next(each for each in list_answers(row) if each.item_id == self.sitting.items[name])
            try_again(self.students[at].id, row, first, given_answer(first, {"answer": [given]}, 0))
            commit()

    def sit(self, at, **answers):
        attempt = self.start(at)
        self.save(at, attempt, **answers)
        self.finish(at, attempt)
        return attempt

    def new_key(self, right="k2", name="single_choice"):
        """Edit the question: another option is right."""
        with self.app.app_context():
            item = next(row for row in list_items(self.sitting.quiz) if row.item_id == self.sitting.items[name])
            options = [
                {**option, "fraction": FRACTION_ONE if option["key"] == right else 0}
                for option in item.content["options"]
            ]
            content = TYPES[name].read({**item.content, "options": options})
            draft = QuestionDraft(name, QuestionWords.of(item.stem), content, item.points)
            revise_question(item.item_id, self.people.instructor.id, draft)
            commit()

    def regrade(self, policy, name="single_choice"):
        with self.app.app_context():
            decision = Decision(policy, WHY, self.people.instructor.id)
            made = regrade_item(self.sitting.delivery, self.sitting.items[name], decision)
            commit()
            return made

    def undo(self, regrade):
        with self.app.app_context():
            undo_regrade(regrade, self.people.instructor.id)
            commit()

    def everything(self):
        """Every score, sum and count, as the database has them."""
        with self.app.app_context():
            fields = (Response.id, Response.points, Response.fraction, Response.dropped, Response.regrade_id)
            sums = (Attempt.id, Attempt.points, Attempt.max_points, Attempt.ungraded)
            tries = select(SecondTry.response_id, SecondTry.fraction, SecondTry.points).order_by(SecondTry.response_id)
            seconds = [tuple(row) for row in db.session.execute(tries)]
            responses = [tuple(row) for row in db.session.execute(select(*fields).order_by(Response.id))]
            attempts = [tuple(row) for row in db.session.execute(select(*sums).order_by(Attempt.id))]
            return responses, seconds, attempts, counts()

    def scores(self, name="single_choice"):
        with self.app.app_context():
            wanted = select(Response.points).where(Response.item_id == self.sitting.items[name])
            return list(db.session.scalars(wanted.order_by(Response.id)))

    def totals(self):
        with self.app.app_context():
            wanted = select(Attempt.points, Attempt.max_points, Attempt.ungraded).order_by(Attempt.id)
            return [tuple(row) for row in db.session.execute(wanted)]


def counts():
    """The rows of the tallies that count anything."""
    found = []
    for model in (AnswerTally, ScoreTally):
        columns = list(model.__table__.columns)
        keys = len(model.__table__.primary_key.columns)
        rows = [tuple(row) for row in db.session.execute(select(*columns))]
        found.append(sorted(row for row in rows if any(row[keys:])))
    return found


def make_school(app, people, sitting):
    """Four students who have handed in: right, wrong, wrong and left out by the old key; the others may start."""
    room = Classroom(app, people, sitting, make_students(app, people.section, 17))
    for at, given in enumerate(("k1", "k2", "k2", None)):
        room.sit(at, single_choice=given, open_answer="At sea.")
    return room
