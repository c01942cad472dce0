"""Saving answers, held against the scenarios of another system's own tests: one test per case in its file.

How its words map to ours is written down in docs/autosave.md.
"""

from __future__ import annotations

import json
import os
import re
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from core.database import commit
from core.jobs import run_task
from quizzes.deliveries import DeliveryRules
from quizzes.jobs import close_expired_attempts
from quizzes.operations.regrades import Decision, regrade_item
from tests.quizzes.sitting import Sitting, make_sitting, start, stored_answers, stored_attempt
from tests.support.browsing import Client
from tests.support.moments import Clock
from tests.support.people import People, Person

DATA = Path(os.environ.get("COLLOQUY_TEST_DATA") or Path(__file__).resolve().parents[3] / "shared/data")
FILE = DATA / "reliability" / "autosave_scenarios.json"
pytestmark = pytest.mark.skipif(not FILE.is_file(), reason=f"no test data at {FILE}")

LIMIT = timedelta(minutes=30)


def cases() -> list[dict[str, str]]:
    return list(json.loads(FILE.read_text(encoding="utf-8"))["cases"]) if FILE.is_file() else []


class Window:
    """One loading of the question's page: its writer, and the revision that it has seen."""

    def __init__(self, client: Client, sitting: Sitting, attempt: int) -> None:
        self.client, self.attempt = client, attempt
        self.item = sitting.items["short_answer"]
        page = client.get(f"/attempts/{attempt}/questions/1").get_data(as_text=True)
        self.writer = self._value(page, "writer")
        self.revision = self._value(page, f"revision-{self.item}")
        self.shown = self._value(page, f"answer-{self.item}")
        self.page = page

    @staticmethod
    def _value(page: str, name: str) -> str:
        found = re.search(rf'name="{name}" value="([^"]*)"', page)
        assert found, name
        return found[1]

    def _fields(self, text: str) -> dict[str, str]:
        own = {f"revision-{self.item}": self.revision, f"answer-{self.item}": text}
        return {"writer": self.writer, "go": "stay", **own}

    def save(self, text: str) -> TestResponse:
        """Send the form, as a button does."""
        return self.client.post(f"/attempts/{self.attempt}/questions/1", data=self._fields(text))

    def autosave(self, text: str) -> TestResponse:
        """Send it in the background, as the script does, and remember the revision that it is told."""
        sent = self._fields(text)
        answer = self.client.post(
            f"/attempts/{self.attempt}/responses", data=sent, headers={"Accept": "application/json"}
        )
        outcome = answer.get_json()["items"][str(self.item)]
        self.revision = str(outcome.get("revision", self.revision))
        return answer

    def keep_mine(self, page: str) -> TestResponse:
        """Press "Keep what is written here" on the page that shows both."""
        form = re.search(r'<form class="row".*?</form>', page, re.S)
        assert form
        fields = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', form[0])
        return self.client.post(f"/attempts/{self.attempt}/questions/1", data=dict(fields))


class Scenario:
    """The steps of one case, played by a student."""

    def __init__(self, app: Flask, people: People, clock: Clock, sign_in: Callable[[Person | str], Client]) -> None:
        self.app, self.people, self.clock = app, people, clock
        rules = DeliveryRules(time_limit_seconds=int(LIMIT.total_seconds()))
        self.sitting = make_sitting(app, people, rules, None, ("short_answer",))
        self.clients = [sign_in(people.student) for _window in range(2)]
        self.attempt = start(self.clients[0], self.sitting)
        self.windows = [self.open(0)]
        self.last = ""

    def open(self, window: int) -> Window:
        return Window(self.clients[window], self.sitting, self.attempt)

    def play(self, steps: str) -> None:
        if overlap := re.fullmatch(r".*overlap.*", steps):
            self.overlap(has_real_save="real save" in overlap[0])
            return
        for step in re.split(r"[;:]", steps):
            self.step(step.strip())

    def step(self, step: str) -> None:
        """One step; what is not known fails, so that other files of this form are not passed over."""
        here = self.windows[0]
        if found := re.match(r"another tab saves (\w)", step):
            assert self.open(1).save(found[1]).status_code == 303
            self.last = found[1]
        elif found := re.match(r"first tab autosaves (\w) with the old sequence", step):
            assert here.autosave(found[1]).status_code == 409
        elif found := re.fullmatch(r"save (\w)", step):
            assert here.save(found[1]).status_code == 303
            self.windows[0], self.last = self.open(0), found[1]
        elif found := re.fullmatch(r"autosave (\w)", step):
            assert here.autosave(found[1]).status_code == 200
            self.last = found[1]
        elif step in ("reload", "page opened"):
            self.windows[0] = self.open(0)
        elif step == "submit":
            assert self.clients[0].post(f"/attempts/{self.attempt}/submission").status_code == 303
        elif step.startswith("time runs out"):
            self.clock.forward(seconds=LIMIT.total_seconds() + 11)
            assert run_task(self.app, close_expired_attempts)
        elif step == "teacher regrades":
            with self.app.app_context():
                decision = Decision("new_key", "The key was wrong.", self.people.instructor.id)
                regrade_item(self.sitting.delivery, self.sitting.items["short_answer"], decision)
                commit()
        else:
            pytest.fail(f"a step that this test does not know: {step}")

    def overlap(self, *, has_real_save: bool) -> None:
        """Two windows save at the same moment; whoever pressed a button keeps that answer if need be."""
        self.windows.append(self.open(1))
        gate = threading.Barrier(2)

        def do(act: Callable[[str], TestResponse], text: str) -> TestResponse:
            gate.wait(300)
            return act(text)

        second = self.windows[1].save if has_real_save else self.windows[1].autosave
        with ThreadPoolExecutor(2) as pool:
            acts = pool.submit(do, self.windows[0].autosave, "B"), pool.submit(do, second, "C")
            told = [act.result() for act in acts]
        assert sorted(answer.status_code for answer in told) in ([200, 409], [303, 409])
        page = told[1].get_data(as_text=True)
        if has_real_save and told[1].status_code == 409:
            assert "Two different answers" in page
            assert self.windows[1].keep_mine(page).status_code == 303
        self.last = "C" if has_real_save or told[1].status_code == 200 else "B"

    def kept(self) -> Any:
        (row,) = stored_answers(self.app, self.attempt).values()
        return row


@pytest.mark.parametrize("case", cases(), ids=lambda case: case["name"])
def test_an_answer_is_saved_as_there(
    case: dict[str, str], app: Flask, people: People, clock: Clock, sign_in: Callable[[Person | str], Client]
) -> None:
    scenario = Scenario(app, people, clock, sign_in)
    scenario.play(case["do"])
    named = re.findall(r"\b([A-Z])\b(?! ignored)", case["expect"])
    kept = scenario.kept()
    assert kept.answer == {"text": named[0] if named else scenario.last}
    assert kept.answer["text"] == scenario.last
    row = stored_attempt(app, scenario.attempt)
    assert row["points"] == kept.points
    is_over = "submit" in case["do"] or "time runs out" in case["do"]
    assert (row["submitted_at"] is not None) is is_over
    if not is_over:  # the form shows it, says that it is saved, and tells nothing of a result
        window = scenario.open(0)
        assert window.shown == scenario.last
        assert "Saved 10:" in window.page
        result = scenario.clients[0].get(f"/attempts/{scenario.attempt}/result")
        assert result.location.endswith(f"/attempts/{scenario.attempt}")
