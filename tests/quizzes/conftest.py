"""`sit(rules, dates, types)`: a published quiz of every type in the first class."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pytest
from flask import Flask

from tests.quizzes.sitting import Sitting, make_sitting
from tests.support.people import People


@pytest.fixture
def sit(app: Flask, people: People) -> Callable[..., Sitting]:
    """Make a quiz to sit: `sit(DeliveryRules(…), Dates(…), ("open_answer",))`, all of them optional."""
    return partial(make_sitting, app, people)


@pytest.fixture
def sitting(sit: Callable[..., Sitting]) -> Sitting:
    """A quiz with one question of every type and no dates."""
    return sit()
