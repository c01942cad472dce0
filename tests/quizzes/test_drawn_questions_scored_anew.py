"""A question that draws asked is scored anew for everybody who was asked it, whichever draw it was, and nobody else."""

from __future__ import annotations

from collections.abc import Callable
from html import unescape

import pytest
from flask import Flask
from sqlalchemy import select

from core.database import db
from core.points import POINT
from quizzes.models import Attempt, Item, Question, QuestionVersion, Regrade, Response
from quizzes.queries.counted import wrong_tallies
from tests.quizzes.drawing import Quizzes, add_draws, asked_in, items_of, make_drawing, sit_drawing, start_drawing
from tests.support.browsing import Client
from tests.support.people import People, Person, make_students
from tests.support.reading import Reading

SignIn = Callable[[Person | str], Client]
WHY = "The statement was true after all."
STUDENTS = 8


class Drawn:
    """A class in which every student was asked two of four statements, all of which say True, and answered False."""

    def __init__(self, app: Flask, people: People, sign_in: SignIn, quizzes: Quizzes) -> None:
        self.app, self.quizzes = app, quizzes
        self.author = sign_in(people.instructor)
        assert add_draws(self.author, quizzes.drawing, 2) == 303
        assert self.author.post(f"/quizzes/{quizzes.drawing}/publication").status_code == 303
        self.slots = items_of(app, quizzes.drawing)
        self.students = [sign_in(person) for person in make_students(app, people.section, STUDENTS)]
        self.attempts = [sit_drawing(me, quizzes, dict.fromkeys(self.slots, "false")) for me in self.students]
        self.question, self.item = self._most_asked()

    def _most_asked(self) -> tuple[int, int]:
        """The question that most were asked, and its item in the quiz that keeps it."""
        with self.app.app_context():
            asked = select(QuestionVersion.question_id).join(
                Response, Response.question_version_id == QuestionVersion.id
            )
            ids = list(db.session.scalars(asked))
            question = max(sorted(set(ids)), key=ids.count)
            return question, db.session.scalars(select(Item.id).where(Item.question_id == question)).one()

    def change_key(self) -> str:
        """Say that the statement is false; where that leads."""
        with self.app.app_context():
            stem = db.session.scalars(
                select(QuestionVersion.stem).where(QuestionVersion.question_id == self.question)
            ).first()
        data = {"stem": stem, "points": "1", "right": "false", "tags": "Pool"}
        answer = self.author.post(f"/quizzes/{self.quizzes.store}/questions/{self.item}", data=data)
        assert answer.status_code == 303, answer.text
        return str(answer.location)

    @property
    def page(self) -> str:
        return f"/deliveries/{self.quizzes.delivery}/questions/{self.slots[0]}/scoring?question={self.question}"

    def decide(self, policy: str) -> int:
        """Take a decision; its id in the first draw."""
        page = self.author.get(self.page).text
        seen = page.split('name="seen" type="hidden" value="', 1)[1].split('"', 1)[0]
        answer = self.author.post(self.page, data={"seen": seen, "policy": policy, "why": WHY})
        assert answer.status_code == 303, answer.text
        with self.app.app_context():
            wanted = select(Regrade.id).where(Regrade.item_id == self.slots[0]).order_by(Regrade.id.desc())
            return db.session.scalars(wanted.limit(1)).one()

    def take_back(self, regrade: int) -> int:
        path, _mark, query = self.page.partition("?")
        return self.author.post(f"{path}/{regrade}/reversal?{query}").status_code

    def scores(self) -> tuple[dict[int, tuple[int, bool]], list[tuple[int, int]]]:
        """Points and drops by response for who was asked the question, and the attempts' sums."""
        own = select(QuestionVersion.id).where(QuestionVersion.question_id == self.question)
        with self.app.app_context():
            assert not list(wrong_tallies())
            rows = db.session.execute(
                select(Response.id, Response.question_version_id, Response.points, Response.dropped)
            )
            mine = set(db.session.scalars(own))
            asked = {row.id: (row.points, row.dropped) for row in rows if row.question_version_id in mine}
            sums = select(Attempt.points, Attempt.max_points).where(Attempt.delivery_id == self.quizzes.delivery)
            return asked, [(row[0], row[1]) for row in db.session.execute(sums.order_by(Attempt.id))]


@pytest.fixture
def drawn(app: Flask, people: People, reading: Reading, sign_in: SignIn) -> Drawn:
    return Drawn(app, people, sign_in, make_drawing(app, people, reading, sign_in(people.instructor)))


def test_editing_the_key_of_a_drawn_question_leads_to_the_decision(drawn: Drawn) -> None:
    asked, _sums = drawn.scores()
    where = drawn.change_key()
    assert f"question={drawn.question}" in where
    page = unescape(drawn.author.get(where).text)
    assert "decide what becomes of those that were given before" in page
    assert f"{len(asked)} up by 2 points" in page
    assert "A draw asked this of some students" in page


@pytest.mark.parametrize("policy", ["new_key", "nobody_loses", "full_credit"])
def test_everybody_who_was_asked_it_is_scored_anew_and_nobody_else(drawn: Drawn, policy: str) -> None:
    before = drawn.scores()
    drawn.change_key()
    regrade = drawn.decide(policy)
    asked, sums = drawn.scores()
    assert set(asked.values()) == {(2 * POINT, False)}
    assert sum(points for points, _most in sums) == 2 * POINT * len(asked)
    home = [me.get("/").text for me in drawn.students]
    assert sum(WHY in page for page in home) == len(asked)
    assert drawn.take_back(regrade) == 303
    assert drawn.scores() == before
    assert drawn.take_back(regrade) == 409


def test_a_dropped_question_counts_for_nobody_who_was_asked_it_and_is_drawn_no_more(drawn: Drawn) -> None:
    before = drawn.scores()
    regrade = drawn.decide("drop")
    asked, sums = drawn.scores()
    assert {is_dropped for _points, is_dropped in asked.values()} == {True}
    assert sum(most for _points, most in sums) == 4 * POINT * STUDENTS - 2 * POINT * len(asked)
    with drawn.app.app_context():
        stem = db.session.scalars(
            select(QuestionVersion.stem).where(QuestionVersion.question_id == drawn.question)
        ).first()
    for me in drawn.students:
        asked_now = asked_in(drawn.app, start_drawing(me, drawn.quizzes))
        assert len(asked_now) == 2
        assert stem not in [words for _item, words in asked_now]
    assert drawn.take_back(regrade) == 303
    assert drawn.scores()[0] == before[0]


def test_decisions_about_different_questions_of_the_same_draws_do_not_touch_each_other(drawn: Drawn) -> None:
    first = drawn.decide("full_credit")
    mine, asked = drawn.question, drawn.scores()[0]
    with drawn.app.app_context():
        others = db.session.scalars(
            select(Question.id)
            .join(QuestionVersion, QuestionVersion.question_id == Question.id)
            .join(Response, Response.question_version_id == QuestionVersion.id)
            .join(Item, Item.id == Response.item_id)
            .where(Question.id != mine, Item.id.in_(drawn.slots))
        ).all()
    drawn.question = others[0]
    drawn.decide("drop")
    drawn.question = mine
    assert drawn.scores()[0] == asked
    assert drawn.take_back(first) == 303  # the newer decision is about another question
    assert {points for points, _dropped in drawn.scores()[0].values()} == {0}


def test_attempts_in_progress_are_scored_by_the_decision(drawn: Drawn, people: People, sign_in: SignIn) -> None:
    drawn.decide("full_credit")
    for me in drawn.students:
        attempt = start_drawing(me, drawn.quizzes)
        for slot in drawn.slots:
            data = {"writer": "w1", f"revision-{slot}": "0", f"answer-{slot}": "false"}
            me.post(f"/attempts/{attempt}/responses", data=data)
    asked, _sums = drawn.scores()
    assert set(asked.values()) == {(2 * POINT, False)}


def test_a_question_that_no_draw_asked_here_is_not_found(drawn: Drawn, reading: Reading) -> None:
    path = drawn.page.partition("?")[0]
    with drawn.app.app_context():
        own = db.session.get_one(Item, reading.items[0]).question_id
    assert drawn.author.get(path).status_code == 409
    for question in (own, 9999):
        assert drawn.author.get(f"{path}?question={question}").status_code == 404


def test_the_results_page_leads_to_each_drawn_question(drawn: Drawn, reading: Reading) -> None:
    page = unescape(drawn.author.get(f"/readings/{reading.assignment}/results?quiz={drawn.quizzes.delivery}").text)
    assert f"/scoring?question={drawn.question}" in page
