"""`sit(rules, dates, types)`: a published quiz of every type in the first class."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pytest
from flask import Flask

from quizzes.deliveries import DeliveryRules
from tests.quizzes.limits import address
from tests.quizzes.school import Classroom, make_school
from tests.quizzes.sitting import Sitting, make_sitting
from tests.support.browsing import Client
from tests.support.people import People, Person


@pytest.fixture
def sit(app: Flask, people: People) -> Callable[..., Sitting]:
    """Make a quiz to sit: `sit(DeliveryRules(…), Dates(…), ("open_answer",))`, all of them optional."""

    return partial(make_sitting, app, people)


@pytest.fixture
def sitting(sit: Callable[..., Sitting]) -> Sitting:
    """A quiz with one question of every type and no dates."""
    return sit()


@pytest.fixture
def allow(app: Flask, people: People, sign_in: Callable[[Person], Client]) -> Callable[..., None]:
    """Let the instructor set a student's limits through the page: `allow(person, extra_days="2")`."""

    def set_limits(person: Person, **fields: str) -> None:
        answer = sign_in(people.instructor).post(address(app, people, person), data=fields)
        assert answer.status_code == 303, answer.get_data(as_text=True)

    return set_limits


@pytest.fixture
def school(app: Flask, people: People, sit: Callable[..., Sitting]) -> Classroom:
    """A class with four hand-ins at a quiz of two questions that a key grades and one that a person does."""
    rules = DeliveryRules(attempts_allowed=5, release_key="at_once")
    return make_school(app, people, sit(rules, None, ("single_choice", "multiple_answers", "open_answer")))
