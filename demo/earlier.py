"""Readings from earlier in the term: each an article and a quiz, given to every class and long over."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from typing import Any

from demo.cast import Cast
from demo.data import FOLDER, AttemptPlan, QuestionPlan, ReadingPlan, questions_of
from demo.readings import give, import_text, load_material
from demo.sittings import Answers, Hall, load_attempts

EARLIER = ("pump", "cod")
RULES: dict[str, Any] = {
    "late_credit": 50,
    "attempts_allowed": 1,
    "minutes": 0,
    "layout": "all",
    "pause_hours": 0,
    "certainty": "off",
    "second_try": 0,
    "hides_names": False,
    "regrades": (),
}


@dataclass(frozen=True)
class EarlierPlan:
    """A text with its quiz, what the signs of a pattern stand for, and what each class did, by the class's key."""

    text: str
    title: str
    questions: tuple[QuestionPlan, ...]
    answers: Answers
    readings: dict[str, ReadingPlan]


def load_earlier(cast: Cast) -> None:
    """Give every earlier reading to every class, and let its students work on it."""
    for plan in (read_earlier(name) for name in EARLIER):
        text = import_text(cast.teacher, plan.text)
        material = load_material(cast.teacher, text, (plan.title, plan.questions), ())
        for troupe in cast.troupes:
            reading = plan.readings[troupe.key]
            given = give(cast, troupe, material, (reading, ()))
            hall = Hall(cast, troupe, given.quiz_delivery_id, text, plan.questions, plan.answers)
            load_attempts(hall, reading.attempts)


def read_earlier(name: str) -> EarlierPlan:
    """One earlier reading, from its two files."""
    folder = FOLDER / "earlier"
    data = tomllib.loads((folder / f"{name}.toml").read_text(encoding="utf-8"))
    readings = {key: _reading(rows) for key, rows in data["section"].items()}
    text = (folder / f"{name}.md").read_text(encoding="utf-8")
    return EarlierPlan(text, data["title"], questions_of(data["question"]), data["answers"], readings)


def _reading(data: dict[str, Any]) -> ReadingPlan:
    """What one class did: a pattern of signs for everybody who handed in."""
    dates = {name: data[name] for name in ("opens", "due", "closes")}
    last_day = int(data["due"].partition("d ")[0])
    attempts = tuple(
        AttemptPlan(student, _started(number, last_day, late=student in data["late"]), 7 + number * 5 % 13, pattern)
        for number, (student, pattern) in enumerate(data["patterns"].items())
    )
    return ReadingPlan(**dates, **RULES, attempts=attempts)


def _started(number: int, last_day: int, *, late: bool) -> str:
    """Most start on one of the last afternoons, some on the morning after the due time."""
    if late:
        return f"{last_day + 1}d 09:{number * 7 % 60:02}"
    return f"{last_day - number % 5}d {14 + number % 8}:{number * 7 % 60:02}"
