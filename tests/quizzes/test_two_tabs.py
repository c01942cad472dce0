"""Saves, reloads, expiry and hand-ins over two tabs, in any order: no acknowledged answer is lost, one result comes."""

from __future__ import annotations

import re
from typing import Any

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
from sqlalchemy import func, select

from core.database import db
from core.jobs import run_task
from core.points import POINT
from quizzes.deliveries import DeliveryRules
from quizzes.jobs import close_expired_attempts
from quizzes.models import AnswerTally, Attempt
from tests.quizzes.sitting import start, stored_answers, stored_attempt

LIMIT, GRACE = 300, 10
RIGHT, TABS = "Zq-Secret Kursk", (0, 1)
texts = st.sampled_from((RIGHT, "Seoul", "the bridge", ""))
tabs = st.sampled_from(TABS)


class Tab:
    """A loading of the page: who writes, and what it has seen."""

    def __init__(self, page: str, item: int) -> None:
        self.writer, self.revision, self.shown = (
            re.search(rf'name="{name}" value="([^"]*)"', page)[1]  # type: ignore[index]
            for name in ("writer", f"revision-{item}", f"answer-{item}")
        )
        self.clash: dict[str, Any] | None = None

    def fields(self, item: int, text: str) -> dict[str, str]:
        return {"writer": self.writer, f"revision-{item}": self.revision, f"answer-{item}": text, "go": "stay"}


class TwoTabs(RuleBasedStateMachine):
    """One student's two browsers; each run is another attempt."""

    app: Any
    clock: Any
    clients: list[Any]
    sitting: Any
    item: int

    @initialize()
    def begin(self) -> None:
        self.attempt = start(self.clients[0], self.sitting)
        self.end = self.clock.now().timestamp() + LIMIT
        self.acknowledged, self.handed_in = "", None
        self.last_writer, self.revision = "", 0
        self.tabs = [self.load(at) for at in TABS]

    def load(self, at: int) -> Tab:
        return Tab(self.clients[at].get(f"/attempts/{self.attempt}/questions/1").get_data(as_text=True), self.item)

    @property
    def takes(self) -> bool:
        return self.handed_in is None and self.clock.now().timestamp() <= self.end + GRACE

    @property
    def is_over(self) -> bool:
        return self.handed_in is not None or self.clock.now().timestamp() > self.end

    def overwrites_unseen(self, tab: Tab, text: str) -> bool:
        """Whether this save would replace another tab's answer that its own never showed."""
        return tab.writer != self.last_writer and tab.revision != str(self.revision) and text != self.acknowledged

    def acknowledge(self, tab: Tab, text: str) -> None:
        self.acknowledged, self.last_writer, self.revision = text, tab.writer, self.revision + 1

    @rule(at=tabs, text=texts)
    def autosave(self, at: int, text: str) -> None:
        tab = self.tabs[at]
        path, sent = f"/attempts/{self.attempt}/responses", tab.fields(self.item, text)
        answer = self.clients[at].post(path, data=sent, headers={"Accept": "application/json"})
        if not self.takes:
            assert (answer.status_code, "over" in answer.get_json()) == (409, True)
            return
        outcome = answer.get_json()["items"][str(self.item)]
        assert answer.status_code == (409 if self.overwrites_unseen(tab, text) else 200)
        if answer.status_code == 409:
            tab.clash = outcome["clash"]
            assert tab.clash["kept"] == ([self.acknowledged] if self.acknowledged else [])
            assert tab.clash["sent"] == ([text] if text else [])
            return
        self.acknowledge(tab, text)
        tab.revision = str(outcome["revision"])
        assert tab.revision == str(self.revision)

    @rule(at=tabs, text=texts)
    def press_continue(self, at: int, text: str) -> None:
        tab = self.tabs[at]
        is_refused = not self.takes or self.overwrites_unseen(tab, text)
        answer = self.clients[at].post(f"/attempts/{self.attempt}/questions/1", data=tab.fields(self.item, text))
        assert answer.status_code == (409 if is_refused else 303)
        if not is_refused:
            self.acknowledge(tab, text)
            if not self.is_over:
                self.tabs[at] = self.load(at)
            return
        page = answer.get_data(as_text=True)
        assert ("Two different answers" in page) is self.takes
        if self.takes:
            assert all(words in page for words in (self.acknowledged, text))

    @precondition(lambda self: any(tab.clash for tab in self.tabs))
    @rule()
    def keep_what_is_here(self) -> None:
        for tab in self.tabs:
            if tab.clash:
                tab.revision, tab.clash = str(tab.clash["revision"]), None

    @precondition(lambda self: not self.is_over)
    @rule(at=tabs)
    def reload(self, at: int) -> None:
        self.tabs[at] = self.load(at)
        assert self.tabs[at].shown == self.acknowledged

    @rule(at=tabs)
    def hand_in(self, at: int) -> None:
        answer = self.clients[at].post(f"/attempts/{self.attempt}/submission")
        if self.takes:
            self.handed_in = min(self.clock.now().timestamp(), self.end)
        assert answer.status_code == (409 if self.handed_in is None else 303)

    @rule(seconds=st.sampled_from((1, 5, 9, 10, 11, 150, LIMIT)))
    def wait(self, seconds: int) -> None:
        self.clock.forward(seconds=seconds)

    @rule()
    def let_the_worker_look(self) -> None:
        assert run_task(self.app, close_expired_attempts)
        if not self.takes and self.handed_in is None:
            self.handed_in = self.end

    @precondition(lambda self: not self.is_over)
    @rule(at=tabs)
    def press_start_again(self, at: int) -> None:
        assert start(self.clients[at], self.sitting) == self.attempt

    @invariant()
    def what_was_acknowledged_is_kept(self) -> None:
        (kept,) = stored_answers(self.app, self.attempt).values()
        assert (kept.answer or {"text": ""}) == {"text": self.acknowledged}
        row = stored_attempt(self.app, self.attempt)
        assert row["points"] == (POINT if self.acknowledged == RIGHT else 0)
        assert (row["submitted_at"] and row["submitted_at"].timestamp()) == self.handed_in

    @invariant()
    def there_is_one_result(self) -> None:
        with self.app.app_context():
            closed = db.session.scalar(select(func.count()).where(Attempt.submitted_at.is_not(None)))
            counted = db.session.scalar(select(func.coalesce(func.sum(AnswerTally.responses), 0)))
            open_ones = db.session.scalars(select(Attempt.id).where(Attempt.submitted_at.is_(None))).all()
        assert counted == closed
        assert open_ones == ([] if self.handed_in else [self.attempt])

    def teardown(self) -> None:
        self.clock.forward(seconds=LIMIT + GRACE + 1)
        assert run_task(self.app, close_expired_attempts)


def test_two_tabs_lose_nothing_and_hand_in_once(app, sit, people, sign_in, clock):
    rules = DeliveryRules(time_limit_seconds=LIMIT, attempts_allowed=None)
    sitting = sit(rules, None, ("short_answer",))
    clients = [sign_in(people.student) for _tab in TABS]
    world = {"app": app, "clock": clock, "clients": clients, "sitting": sitting}
    here = type("Here", (TwoTabs,), world | {"item": sitting.items["short_answer"]})
    how = settings(max_examples=20, stateful_step_count=20, deadline=None, database=None, phases=[Phase.generate])
    run_state_machine_as_test(here, settings=how)
