"""No answer is lost: a hundred students against several worker processes, one of which is killed."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from typing import Any
from urllib.parse import urlencode, urlsplit

import pytest
from sqlalchemy import func, select

from core.database import db
from quizzes.deliveries import DeliveryRules
from quizzes.models import Attempt, Response
from tests.quizzes.sitting import Sitting, start
from tests.support.people import make_students
from tests.support.tallies import tallied_responses

STUDENTS = 100
SAVES = ("single_choice", "short_answer", "open_answer", "short_answer")
PATIENCE = 300  # seconds that a student goes on trying
KILL_AFTER = 120  # acknowledged saves


@dataclass
class Student:
    """One student's browser, reduced to what it sends and what it was told."""

    cookie: str
    token: str
    attempt: int
    sent: dict[int, list[str]] = field(default_factory=dict)
    acknowledged: dict[int, tuple[int, str]] = field(default_factory=dict)
    handed_in: bool = False

    def post(self, url: str, path: str, fields: dict[str, str]) -> tuple[int, bytes]:
        """Send a form; goes on trying as a browser with a lost connection does."""
        place = urlsplit(url)
        headers = {
            "Cookie": f"session={self.cookie}",
            "X-CSRFToken": self.token,
            "Accept": "application/json",
            "Content-Type": "application/x-www-form-urlencoded",
        }
        end = time.monotonic() + PATIENCE
        while True:
            line = HTTPConnection(str(place.hostname), place.port, timeout=120)
            try:
                line.request("POST", path, urlencode(fields), headers)
                answer = line.getresponse()
                return answer.status, answer.read()
            except (OSError, HTTPException):
                if time.monotonic() > end:
                    raise
                time.sleep(0.05)
            finally:
                line.close()


class Killer:
    """Kills one worker, hard, once enough has been acknowledged."""

    def __init__(self, workers: Callable[[], list[int]]) -> None:
        self._workers, self._count, self._lock = workers, 0, threading.Lock()
        self.killed = 0

    def note(self) -> None:
        """Count one acknowledged save."""
        with self._lock:
            self._count += 1
            if self._count == KILL_AFTER:
                self.killed = self._workers()[0]
                os.kill(self.killed, signal.SIGKILL)


def work(student: Student, url: str, sitting: Sitting, killer: Killer) -> None:
    """Answer, change one's mind, hand in."""
    revision: dict[int, int] = {}
    for turn, name in enumerate(SAVES):
        item = sitting.items[name]
        text = "k1" if name == "single_choice" else f"attempt {student.attempt} turn {turn}"
        student.sent.setdefault(item, []).append(text)
        fields = {"writer": "tab", f"revision-{item}": str(revision.get(item, 0)), f"answer-{item}": text}
        status, _body = student.post(url, f"/attempts/{student.attempt}/responses/{item}", fields)
        assert status == 200, status
        revision[item] = revision.get(item, 0) + 1
        student.acknowledged[item] = (turn, text)
        killer.note()
    for _twice in range(2):
        status, _body = student.post(url, f"/attempts/{student.attempt}/submission", {})
        assert status == 303, status
        student.handed_in = True


@pytest.mark.slow
def test_every_acknowledged_save_and_hand_in_survives_a_killed_worker(
    app: Any, people: Any, sit: Any, sign_in: Any, server_processes: Any
) -> None:
    sitting = sit(DeliveryRules(), None, ("single_choice", "short_answer", "open_answer"))
    students = []
    for person in make_students(app, people.section, STUDENTS):
        client = sign_in(person)
        attempt, token = start(client, sitting), client.csrf_token()
        students.append(Student(client.get_cookie("session").value, token, attempt))
    with app.app_context():
        db.engine.dispose()

    with server_processes(workers=2) as server, ThreadPoolExecutor(STUDENTS) as pool:
        killer = Killer(server.workers)
        list(pool.map(lambda student: work(student, server.url, sitting, killer), students))
    assert killer.killed

    with app.app_context():
        rows = db.session.execute(select(Response.attempt_id, Response.item_id, Response.answer)).all()
        answers = {(attempt, item): answer for attempt, item, answer in rows}
        attempts = db.session.execute(select(Attempt.id, Attempt.submitted_at, Attempt.points, Attempt.ungraded)).all()
        sums = dict(
            db.session.execute(
                select(Response.attempt_id, func.sum(Response.points)).group_by(Response.attempt_id)
            ).all()
        )
        tallied = tallied_responses()
    for student in students:
        for item, (_turn, text) in student.acknowledged.items():
            assert text in answers[student.attempt, item].values()
    assert len(attempts) == STUDENTS
    assert all(row.submitted_at is not None for row in attempts)
    assert all((row.points, row.ungraded) == (sums[row.id], 1) for row in attempts)
    assert list(tallied) == [STUDENTS] * 3
