"""Whatever happens: no score outside 0 to its maximum, and decisions taken back restore every score exactly.

A class in the database does things at random: answers with certainty, second tries, decisions, new keys.
"""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import func, not_, select

from core.database import db
from quizzes.deliveries import DeliveryRules
from quizzes.models import Attempt, Item, Response
from quizzes.operations.regrades import DroppedError
from quizzes.operations.second_tries import AlreadyTriedError, NothingToTryError
from quizzes.queries.counted import wrong_tallies
from tests.quizzes.school import Classroom
from tests.support.people import make_students

OPTIONS = ("k0", "k1", "k2", "k3")
NAMES = ("single_choice", "multiple_answers", "open_answer")
keys, names = st.sampled_from(OPTIONS), st.sampled_from(NAMES)
policies = st.sampled_from(("nobody_loses", "new_key", "full_credit", "drop"))
STUDENTS = 3


class Scores(RuleBasedStateMachine):
    """What happens to three students' scores; each run has attempts of its own."""

    room: Any

    @initialize()
    def begin(self) -> None:
        self.attempts = [self.room.start(at) for at in range(STUDENTS)]
        self.over = [False] * STUDENTS
        self.decided: list[tuple[int, Any]] = []

    @rule(at=st.integers(0, STUDENTS - 1), choice=keys, several=keys, written=st.sampled_from(("At sea.", "")))
    def answer(self, at: int, choice: str, several: str, written: str) -> None:
        if not self.over[at]:
            held = self.held(at)
            given = {"single_choice": choice, "multiple_answers": several, "open_answer": written}
            self.room.save(at, self.attempts[at], **{name: given[name] for name in NAMES if name in held})
            self.decided = [(made, None) for made, _before in self.decided]

    def held(self, at: int) -> set[str]:
        """The questions that this attempt was started with."""
        with self.room.app.app_context():
            mine = set(db.session.scalars(select(Response.item_id).filter_by(attempt_id=self.attempts[at])))
        return {name for name, item in self.room.sitting.items.items() if item in mine}

    @rule(at=st.integers(0, STUDENTS - 1))
    def hand_in(self, at: int) -> None:
        if not self.over[at]:
            self.room.finish(at, self.attempts[at])
            self.over[at] = True
            self.decided = [(made, None) for made, _before in self.decided]

    @rule(at=st.integers(0, STUDENTS - 1), choice=keys)
    def try_again(self, at: int, choice: str) -> None:
        if self.over[at] and "single_choice" in self.held(at):
            try:
                self.room.try_again(at, self.attempts[at], choice)
            except (AlreadyTriedError, NothingToTryError):
                return
            self.decided = [(made, None) for made, _before in self.decided]

    @rule(right=keys)
    def change_the_key(self, right: str) -> None:
        self.room.new_key(right)

    @rule(policy=policies, name=names)
    def decide(self, policy: str, name: str) -> None:
        if name == "open_answer" and policy not in ("full_credit", "drop"):
            return
        before = self.room.everything()
        try:
            self.decided.append((self.room.regrade(policy, name), before))
        except DroppedError:
            assert self.room.everything() == before

    @precondition(lambda self: self.decided)
    @rule()
    def take_back(self) -> None:
        made, before = self.decided.pop()
        self.room.undo(made)
        assert before is None or self.room.everything() == before

    @invariant()
    def no_score_is_outside_of_its_points(self) -> None:
        with self.room.app.app_context():
            outside = not_(Response.points.between(0, Item.points))
            wrong = select(Response.id).join(Item, Item.id == Response.item_id).where(outside)
            assert not db.session.scalars(wrong).all()
            beyond = select(Attempt.id).where(not_(Attempt.points.between(0, Attempt.max_points)))
            assert not db.session.scalars(beyond).all()

    @invariant()
    def the_counts_are_true(self) -> None:
        with self.room.app.app_context():
            assert not list(wrong_tallies())

    def teardown(self) -> None:
        while self.decided:
            self.take_back()
        for at in range(STUDENTS):
            self.hand_in(at)


@pytest.mark.parametrize("certainty", ["off", "counted"])
def test_scores_stay_within_their_bounds_and_come_back_exactly(app, sit, people, certainty):
    rules = DeliveryRules(attempts_allowed=None, second_try_percent=50, certainty=certainty)
    sitting = sit(rules, None, NAMES)
    room = Classroom(app, people, sitting, make_students(app, people.section, STUDENTS))
    how = settings(max_examples=12, stateful_step_count=14, deadline=None, database=None, phases=[Phase.generate])
    run_state_machine_as_test(type("Here", (Scores,), {"room": room}), settings=how)
    with app.app_context():
        assert db.session.scalar(select(func.count()).where(Attempt.submitted_at.is_not(None))) > STUDENTS
